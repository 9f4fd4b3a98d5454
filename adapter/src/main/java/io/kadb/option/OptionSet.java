package io.kadb.option;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The options that hold for one table: those of its connection, server and table, merged and
 * checked. Immutable; never shows a secret.
 *
 * <p>The table's value beats the server's, and the server's the connection's. A client property
 * ({@code "#bootstrap.servers"}) beats the option that stands for it ({@code k_brokers}) at
 * whatever level either is given.
 */
public final class OptionSet {
  private final Map<Option, Given> options;

  /** Client properties by the name that {@link ClientProperty} gives them. */
  private final Map<String, Given> properties;

  private final List<Notice> warnings;
  private final References references;

  private OptionSet(
      Map<Option, Given> options,
      Map<String, Given> properties,
      List<Notice> warnings,
      References references) {
    this.options = Collections.unmodifiableMap(new EnumMap<>(options));
    this.properties = Map.copyOf(properties);
    this.warnings = List.copyOf(warnings);
    this.references = references;
  }

  /**
   * Merges and checks the options of a table.
   *
   * @throws KadbException if a value is not allowed (HV024) or a client property is unknown or
   *     forbidden (HV00D), with all problems in one text
   */
  public static OptionSet merge(
      Map<String, String> connection, Map<String, String> server, Map<String, String> table) {
    return merge(connection, server, table, Map.of());
  }

  /**
   * Merges and checks the options of a table, and checks those of its columns.
   *
   * @param columns the options of each column by its name
   * @throws KadbException as {@link #merge(Map, Map, Map)}
   */
  public static OptionSet merge(
      Map<String, String> connection,
      Map<String, String> server,
      Map<String, String> table,
      Map<String, Map<String, String>> columns) {
    OptionCheck check = new OptionCheck();
    columns.forEach(check::column);
    return merge(connection, server, table, check, References.OF_PROCESS);
  }

  static OptionSet merge(
      Map<String, String> connection,
      Map<String, String> server,
      Map<String, String> table,
      References references) {
    return merge(connection, server, table, new OptionCheck(), references);
  }

  private static OptionSet merge(
      Map<String, String> connection,
      Map<String, String> server,
      Map<String, String> table,
      OptionCheck columns,
      References references) {
    OptionCheck own = columns.table(table).server(server);
    List<Notice> lastingWarnings = own.lastingWarnings();
    own.connection(connection).finish();
    Map<Option, Given> options = new EnumMap<>(Option.class);
    Map<String, Given> properties = new HashMap<>();
    take(Level.CONNECTION, connection, options, properties);
    take(Level.SERVER, server, options, properties);
    take(Level.TABLE, table, options, properties);
    return new OptionSet(options, properties, lastingWarnings, references).checkedMarks();
  }

  private static void take(
      Level level,
      Map<String, String> given,
      Map<Option, Given> options,
      Map<String, Given> properties) {
    given.forEach(
        (name, value) -> {
          Given here = new Given(level, name, value);
          if (name.startsWith("#")) {
            ClientPropertyList.find(name.substring(1))
                .ifPresent(property -> properties.put(property.name(), here));
          } else {
            Option.named(name)
                .filter(option -> option.levels().contains(level))
                .ifPresent(option -> options.put(option, here));
          }
        });
  }

  private OptionSet checkedMarks() {
    new CsvMarks(checkable(Option.CSV_QUOTE), checkable(Option.CSV_DELIMITER))
        .problem()
        .ifPresent(
            problem -> {
              throw new KadbException(ErrorCode.BAD_OPTION_VALUE, "options " + problem);
            });
    return this;
  }

  private Optional<String> checkable(Option option) {
    return Optional.ofNullable(options.get(option))
        .map(Given::value)
        .or(option::defaultText)
        .filter(value -> !References.isIn(value));
  }

  /**
   * Returns this set with a value that beats every level, as a setting of the session does.
   *
   * @throws KadbException if the option does not take this value (HV024)
   */
  public OptionSet with(Option option, String value) {
    new OptionCheck().setting(option, value).finish();
    Map<Option, Given> changed = new EnumMap<>(Option.class);
    changed.putAll(options);
    changed.put(option, new Given(Level.CONNECTION, option.optionName(), value));
    return new OptionSet(changed, properties, warnings, references).checkedMarks();
  }

  /**
   * Returns the warnings to give whenever the table is read: options that are unknown or
   * deprecated, the table's first, then the server's, in the order they were given.
   */
  public List<Notice> warnings() {
    return warnings;
  }

  /**
   * Returns this set if it holds what a table needs to be used.
   *
   * @throws KadbException (HV002) that names every option missing
   */
  public OptionSet require() {
    return require("…");
  }

  /**
   * Returns this set if it holds what a table needs to be used.
   *
   * @param tableName the table, for the hint
   * @throws KadbException (HV002) that names every option missing
   */
  public OptionSet require(String tableName) {
    List<String> missing =
        Option.requiredOptions().stream()
            .filter(option -> given(option).isEmpty())
            .map(Option::optionName)
            .toList();
    if (!missing.isEmpty()) {
      throw missing(tableName, missing);
    }
    return this;
  }

  private static KadbException missing(String tableName, List<String> names) {
    String what = names.size() == 1 ? "missing option " : "missing options ";
    String adds =
        names.stream().map(name -> "ADD " + name + " '…'").collect(Collectors.joining(", "));
    return new KadbException(ErrorCode.MISSING_OPTION, what + String.join(", ", names))
        .withHint(
            "ALTER FOREIGN TABLE "
                + tableName
                + " OPTIONS ("
                + adds
                + "), or the same with ALTER SERVER");
  }

  /** Returns what was given for an option: the client property it stands for comes first. */
  private Optional<Given> given(Option option) {
    return option
        .property()
        .map(properties::get)
        .or(() -> Optional.ofNullable(options.get(option)));
  }

  /**
   * Returns the value of an option, or its default; words of an enumeration come in lower case.
   *
   * @throws KadbException if there is neither (HV002), or a reference in it cannot be resolved or
   *     does not give an allowed value (HV024)
   */
  public String text(Option option) {
    return optionalText(option).orElseThrow(() -> missing("…", List.of(option.optionName())));
  }

  /** Returns the value of an option or its default, if there is either. See {@link #text}. */
  public Optional<String> optionalText(Option option) {
    return given(option)
        .map(given -> resolvedValue(option.valueType(), given))
        .or(option::defaultText)
        .map(value -> plain(option.valueType(), value));
  }

  /** Returns a value in the one form of those that mean the same. */
  private static String plain(ValueType type, String value) {
    if (type instanceof ValueType.Choice) {
      return value.toLowerCase(Locale.ROOT);
    }
    return type instanceof ValueType.OneByte ? ValueType.OneByte.character(value) : value;
  }

  private String resolvedValue(ValueType type, Given given) {
    String value = references.resolve(given);
    if (!type.accepts(value)) {
      throw new KadbException(
          ErrorCode.BAD_OPTION_VALUE, given + ": the value it refers to" + type.refusal());
    }
    return value;
  }

  /**
   * Returns the value of an option that a column of the table gives.
   *
   * @throws KadbException HV024, as {@link #text}
   */
  public Optional<String> columnText(Option option, Map<String, String> columnOptions) {
    return Optional.ofNullable(columnOptions.get(option.optionName()))
        .map(value -> new Given(Level.COLUMN, option.optionName(), value))
        .map(given -> resolvedValue(option.valueType(), given));
  }

  /** Returns the value of an option that takes an integer of at most 32 bits. */
  public int integer(Option option) {
    return Math.toIntExact(bigint(option));
  }

  /** Returns the value of an option that takes an integer. */
  public long bigint(Option option) {
    return Long.parseLong(text(option));
  }

  /** Returns the value of an option that takes an integer and has no default. */
  public OptionalLong optionalBigint(Option option) {
    return optionalText(option).stream().mapToLong(Long::parseLong).findAny();
  }

  /** Returns the value of an option that takes a boolean. */
  public boolean bool(Option option) {
    return ValueType.Bool.isTrue(text(option));
  }

  /** Returns the value of an option that takes a number of milliseconds. */
  public Duration duration(Option option) {
    return Duration.ofMillis(bigint(option));
  }

  /** Returns the value of an option that takes one byte. */
  public byte oneByte(Option option) {
    return (byte) text(option).charAt(0);
  }

  /**
   * Returns the consumer group. It is kept apart from the {@linkplain #clientProperties client
   * properties}, because clients that read do not join it.
   */
  public Optional<String> groupId() {
    return optionalText(Option.CONSUMER_GROUP);
  }

  /**
   * Returns the properties for a client that reads. References are resolved and certificate files
   * read now, so call this when the client is needed, not to plan a statement.
   *
   * @throws KadbException if brokers are missing (HV002), or a reference, file or combination of
   *     security settings is wrong (HV024)
   */
  public ClientProperties clientProperties() {
    Map<String, Given> resolved = new HashMap<>();
    for (Option option : Option.values()) {
      option
          .property()
          .flatMap(ClientPropertyList::find)
          .filter(property -> property.rule() != ClientProperty.Rule.GROUP)
          .ifPresent(
              property ->
                  given(option)
                      .ifPresent(g -> resolved.put(property.name(), resolved(property, g))));
    }
    properties.forEach(
        (name, given) ->
            ClientPropertyList.find(name)
                .filter(ClientProperty::reachesClient)
                .ifPresent(property -> resolved.put(name, resolved(property, given))));
    if (!resolved.containsKey("bootstrap.servers")) {
      throw missing("…", List.of(Option.BROKERS.optionName()));
    }
    return new ClientTranslation(resolved).translate();
  }

  private Given resolved(ClientProperty property, Given given) {
    return given.withValue(resolvedValue(property.valueType(), given));
  }

  /** Returns the options that hold, by the names they were given under, with secrets masked. */
  public Map<String, String> redacted() {
    Map<String, String> shown = new LinkedHashMap<>();
    Arrays.stream(Option.values())
        .map(options::get)
        .filter(Objects::nonNull)
        .forEach(given -> shown.put(given.name(), given.value()));
    properties.values().stream()
        .sorted(Comparator.comparing(Given::name))
        .forEach(given -> shown.put(given.name(), given.value()));
    return Redaction.mask(shown);
  }

  /** Shows the options that hold, with secrets masked. */
  @Override
  public String toString() {
    return redacted().toString();
  }
}
