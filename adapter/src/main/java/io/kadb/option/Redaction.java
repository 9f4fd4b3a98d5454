package io.kadb.option;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Masks the secrets among option values, for views, SHOW, EXPLAIN and texts.
 *
 * <p>Names that nobody knows are masked when they look like a secret's, or like a misspelled one. A
 * value that is nothing but a reference ({@code ${env:NAME}}) is no secret and stays.
 */
public final class Redaction {
  /** What stands in place of a secret. */
  public static final String MASK = "********";

  private static final Pattern LOOKS_SECRET =
      Pattern.compile(
          "passw|pasw|(?<![a-z])pass|pwd|passphrase|secret|credential|jaas|private.?key"
              + "|key\\.pem|ssl_key$"
              + "|token(?!\\.endpoint)|oauthbearer\\.config");

  /** User and password in an address: {@code //user:password@}. */
  private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]*@");

  private static final int MISTAKES = 2;

  private Redaction() {}

  /**
   * Names of secrets, against which misspelled ones are held; without {@code #}. In a class of its
   * own, because the list of properties needs {@link Redaction} while it is read.
   */
  private static final class SecretNames {
    static final Set<String> ALL = secretNames();
  }

  private static Set<String> secretNames() {
    Stream<String> properties =
        ClientPropertyList.names().stream()
            .filter(
                name -> ClientPropertyList.find(name).filter(ClientProperty::secret).isPresent());
    Stream<String> options =
        Arrays.stream(Option.values())
            .filter(Option::secret)
            .flatMap(
                option -> Stream.concat(Stream.of(option.optionName()), option.aliases().stream()));
    return Stream.concat(properties, options).collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the options in their order, with secret values masked. */
  public static Map<String, String> mask(Map<String, String> options) {
    Map<String, String> masked = new LinkedHashMap<>();
    options.forEach((name, value) -> masked.put(name, mask(name, value)));
    return Collections.unmodifiableMap(masked);
  }

  /** Returns the value of an option as it may be shown. */
  public static String mask(String name, String value) {
    if (isSecret(name) && !References.isAllOf(value)) {
      return MASK;
    }
    return USER_INFO.matcher(value).replaceAll("//" + MASK + "@");
  }

  /** Returns whether the value of this option (or {@code #} property) must not be shown. */
  public static boolean isSecret(String name) {
    if (name.startsWith("#")) {
      return isSecretProperty(name.substring(1));
    }
    Optional<Option> option = Option.named(name);
    return option.isPresent() ? option.get().secret() : isSecretProperty(name);
  }

  /** Returns whether the value of a client property, named without {@code #}, must not be shown. */
  static boolean isSecretProperty(String name) {
    Optional<ClientProperty> known = ClientPropertyList.find(name);
    if (known.isPresent()) {
      return known.get().secret();
    }
    return looksSecret(name)
        || NearestName.within(MISTAKES, name.toLowerCase(Locale.ROOT), SecretNames.ALL).isPresent()
        || NearestName.of(name, ClientPropertyList.names())
            .flatMap(ClientPropertyList::find)
            .filter(ClientProperty::secret)
            .isPresent();
  }

  /** Returns whether a name nobody knows reads like that of a secret. */
  static boolean looksSecret(String name) {
    return LOOKS_SECRET.matcher(name.toLowerCase(Locale.ROOT)).find();
  }
}
