package io.kadb.server.remote.config;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.server.remote.ConnectionLimits;
import io.kadb.server.remote.FrameLimits;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of the server's options: the command line's before the environment's before the
 * configuration file's before the defaults.
 */
public final class ServerSettings {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);
  private static final Duration LINGER = Duration.ofMillis(50);

  private final Map<ServerOption, String> values;

  private ServerSettings(Map<ServerOption, String> values) {
    this.values = new EnumMap<>(values);
  }

  /**
   * Collects and checks the values.
   *
   * @param given those of the command line
   * @param environment gives variables of the environment by name, or null
   * @param file the configuration file, if there is one
   */
  public static ServerSettings of(
      Map<ServerOption, String> given,
      Function<String, @Nullable String> environment,
      Optional<Path> file) {
    Map<ServerOption, String> values = new EnumMap<>(ServerOption.class);
    file.ifPresent(path -> values.putAll(read(path)));
    for (ServerOption option : ServerOption.values()) {
      String variable = environment.apply(option.variable());
      if (variable != null) {
        values.put(option, checked(option, variable, option.variable()));
      }
      String flag = given.get(option);
      if (flag != null) {
        values.put(option, checked(option, flag, "--" + option.optionName()));
      }
    }
    return new ServerSettings(values);
  }

  private static Map<ServerOption, String> read(Path file) {
    Properties lines = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      lines.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw wrong("the configuration file " + file + " cannot be read", e);
    }
    Map<ServerOption, String> values = new EnumMap<>(ServerOption.class);
    for (String name : lines.stringPropertyNames()) {
      ServerOption option =
          ServerOption.named(name)
              .orElseThrow(() -> wrong(file + ": there is no option " + name, null));
      values.put(option, checked(option, lines.getProperty(name).strip(), file + ": " + name));
    }
    return values;
  }

  private static String checked(ServerOption option, String value, String where) {
    if (!option.accepts(value)) {
      throw wrong(where + ": " + KadbException.shown(value) + " is not " + option.wanted(), null);
    }
    return value;
  }

  private static KadbException wrong(String what, @Nullable Exception cause) {
    return new KadbException(ErrorCode.BAD_OPTION_VALUE, what, cause)
        .withHint("kadb help server lists the options");
  }

  /** Returns the value of an option, if it was given or has a default. */
  public Optional<String> text(ServerOption option) {
    return Optional.ofNullable(values.get(option)).or(option::defaultValue);
  }

  /** Returns the number that an option with a default has. */
  public int number(ServerOption option) {
    return Integer.parseInt(text(option).orElseThrow());
  }

  /** Returns the file that an option names, if it was given. */
  public Optional<Path> file(ServerOption option) {
    return text(option).map(Path::of);
  }

  /** Returns the first line of the file that an option names, if it was given. */
  public Optional<String> secret(ServerOption option) {
    return file(option)
        .map(
            path -> {
              try (var lines = Files.lines(path)) {
                return lines.findFirst().orElse("");
              } catch (IOException e) {
                throw wrong(option.optionName() + ": the file " + path + " cannot be read", e);
              }
            });
  }

  /** Returns whether an option is on. */
  public boolean isOn(ServerOption option) {
    return text(option)
        .filter(v -> v.equalsIgnoreCase("true") || v.equalsIgnoreCase("on"))
        .isPresent();
  }

  /** Returns whether other machines reach the server and nobody has to log in. */
  public boolean isOpenToAll() {
    boolean login =
        text(ServerOption.PASSWORDS_FILE).isPresent()
            || text(ServerOption.TLS_CLIENT_CA).isPresent()
            || text(ServerOption.KERBEROS_PRINCIPAL).isPresent();
    return !login && !isLoopback(text(ServerOption.HOST).orElseThrow());
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Returns the time that an option has in seconds. */
  public Duration seconds(ServerOption option) {
    return Duration.ofSeconds(number(option));
  }

  /** Returns the properties of the driver that say where definitions and offsets are. */
  public Map<String, String> store() {
    Map<String, String> store = new HashMap<>();
    text(ServerOption.HOME).ifPresent(value -> store.put("kadb.home", value));
    text(ServerOption.STORE).ifPresent(value -> store.put("store", value));
    text(ServerOption.STORE_USER).ifPresent(value -> store.put("storeUser", value));
    secret(ServerOption.STORE_PASSWORD_FILE).ifPresent(value -> store.put("storePassword", value));
    return store;
  }

  /** Returns what clients may have. */
  public ConnectionLimits limits() {
    return new ConnectionLimits(
        number(ServerOption.MAX_CONNECTIONS),
        number(ServerOption.MAX_STATEMENTS),
        seconds(ServerOption.STATEMENT_TIMEOUT),
        seconds(ServerOption.IDLE_RESULT),
        seconds(ServerOption.IDLE_CONNECTION),
        new FrameLimits(
            number(ServerOption.FRAME_ROWS),
            number(ServerOption.FRAME_BYTES),
            LONGEST_WAIT,
            LINGER));
  }
}
