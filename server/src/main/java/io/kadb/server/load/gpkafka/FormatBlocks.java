package io.kadb.server.load.gpkafka;

import io.kadb.server.load.gpkafka.Content.SourceColumn;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the block of options that belongs to a format. */
final class FormatBlocks {
  private static final Pattern LOGIN = Pattern.compile("(https?://)([^/@:]+):([^/@]*)@(.*)");
  private static final List<String> TLS_VERSIONS = List.of("1.0", "1.1", "1.2");

  private final Text format;
  private final Optional<Block> given;
  private final Path file;
  private final Block content;
  private final Map<String, Text> options = new HashMap<>();

  FormatBlocks(Text format, Optional<Block> given, Path file, Block content) {
    this.format = format;
    this.given = given;
    this.file = file;
    this.content = content;
  }

  /** Returns the name of kadb's format. */
  static String kadbFormat(String format, Map<String, Text> options) {
    if (format.equals("jsonl")) {
      return "json";
    } else if (format.equals("avro") && options.containsKey("schema_registry_url")) {
      return "avro_registry";
    } else if (format.equals("avro") && options.containsKey("avro_schema")) {
      return "avro_raw";
    }
    return format;
  }

  /** Returns kadb's options. */
  Map<String, Text> options(List<SourceColumn> columns) {
    switch (format.value()) {
      case "csv" -> csv(columns);
      case "delimited" -> delimited();
      case "jsonl" -> jsonLines();
      case "avro" -> given.ifPresent(this::avro);
      default -> throw new AssertionError(format.value());
    }
    return options;
  }

  /** As COPY reads csv, because that is what reads it for gpkafka. */
  private void csv(List<SourceColumn> columns) {
    put("csv_dialect", "postgresql");
    put("csv_fill_missing_fields", "false");
    take("DELIMITER", "csv_delimeter", Optional.of(","));
    take("QUOTE", "csv_quote", Optional.of("\""));
    take("ESCAPE", "csv_escape", Optional.of(options.get("csv_quote").value()));
    take("NULL_STRING", "csv_null", Optional.of(""));
    given.ifPresent(
        block -> {
          if (block.flag("FILL_MISSING_FIELDS")) {
            put("csv_fill_missing_fields", "true");
          }
          neverNull(block, columns);
        });
  }

  private void neverNull(Block block, List<SourceColumn> columns) {
    List<Text> names =
        block.texts("FORCE_NOT_NULL").stream()
            .flatMap(
                text ->
                    Arrays.stream(text.value().split(","))
                        .map(name -> new Text(SqlName.folded(name), text.line())))
            .toList();
    for (Text name : names) {
      if (columns.stream().noneMatch(column -> column.name().equals(name.value()))) {
        block.wrong(name, "FORCE_NOT_NULL", "a column of COLUMNS");
      }
    }
    if (!names.isEmpty()) {
      options.put(
          "csv_force_not_null",
          new Text(
              names.stream().map(Text::value).collect(Collectors.joining(",")),
              names.get(0).line()));
    }
  }

  private void delimited() {
    if (given.isEmpty()) {
      content.report().problem(format.line(), "missing DELIMITED_OPTION below " + content.name());
    }
    given.ifPresent(block -> block.required("DELIMITER"));
    take("DELIMITER", "delimited_delimiter", Optional.empty());
    take("EOL_PREFIX", "delimited_eol_prefix", Optional.of(""));
    take("QUOTE", "delimited_quote", Optional.empty());
    take("ESCAPE", "delimited_escape", Optional.empty());
    if (options.containsKey("delimited_quote") && !options.containsKey("delimited_escape")) {
      content
          .report()
          .problem(
              options.get("delimited_quote").line(),
              "missing ESCAPE beside QUOTE below " + content.name() + ".DELIMITED_OPTION");
    }
  }

  private void jsonLines() {
    put("json_rows", "objects");
    given
        .flatMap(block -> block.text("NEWLINE"))
        .filter(text -> !List.of("\n", "\r\n", "\r", "\\n", "\\r\\n", "\\r").contains(text.value()))
        .ifPresent(text -> given.get().wrong(text, "NEWLINE", "a line end: \\n, \\r\\n or \\r"));
  }

  private void avro(Block block) {
    block.texts("SCHEMA_REGISTRY_ADDR").stream()
        .reduce((one, other) -> new Text(one.value() + "," + other.value(), one.line()))
        .ifPresent(this::registry);
    take("SCHEMA_CA_ON_GPDB", "schema_registry_ssl_ca_location", Optional.empty());
    take("SCHEMA_CERT_ON_GPDB", "schema_registry_ssl_certificate_location", Optional.empty());
    take("SCHEMA_KEY_ON_GPDB", "schema_registry_ssl_key_location", Optional.empty());
    block
        .text("SCHEMA_MIN_TLS_VERSION")
        .filter(
            text -> !TLS_VERSIONS.contains(text.value().toLowerCase(Locale.ROOT).replace("v", "")))
        .ifPresent(
            text ->
                block.refuse(
                    "SCHEMA_MIN_TLS_VERSION",
                    "kadb asks a registry for TLS 1.2 or 1.3, whichever it has"));
    block.text("SCHEMA_PATH_ON_GPDB").ifPresent(text -> schemaFile(block, text));
    if (block.flag("BYTES_TO_BASE64")) {
      put("avro_json_bytes", "base64");
    } else {
      put("avro_json_bytes", "hex");
    }
  }

  /** An address may hold a login, which kadb wants by itself. */
  private void registry(Text addresses) {
    StringBuilder urls = new StringBuilder();
    Set<String> logins = new HashSet<>();
    for (String address : addresses.value().split(",")) {
      Matcher login = LOGIN.matcher(address.strip());
      boolean found = login.matches();
      if (found && logins.add(login.group(2) + ":" + login.group(3)) && logins.size() > 1) {
        content
            .report()
            .problem(
                addresses.line(),
                "SCHEMA_REGISTRY_ADDR has different logins, kadb has one for all addresses");
      } else if (found) {
        options.put("schema_registry_user", new Text(decoded(login.group(2)), addresses.line()));
        options.put(
            "schema_registry_password", new Text(decoded(login.group(3)), addresses.line()));
      }
      urls.append(urls.isEmpty() ? "" : ",")
          .append(found ? login.group(1) + login.group(4) : address.strip());
    }
    options.put("schema_registry_url", new Text(urls.toString(), addresses.line()));
  }

  /** Returns a part of a URL without its escapes; what has none that are right stays. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private void schemaFile(Block block, Text name) {
    if (options.containsKey("schema_registry_url")) {
      content
          .report()
          .problem(
              name.line(),
              "SCHEMA_PATH_ON_GPDB and SCHEMA_REGISTRY_ADDR exclude each other below "
                  + block.name());
      return;
    }
    Path path = file.toAbsolutePath().resolveSibling(name.value());
    try {
      options.put("avro_schema", new Text(Files.readString(path), name.line()));
    } catch (IOException e) {
      content
          .report()
          .problem(
              name.line(),
              "SCHEMA_PATH_ON_GPDB: cannot read the file "
                  + path
                  + " where kadb runs: "
                  + e.getClass().getSimpleName());
    }
  }

  private void put(String option, String value) {
    options.put(option, new Text(value, format.line()));
  }

  private void take(String key, String option, Optional<String> otherwise) {
    given
        .flatMap(block -> block.text(key))
        .or(() -> otherwise.map(value -> new Text(value, format.line())))
        .ifPresent(text -> options.put(option, text));
  }
}
