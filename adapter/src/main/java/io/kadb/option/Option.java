package io.kadb.option;

import static io.kadb.option.OptionSpec.anyText;
import static io.kadb.option.OptionSpec.bool;
import static io.kadb.option.OptionSpec.choice;
import static io.kadb.option.OptionSpec.integer;
import static io.kadb.option.OptionSpec.json;
import static io.kadb.option.OptionSpec.matching;
import static io.kadb.option.OptionSpec.oneByte;
import static io.kadb.option.OptionSpec.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one list of kadb's options. Parsing, checking, documentation, the view of options, redaction
 * and suggestions derive from it.
 *
 * <p>Client properties (names that begin with {@code #}) are not options in this sense; see {@link
 * ClientProperty}.
 */
public enum Option {
  BROKERS(
      matching(
              "k_brokers",
              BrokerList.FORM,
              "a list host[:port],…",
              "Brokers to ask for the cluster, separated by commas; port 9092 where none is given.")
          .property("bootstrap.servers")
          .whenUsed()),
  TOPIC(
      matching(
              "k_topic",
              Forms.TOPIC,
              "a topic name (1 to 249 of A-Z a-z 0-9 . _ -)",
              "Topic whose messages are the table's rows.")
          .whenUsed()),
  CONSUMER_GROUP(
      text(
              "k_consumer_group",
              "Consumer group for committing offsets to Kafka and reading them from there, and for"
                  + " the brokers' access rules; a SELECT never joins a group.")
          .property("group.id")
          .whenUsed()),
  SEG_BATCH(
      integer(
              "k_seg_batch",
              1,
              Integer.MAX_VALUE,
              "Most messages (not rows) each segment takes in one consuming SELECT.")
          .whenUsed()),
  TIMEOUT_MS(
      integer(
              "k_timeout_ms",
              0,
              Integer.MAX_VALUE,
              "How long a consuming SELECT waits for messages, in milliseconds from its start; 0"
                  + " takes what is there.")
          .whenUsed()),
  FORMAT(choice("format", Forms.FORMATS, "Format of the messages' values.").whenUsed()),
  LATENCY_MS(
      integer(
              "k_latency_ms",
              0,
              Integer.MAX_VALUE,
              "Most time any request for metadata may take, in milliseconds; past it the statement"
                  + " fails.")
          .defaultsTo("2000")),
  INITIAL_OFFSET(
      integer(
              "k_initial_offset",
              0,
              Long.MAX_VALUE,
              "Offset at which partitions start that have no stored offset yet.")
          .defaultsTo("0")),
  AUTOMATIC_OFFSETS(
      bool(
              "k_automatic_offsets",
              "Whether new partitions are found, and stored offsets raised to the earliest offset"
                  + " Kafka still has, by themselves; otherwise that is an error.")
          .deprecatedAlias("k_allow_offset_increase")
          .defaultsTo("true")),
  SEGMENTS(
      integer(
              "k_segments",
              1,
              Integer.MAX_VALUE,
              "Number of segments, the workers that read partitions at the same time.")
          .defaultsTo(
              Integer.toString(Runtime.getRuntime().availableProcessors()),
              "available processors")),
  SCAN_MODE(
      choice(
              "k_scan_mode",
              List.of("consume", "peek", "snapshot"),
              "What a SELECT reads: the next batch, moving offsets; the same without moving them;"
                  + " or everything from the earliest to the end offset.")
          .defaultsTo("consume")),
  STOP_AT_END(
      bool(
              "k_stop_at_end",
              "Whether a consuming SELECT ends as soon as every partition reached the end it had"
                  + " when the SELECT began, instead of waiting out k_timeout_ms.")
          .defaultsTo("false")),
  LIMIT_OFFSETS(
      choice(
              "k_limit_offsets",
              List.of("delivered", "batch"),
              "What a SELECT with LIMIT consumes: the messages it took, or the whole batch.")
          .defaultsTo("delivered")),
  ON_ERROR(
      choice(
              "k_on_error",
              List.of("fail", "reject"),
              "What a message does that cannot be decoded: fail the statement, or be put aside in"
                  + " kadb.rejects.")
          .defaultsTo("fail")),
  REJECT_LIMIT(
      matching(
          "k_reject_limit",
          Forms.REJECT_LIMIT,
          "a number of messages, or a percentage from 0% to 100%",
          "With k_on_error reject: more rejected messages than this in one statement fail it.")),
  TOMBSTONE_ROWS(
      bool(
              "k_tombstone_rows",
              "Whether a message without a value is a row, with NULL in the columns of the value,"
                  + " in formats in which it is none.")
          .defaultsTo("false")),
  MAX_MESSAGE_ROWS(
      integer("k_max_message_rows", 1, Long.MAX_VALUE, "Most rows that one message may give.")
          .defaultsTo("10000000")),
  MAX_MESSAGE_BYTES(
      integer(
              "k_max_message_bytes",
              1,
              Long.MAX_VALUE,
              "Most bytes that one message may give after decompression.")
          .defaultsTo("268435456")),
  KEY_FORMAT(
      choice(
              "k_key_format",
              Forms.FORMATS,
              "Format of the messages' keys, for columns with source key.")
          .defaultsTo("text")),
  CSV_QUOTE(oneByte("csv_quote", "Quote character of format csv.").defaultsTo("\"")),
  CSV_DELIMITER(
      oneByte(
              "csv_delimeter",
              "Field delimiter of format csv; the first spelling is the historical one.")
          .alias("csv_delimiter")
          .defaultsTo(",")),
  CSV_NULL(
      anyText("csv_null", "Text of a csv field that means NULL; an empty field always does.")
          .defaultsTo("")),
  CSV_IGNORE_HEADER(
      bool("csv_ignore_header", "Whether the first csv record of every message is skipped.")
          .defaultsTo("false")),
  CSV_TRIM(
      bool(
              "csv_attribute_trim_whitespace",
              "Whether blanks and tabs around unquoted csv fields are removed.")
          .defaultsTo("true")),
  CSV_STRICT(
      bool(
              "csv_strict",
              "Whether unterminated quotes, text after a closing quote and short records are errors"
                  + " in format csv.")
          .defaultsTo("false")),
  CSV_DIALECT(
      choice(
              "csv_dialect",
              List.of("libcsv", "postgresql"),
              "Whose rules csv follows: those of libcsv, or those of PostgreSQL's COPY, where NULL is"
                  + " never in quotes, blanks stay and missing fields are errors.")
          .defaultsTo("libcsv")),
  CSV_ESCAPE(
      oneByte(
          "csv_escape",
          "With csv_dialect postgresql: character before a quote in a quoted field; the quote"
              + " itself unless given.")),
  CSV_FORCE_NOT_NULL(
      anyText(
          "csv_force_not_null",
          "With csv_dialect postgresql: columns, separated by commas, that take the text csv_null as"
              + " it is.")),
  CSV_FILL_MISSING_FIELDS(
      bool(
              "csv_fill_missing_fields",
              "With csv_dialect postgresql: whether records may end early; the columns left are"
                  + " DEFAULT or NULL.")
          .defaultsTo("false")),
  DELIMITED_DELIMITER(
      text(
          "delimited_delimiter",
          "Text between the fields of format delimited, of up to 32 bytes; a tab also as \\t.")),
  DELIMITED_EOL_PREFIX(
      anyText(
              "delimited_eol_prefix",
              "Text in front of the line feed that ends a row of format delimited.")
          .defaultsTo("")),
  DELIMITED_QUOTE(
      oneByte(
          "delimited_quote",
          "Quote character of format delimited; without one nothing is quoted, with one"
              + " delimited_escape is required.")),
  DELIMITED_ESCAPE(
      oneByte(
          "delimited_escape",
          "Character of format delimited that makes the mark behind it (delimiter, row end, quote or"
              + " escape) part of the field.")),
  DELIMITED_NULL(
      anyText(
              "delimited_null",
              "Text of a field of format delimited, without quotes, that is NULL.")
          .defaultsTo("")),
  JSON_ROWS(
      choice(
              "json_rows",
              List.of("objects", "document"),
              "What a row of format json is: each object of a message, or the message, whatever one"
                  + " value it is.")
          .defaultsTo("objects")),
  AVRO_SCHEMA(
      json(
              "avro_schema",
              "Schema that records are read as (the reader's schema of Avro's resolution); in format"
                  + " avro_raw the schema they are written with.")
          .deprecatedAlias("schema")),
  AVRO_MATCH(
      choice(
              "avro_match",
              List.of("position", "name"),
              "Whether columns take the fields of an Avro record by position or by name.")
          .defaultsTo("position")),
  AVRO_JSON_BYTES(
      choice(
              "avro_json_bytes",
              List.of("hex", "base64"),
              "How bytes are written where records, arrays and maps of Avro become JSON text.")
          .defaultsTo("hex")),
  REGISTRY_URL(
      matching(
          "schema_registry_url",
          Forms.ADDRESSES,
          "a list of addresses http://… or https://… without a user",
          "Addresses of the schema registry for format avro_registry, separated by commas and tried"
              + " in their order.")),
  REGISTRY_USER(text("schema_registry_user", "User name for the schema registry.")),
  REGISTRY_PASSWORD(
      anyText("schema_registry_password", "Password for the schema registry.").secret()),
  REGISTRY_CA(
      text(
          "schema_registry_ssl_ca_location",
          "PEM file with the certificates that vouch for the schema registry.")),
  REGISTRY_CERTIFICATE(
      text(
          "schema_registry_ssl_certificate_location",
          "PEM file with the certificate kadb shows to the schema registry.")),
  REGISTRY_KEY(
      text(
          "schema_registry_ssl_key_location",
          "PEM file with the private key of the certificate for the schema registry.")),
  REGISTRY_KEY_PASSWORD(
      anyText(
              "schema_registry_ssl_key_password",
              "Password of the private key for the schema registry.")
          .secret()),
  SECURITY_PROTOCOL(
      choice(
              "k_security_protocol",
              List.of("plaintext", "ssl", "sasl_plaintext", "sasl_ssl"),
              "How to talk to the brokers.")
          .property("security.protocol")),
  KERBEROS_KEYTAB(
      text("kerberos_keytab", "Keytab file for Kerberos.").property("sasl.kerberos.keytab")),
  KERBEROS_PRINCIPAL(
      text("kerberos_principal", "Kerberos principal to log in as.")
          .property("sasl.kerberos.principal")),
  KERBEROS_SERVICE_NAME(
      text("kerberos_service_name", "Name of the brokers' Kerberos service.")
          .property("sasl.kerberos.service.name")),
  KERBEROS_MIN_TIME_BEFORE_RELOGIN(
      integer(
              "kerberos_min_time_before_relogin",
              0,
              86_400_000,
              "Least time between two Kerberos logins, in milliseconds.")
          .property("sasl.kerberos.min.time.before.relogin")),
  SOURCE(
      matching(
              "source",
              Forms.SOURCE,
              "key, header:name, partition, offset, timestamp, topic or meta",
              "Part of the message a column comes from instead of its value: key, header:name,"
                  + " partition, offset, timestamp, topic, or the last four together as JSON: meta.")
          .onColumns()),
  PATH(
      matching(
              "path",
              Forms.POINTER,
              "a JSON Pointer such as /user/zip",
              "Place in the JSON document a column comes from (JSON Pointer, RFC 6901); '' for the whole"
                  + " document, also of Avro.")
          .onColumns());

  private static final Map<String, Option> BY_NAME = new HashMap<>();

  static {
    for (Option option : values()) {
      BY_NAME.put(option.optionName(), option);
      option.aliases().forEach(alias -> BY_NAME.put(alias, option));
    }
  }

  private final OptionSpec spec;

  Option(OptionSpec spec) {
    this.spec = spec;
  }

  /** Returns the option with this name or alias, in exactly this case. */
  public static Optional<Option> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Returns the options that a table needs before it can be used, in the order of this list. */
  static List<Option> requiredOptions() {
    return Arrays.stream(values()).filter(Option::required).toList();
  }

  /** Returns the name as it is written in {@code OPTIONS (…)}. */
  public String optionName() {
    return spec.name;
  }

  /** Returns the other names the option is known by. */
  public List<String> aliases() {
    return List.copyOf(spec.aliases);
  }

  /** Returns whether a name or alias of this option is an old one that gives a warning. */
  boolean isDeprecated(String name) {
    return spec.deprecated.contains(name);
  }

  /** Returns what values the option takes. */
  public ValueType valueType() {
    return spec.valueType;
  }

  /** Returns the value that holds where none is given. */
  public Optional<String> defaultText() {
    return Optional.ofNullable(spec.defaultText);
  }

  /** Returns the default as documentation shows it, for example "available processors". */
  public Optional<String> defaultInWords() {
    return spec.defaultInWords == null ? defaultText() : Optional.of(spec.defaultInWords);
  }

  /** Returns where the option may be given. */
  public Set<Level> levels() {
    return spec.levels();
  }

  /** Returns whether a table needs a value before it can be used. */
  public boolean required() {
    return spec.required;
  }

  /** Returns whether the value must never be shown. */
  public boolean secret() {
    return spec.secret;
  }

  /** Returns one sentence that says what the option does. */
  public String description() {
    return spec.description;
  }

  /** Returns the client property this option is another name of, without {@code #}. */
  public Optional<String> property() {
    return spec.property();
  }
}
