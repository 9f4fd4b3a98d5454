package io.kadb.option;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves references in option values: {@code ${env:NAME}} is an environment variable, {@code
 * ${file:/path:key}} an entry of a properties file. Other text stays as it is.
 */
public final class References {
  /** References to this process's environment. */
  static final References OF_PROCESS = new References(System::getenv);

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)}");

  private final Function<String, @Nullable String> environment;

  References(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * Returns a value that is no option with what its references stand for in this process.
   *
   * @param what names the value in errors
   * @throws KadbException HV024 if one stands for nothing
   */
  public static String resolved(String what, String value) {
    return OF_PROCESS.resolve(what, value);
  }

  /** Returns whether a value holds a reference, so that it cannot be checked before its use. */
  public static boolean isIn(String value) {
    return REFERENCE.matcher(value).find();
  }

  /** Returns whether a value is one reference and nothing else, so that it may be shown. */
  static boolean isAllOf(String value) {
    return REFERENCE.matcher(value).matches();
  }

  /** Returns the value with what its references stand for. */
  String resolve(Given given) {
    return resolve(given.toString(), given.value());
  }

  private String resolve(String what, String value) {
    return REFERENCE
        .matcher(value)
        .replaceAll(match -> Matcher.quoteReplacement(lookUp(what, match)));
  }

  private String lookUp(String what, MatchResult match) {
    String target = match.group(2);
    return match.group(1).equals("env") ? variable(what, target) : fileEntry(what, target);
  }

  private String variable(String what, String name) {
    String value = environment.apply(name);
    if (value == null) {
      throw failure(what, "the environment variable " + name + " is not set", null);
    }
    return value;
  }

  private static String fileEntry(String what, String target) {
    int colon = target.lastIndexOf(':');
    if (colon <= 0 || colon == target.length() - 1) {
      throw failure(what, "a reference to a file is written ${file:/path:key}", null);
    }
    String path = target.substring(0, colon);
    String key = target.substring(colon + 1);
    Properties entries = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(path), StandardCharsets.UTF_8)) {
      entries.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw failure(what, "cannot read the file " + KadbException.shown(path), e);
    }
    String value = entries.getProperty(key);
    if (value == null) {
      throw failure(what, "the file " + path + " has no entry " + key, null);
    }
    return value;
  }

  private static KadbException failure(String named, String what, @Nullable Exception cause) {
    return new KadbException(ErrorCode.BAD_OPTION_VALUE, named + ": " + what, cause);
  }
}
