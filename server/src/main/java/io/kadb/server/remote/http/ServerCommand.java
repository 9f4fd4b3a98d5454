package io.kadb.server.remote.http;

import io.kadb.server.cli.ExitCode;
import io.kadb.server.cli.VersionText;
import io.kadb.server.remote.config.ServerOption;
import io.kadb.server.remote.config.ServerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code kadb server}: kadb for remote clients, until it is told to stop. */
@Command(
    name = "server",
    description = {
      "Serve kadb to remote clients: kadb's own driver (jdbc:kadb://host:port) and Avatica's.",
      "",
      "Prints one line when it answers, and runs until it gets SIGTERM or SIGINT. Every option can",
      "also stand in the environment (KADB_SERVER_PORT) and in the configuration file",
      "(port = 8765); the command line comes first, then the environment, then the file.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK + ":the server was told to stop",
      ExitCode.FAILED + ":the server could not start; the reason is on standard error",
      ExitCode.WRONG_USAGE + ":the command line is wrong"
    },
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE,
    footerHeading = "%nExamples:%n",
    footer = {
      "  kadb server",
      "  kadb server --host 0.0.0.0 --passwords-file /etc/kadb/passwords \\",
      "      --tls-certificate cert.pem --tls-key key.pem",
      "  kadb server --hash-password anna >> /etc/kadb/passwords"
    })
public final class ServerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "${env:KADB_CONF}",
      description = "configuration file (default: $KADB_CONF)")
  private @Nullable Path config;

  @Option(
      names = "--hash-password",
      paramLabel = "USER",
      description =
          "read a password from standard input, print the line of the passwords file, end")
  private @Nullable String hashPasswordOf;

  private ServerCommand() {}

  /** Returns the command with an option for each of the server's. */
  public static CommandLine commandLine() {
    CommandSpec spec = CommandSpec.forAnnotatedObject(new ServerCommand());
    for (ServerOption option : ServerOption.values()) {
      String text =
          option.description() + option.defaultValue().map(v -> " (default: " + v + ")").orElse("");
      spec.addOption(
          OptionSpec.builder("--" + option.optionName())
              .paramLabel(option.label())
              .type(String.class)
              .description(text.replace("%", "%%"))
              .build());
    }
    return new CommandLine(spec);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (hashPasswordOf != null) {
      System.out.println(PasswordFile.line(hashPasswordOf, readPassword()));
      return ExitCode.OK;
    }
    ServerSettings settings =
        ServerSettings.of(given(), System::getenv, Optional.ofNullable(config));
    if (settings.isOn(ServerOption.ACCESS_LOG)) {
      System.setProperty("kadb.access.level", "INFO");
    }
    KadbServer server = KadbServer.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "kadb-stop"));
    System.out.println("kadb server listening on " + server.url());
    if (settings.isOpenToAll()) {
      System.err.println(
          "kadb: no login and not on this machine alone: whoever reaches the port may do everything"
              + " (see passwords-file, kerberos-principal, tls-client-ca)");
    }
    server.join();
    return ExitCode.OK;
  }

  private Map<ServerOption, String> given() {
    ParseResult parsed = spec.commandLine().getParseResult();
    Map<ServerOption, String> given = new EnumMap<>(ServerOption.class);
    for (ServerOption option : ServerOption.values()) {
      String value = parsed.matchedOptionValue("--" + option.optionName(), null);
      if (value != null) {
        given.put(option, value);
      }
    }
    return given;
  }

  private static String readPassword() throws IOException {
    if (System.console() != null) {
      char[] typed = System.console().readPassword("Password: ");
      return typed == null ? "" : new String(typed);
    }
    String line =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    return line == null ? "" : line;
  }
}
