package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.ValueType;
import io.kadb.scan.ScanMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The properties of a connection, besides the options that it can give defaults for. */
enum ConnectionProperty {
  HOME("kadb.home", new ValueType.Text(1), "Folder of the embedded store. Default: ~/.kadb"),
  STORE(
      "store",
      new ValueType.Text(1),
      "JDBC URL of the database that holds offsets and definitions: jdbc:sqlite:… or"
          + " jdbc:postgresql:…. Default: kadb.db in kadb.home"),
  STORE_USER("storeUser", new ValueType.Text(1), "User at the store"),
  STORE_PASSWORD(
      "storePassword",
      new ValueType.Text(0),
      "Password at the store; may be ${env:NAME} or ${file:/path:key}"),
  BROKERS(
      "brokers",
      new ValueType.Text(1),
      "host:port,…: shows their topics as tables of schema topics, without any definition"),
  SCHEMA("schema", new ValueType.Text(1), "Schema that names without one mean. Default: public"),
  SCAN_MODE(
      "scanMode",
      new ValueType.Choice(Arrays.stream(ScanMode.values()).map(ScanMode::label).toList()),
      "What every SELECT of the connection takes from Kafka, whatever k_scan_mode says"),
  SEGMENTS(
      "segments",
      new ValueType.Range(1, Integer.MAX_VALUE),
      "Number of segments, where neither table nor server says k_segments"),
  READ_ONLY("readOnly", new ValueType.Bool(), "Whether nothing is written and no offset moves"),
  QUERY_TIMEOUT(
      "queryTimeout",
      new ValueType.Range(0, Integer.MAX_VALUE),
      "Most seconds a statement may take; 0 for no limit"),
  FETCH_SIZE(
      "fetchSize",
      new ValueType.Range(0, Integer.MAX_VALUE),
      "Fetch size that statements report; in process it has no effect"),
  USER("user", new ValueType.Text(0), "Name of the user, shown in metadata"),
  PASSWORD("password", new ValueType.Text(0), "Accepted for tools that always send one");

  private final String label;
  private final ValueType type;
  private final String description;

  ConnectionProperty(String label, ValueType type, String description) {
    this.label = label;
    this.type = type;
    this.description = description;
  }

  /** Returns the property of this name in any case; empty if there is none. */
  static Optional<ConnectionProperty> named(String name) {
    return Arrays.stream(values()).filter(p -> p.label.equalsIgnoreCase(name)).findFirst();
  }

  /** Returns the name as URLs write it. */
  String label() {
    return label;
  }

  /** Returns one line that says what the property does. */
  String description() {
    return description;
  }

  /** Returns whether values must never be shown. */
  boolean secret() {
    return this == STORE_PASSWORD || this == PASSWORD;
  }

  /** Returns the values to choose from; empty if the property is not a choice. */
  List<String> choices() {
    if (type instanceof ValueType.Choice choice) {
      return choice.words();
    }
    return type instanceof ValueType.Bool ? List.of("true", "false") : List.of();
  }

  /** Refuses a value that the property does not take. */
  void check(String value) {
    if (!type.accepts(value)) {
      throw badValue(label, value, secret(), type);
    }
  }

  /** Returns the error for a value of a property or option that is not what is wanted. */
  static KadbException badValue(String name, String value, boolean secret, ValueType type) {
    String found = secret ? "the value" : KadbException.shown(value);
    return new KadbException(
        ErrorCode.BAD_OPTION_VALUE,
        "connection property " + name + ": " + found + " is not " + type.wanted());
  }
}
