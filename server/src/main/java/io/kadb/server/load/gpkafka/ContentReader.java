package io.kadb.server.load.gpkafka;

import io.kadb.error.KadbException;
import io.kadb.option.NearestName;
import io.kadb.server.load.gpkafka.Content.Part;
import io.kadb.server.load.gpkafka.Content.SourceColumn;
import io.kadb.type.ColumnType;
import io.kadb.type.TypeKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads COLUMNS, FORMAT and the options of the format. */
final class ContentReader {
  private static final String IGNORED = "__IGNORED__";

  /** The block of options that a format may have. */
  private static final Map<String, String> OPTION_BLOCKS =
      Map.of(
          "csv", "CSV_OPTION",
          "delimited", "DELIMITED_OPTION",
          "avro", "AVRO_OPTION",
          "jsonl", "JSONL_OPTION");

  private static final Map<String, Set<TypeKind>> SINGLE_COLUMNS =
      Map.of(
          "json", Set.of(TypeKind.JSON, TypeKind.JSONB),
          "jsonl", Set.of(TypeKind.JSON, TypeKind.JSONB),
          "avro", Set.of(TypeKind.JSON, TypeKind.JSONB),
          "binary", Set.of(TypeKind.BYTEA),
          "text", Set.of(TypeKind.values()));

  private static final List<String> FORMATS =
      List.of("avro", "binary", "csv", "custom", "delimited", "json", "jsonl", "text");

  private final Block block;
  private final Report report;
  private final Part part;
  private final Path file;

  /**
   * Creates a reader.
   *
   * @param block holds COLUMNS and FORMAT
   * @param file the job file, next to which other files are looked for
   */
  ContentReader(Block block, Part part, Path file) {
    this.block = block;
    this.report = block.report();
    this.part = part;
    this.file = file;
  }

  /** Returns the content; empty if it says no format that kadb serves. */
  Optional<Content> content() {
    List<SourceColumn> columns = columns();
    block.refuse("CUSTOM_OPTION", "formatters are functions of Greenplum");
    Optional<Text> format =
        block.required("FORMAT").map(text -> text.map(word -> word.toLowerCase(Locale.ROOT)));
    if (format.isEmpty() || !isServed(format.get())) {
      OPTION_BLOCKS.values().forEach(block::block);
      return Optional.empty();
    }
    String name = format.get().value();
    Map<String, Text> options = options(format.get(), columns);
    checkSingle(format.get(), columns);
    boolean whole = name.startsWith("json") || name.equals("avro");
    return Optional.of(
        new Content(
            part,
            columns.stream().map(column -> placed(column, whole)).toList(),
            FormatBlocks.kadbFormat(name, options),
            options,
            block.line()));
  }

  private boolean isServed(Text format) {
    String name = format.value();
    if (name.equals("custom")) {
      report.unsupported(
          format.line(), "FORMAT custom is not supported: formatters are functions of Greenplum");
    } else if (!FORMATS.contains(name)) {
      String near =
          NearestName.of(name, FORMATS).map(other -> ", did you mean " + other + "?").orElse("");
      block.wrong(format, "FORMAT", "one of " + String.join(", ", FORMATS) + near);
    }
    return FORMATS.contains(name) && !name.equals("custom");
  }

  private List<SourceColumn> columns() {
    List<SourceColumn> columns = new ArrayList<>();
    if (!block.has("COLUMNS")) {
      report.problem(
          block.line(),
          "missing COLUMNS below "
              + block.name()
              + ": kadb does not take them from the target table; name them in their order");
    }
    for (Block column : block.blocks("COLUMNS")) {
      Optional<Text> name = column.required("NAME");
      boolean ignored = name.isPresent() && name.get().value().equals(IGNORED);
      Optional<String> type =
          (ignored ? column.text("TYPE") : column.required("TYPE")).map(this::type);
      column.finish();
      String suffix = (part == Part.KEY ? "key_" : "") + (columns.size() + 1);
      name.ifPresent(
          text ->
              columns.add(
                  ignored
                      ? new SourceColumn("__ignored_" + suffix, "text", Map.of(), false)
                      : new SourceColumn(
                          SqlName.folded(text.value()), type.orElse("text"), Map.of(), true)));
    }
    return columns;
  }

  private String type(Text text) {
    try {
      ColumnType.parse(text.value());
    } catch (KadbException e) {
      report.problem(text.line(), e);
    }
    return text.value();
  }

  private Map<String, Text> options(Text format, List<SourceColumn> columns) {
    Map<String, Text> options = new HashMap<>();
    OPTION_BLOCKS.forEach(
        (name, key) -> {
          Optional<Block> given = block.block(key);
          if (!format.value().equals(name)) {
            given.ifPresent(
                other ->
                    report.problem(
                        other.line(),
                        key + " belongs to FORMAT " + name + ", found FORMAT " + format.value()));
            return;
          }
          options.putAll(new FormatBlocks(format, given, file, block).options(columns));
          given.ifPresent(Block::finish);
        });
    if (format.value().equals("json")) {
      options.put("json_rows", new Text("document", format.line()));
    }
    return options;
  }

  private void checkSingle(Text format, List<SourceColumn> columns) {
    Set<TypeKind> types = SINGLE_COLUMNS.get(format.value());
    if (types == null || columns.isEmpty()) {
      return;
    }
    String wanted =
        types.contains(TypeKind.TEXT)
            ? ""
            : types.contains(TypeKind.JSON) ? " of type json or jsonb" : " of type bytea";
    boolean right =
        columns.size() == 1 && (!columns.get(0).loaded() || types.contains(kind(columns.get(0))));
    if (!right) {
      report.problem(
          block.lineOf("COLUMNS"),
          "COLUMNS below "
              + block.name()
              + ": FORMAT "
              + format.value()
              + " wants exactly one column"
              + wanted);
    }
  }

  private static TypeKind kind(SourceColumn column) {
    try {
      return ColumnType.parse(column.type()).kind();
    } catch (KadbException reported) {
      return TypeKind.OTHER;
    }
  }

  private SourceColumn placed(SourceColumn column, boolean whole) {
    Map<String, String> options = new HashMap<>();
    if (part == Part.KEY) {
      options.put("source", "key");
    }
    if (whole) {
      options.put("path", "");
    }
    return new SourceColumn(column.name(), column.type(), options, column.loaded());
  }
}
