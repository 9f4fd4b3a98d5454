package io.kadb.option;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.ClientProperty.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules that the options of one object (a server, a table, a column …) must keep. */
final class OptionRules {
  private final Level level;
  private final String prefix;
  private final OptionCheck.ValueCheck values;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Option, String> spellings = new HashMap<>();

  private OptionRules(Level level, String prefix, OptionCheck.ValueCheck values) {
    this.level = level;
    this.prefix = prefix;
    this.values = values;
  }

  /**
   * Returns what there is to say about the options of one object, in their order.
   *
   * @param prefix how texts begin that name an option, for example "server option"
   * @param values looks at values more closely
   */
  static List<Finding> findings(
      Level level, String prefix, Map<String, String> options, OptionCheck.ValueCheck values) {
    OptionRules rules = new OptionRules(level, prefix, values);
    options.forEach(rules::check);
    rules.checkMechanism(options);
    return rules.findings;
  }

  private void check(String name, String value) {
    if (name.startsWith("#")) {
      checkProperty(name, value);
      return;
    }
    Optional<Option> option = Option.named(name);
    if (option.isEmpty()) {
      findings.add(new Finding.Warning(unknown(name) + suggestion(name)));
    } else if (!option.get().levels().contains(level)) {
      findings.add(new Finding.Warning(unknown(name) + ", it belongs on a " + place(option.get())));
    } else {
      checkOption(option.get(), name, value);
    }
  }

  private void checkOption(Option option, String name, String value) {
    String other = spellings.putIfAbsent(option, name);
    if (other != null) {
      problem(name, name + " and " + other + " are two names of one option, give only one of them");
    }
    if (option.isDeprecated(name)) {
      findings.add(
          new Finding.Warning(prefix + " " + name + " is deprecated, use " + option.optionName()));
    }
    if (checkValue(name, value, option.valueType(), option.secret()) && !References.isIn(value)) {
      values.problem(option, value).ifPresent(problem -> problem(name, name + ": " + problem));
    }
  }

  /** A mechanism that nobody knows is allowed beside a login of the user's own. */
  private void checkMechanism(Map<String, String> options) {
    if (level == Level.COLUMN || options.keySet().stream().anyMatch(SaslMechanisms::isOwnLogin)) {
      return;
    }
    options.forEach(
        (name, value) -> {
          if (SaslMechanisms.isMechanism(name)
              && !References.isIn(value)
              && !SaslMechanisms.isKnown(value)) {
            problem(name, name + ": " + SaslMechanisms.unknown(value));
          }
        });
  }

  private void checkProperty(String name, String value) {
    Optional<ClientProperty> found = ClientPropertyList.find(name.substring(1));
    if (level == Level.COLUMN) {
      refuse(name, "client properties belong on a server or a table");
    } else if (found.isEmpty()) {
      refuse(name, "no such client property" + suggestion(name));
    } else if (found.get().rule() == Rule.FORBIDDEN) {
      refuse(name, "may not be set, " + found.get().reason().orElse(""));
    } else {
      if (found.get().rule() == Rule.UNUSED) {
        findings.add(
            new Finding.DefinitionWarning(
                prefix + " " + name + " is ignored: " + found.get().reason().orElse("")));
      }
      checkValue(name, value, found.get().valueType(), found.get().secret());
    }
  }

  private boolean checkValue(String name, String value, ValueType type, boolean secret) {
    if (References.isIn(value) || type.accepts(value)) {
      return true;
    }
    // What stands before an @ may be a user's name and password.
    boolean hidden = secret || value.indexOf('@') >= 0 || type instanceof ValueType.Text;
    String shown = hidden ? "the value" : KadbException.shown(value);
    problem(name, name + ": " + shown + type.refusal());
    return false;
  }

  private void problem(String name, String text) {
    findings.add(new Finding.Problem(ErrorCode.BAD_OPTION_VALUE, name, prefix + " " + text));
  }

  private void refuse(String name, String why) {
    findings.add(
        new Finding.Problem(ErrorCode.UNKNOWN_PROPERTY, name, prefix + " " + name + ": " + why));
  }

  private String unknown(String name) {
    return "unknown " + prefix + " " + name + " is ignored";
  }

  private String suggestion(String name) {
    return NearestName.of(name, namesHere().toList())
        .or(
            () ->
                Optional.of("#" + name)
                    .filter(p -> ClientPropertyList.find(p.substring(1)).isPresent()))
        .map(nearest -> ", did you mean " + nearest + "?")
        .orElse("");
  }

  private Stream<String> namesHere() {
    Stream<String> plain =
        Arrays.stream(Option.values())
            .filter(option -> option.levels().contains(level))
            .flatMap(
                option -> Stream.concat(Stream.of(option.optionName()), option.aliases().stream()));
    return level == Level.COLUMN
        ? plain
        : Stream.concat(plain, ClientPropertyList.names().stream().map(name -> "#" + name));
  }

  private static String place(Option option) {
    return option.levels().contains(Level.COLUMN) ? "column" : "server or a table";
  }
}
