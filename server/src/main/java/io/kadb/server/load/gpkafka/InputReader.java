package io.kadb.server.load.gpkafka;

import io.kadb.error.KadbException;
import io.kadb.server.load.LoadJob.Fallback;
import io.kadb.server.load.gpkafka.Content.Part;
import io.kadb.server.load.gpkafka.Content.SourceColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads KAFKA.INPUT: where messages come from, and what their parts are. */
final class InputReader {
  private static final Pattern SPAN =
      Pattern.compile("([0-9]{1,6})(?:\\s*(?:\\.{2,3}|-)\\s*([0-9]{1,6}))?");
  private static final Pattern LIMIT = Pattern.compile("[0-9]{1,18}|(?:100|[0-9]{1,2})%");
  private static final List<String> PARTS = List.of("VALUE", "KEY", "META");
  private static final List<String> DIRECT =
      List.of("COLUMNS", "FORMAT", "CSV_OPTION", "DELIMITED_OPTION", "AVRO_OPTION", "JSONL_OPTION");

  private final Block input;
  private final Report report;
  private final Optional<Text> version;
  private final Path file;

  /**
   * What was read, as far as it is right.
   *
   * @param line where it stands
   */
  record Input(
      int line,
      Origin origin,
      List<Content> contents,
      Optional<SourceColumn> meta,
      Optional<String> filter,
      Optional<String> rejectLimit) {
    Input {
      contents = List.copyOf(contents);
    }

    /** Returns all columns, in the order of the parts. */
    List<SourceColumn> columns() {
      List<SourceColumn> columns = new ArrayList<>();
      contents.forEach(content -> columns.addAll(content.columns()));
      meta.ifPresent(columns::add);
      return columns;
    }
  }

  /** Where messages come from. */
  record Origin(
      Optional<Text> brokers, Optional<Text> topic, Set<Integer> partitions, Fallback fallback) {
    Origin {
      partitions = Set.copyOf(partitions);
    }
  }

  InputReader(Block input, Optional<Text> version, Path file) {
    this.input = input;
    this.report = input.report();
    this.version = version;
    this.file = file;
  }

  /** Returns what is there; the block has to be finished by the caller. */
  Input input() {
    Optional<Block> source = input.block("SOURCE");
    if (!input.has("SOURCE")) {
      report.problem(input.line(), "missing SOURCE below " + input.name());
    }
    Origin origin =
        source
            .map(this::origin)
            .orElse(new Origin(Optional.empty(), Optional.empty(), Set.of(), Fallback.EARLIEST));
    List<Content> contents = new ArrayList<>();
    Optional<SourceColumn> meta = Optional.empty();
    if (hasParts()) {
      part(Part.VALUE).ifPresent(contents::add);
      part(Part.KEY).ifPresent(contents::add);
      meta = input.block("META").flatMap(this::meta);
      if (!input.has("VALUE") && !input.has("KEY")) {
        report.problem(input.line(), "missing VALUE or KEY below " + input.name());
      }
    } else {
      new ContentReader(input, Part.VALUE, file).content().ifPresent(contents::add);
    }
    input.refuse("TRANSFORMER", "write what it does as expressions of MAPPING");
    input.ignore("LOCAL_HOSTNAME", "the rows take no way of their own to the database");
    input.ignore("LOCAL_PORT", "the rows take no way of their own to the database");
    encoding();
    return new Input(
        input.line(),
        origin,
        contents,
        meta,
        input.text("FILTER").map(Text::value),
        input.text("ERROR_LIMIT").flatMap(this::rejectLimit));
  }

  /** Version 2 has a block for each part; a file that says no version shows what it is. */
  private boolean hasParts() {
    boolean parts =
        version.map(v -> v.value().equals("2")).orElse(PARTS.stream().anyMatch(input::has));
    String other = parts ? "1: below INPUT.VALUE in version 2" : "2: say VERSION: 2";
    for (String key : parts ? DIRECT : PARTS) {
      if (input.has(key)) {
        input.block(key);
        report.problem(
            input.lineOf(key), key + " below " + input.name() + " belongs to version " + other);
      }
    }
    return parts;
  }

  private Optional<Content> part(Part part) {
    return input
        .block(part.name())
        .flatMap(
            block -> {
              Optional<Content> content = new ContentReader(block, part, file).content();
              block.finish();
              return content;
            });
  }

  private Origin origin(Block source) {
    Optional<Text> brokers =
        source.texts("BROKERS").stream()
            .reduce((one, other) -> new Text(one.value() + "," + other.value(), one.line()));
    if (!source.has("BROKERS")) {
      report.problem(source.line(), "missing BROKERS below " + source.name());
    }
    Optional<Text> topic = source.required("TOPIC");
    Set<Integer> partitions = new TreeSet<>();
    source.texts("PARTITIONS").forEach(text -> addPartitions(source, text, partitions));
    Fallback fallback =
        source.text("FALLBACK_OFFSET").map(t -> fallback(source, t)).orElse(Fallback.EARLIEST);
    source.ignore("ENCRYPTION", "the client properties below PROPERTIES say how to connect");
    source.finish();
    return new Origin(brokers, topic, partitions, fallback);
  }

  private static void addPartitions(Block source, Text text, Set<Integer> partitions) {
    String list = text.value().strip();
    if (list.startsWith("(") && list.endsWith(")")) {
      list = list.substring(1, list.length() - 1);
    }
    for (String each : list.split(",")) {
      Matcher span = SPAN.matcher(each.strip());
      boolean right = span.matches();
      int first = right ? Integer.parseInt(span.group(1)) : 0;
      int last = right && span.group(2) != null ? Integer.parseInt(span.group(2)) : first;
      if (!right || last < first) {
        source.wrong(text, "PARTITIONS", "numbers and ranges such as (1, 3...5, 7)");
        return;
      }
      for (int partition = first; partition <= last; partition++) {
        partitions.add(partition);
      }
    }
  }

  private static Fallback fallback(Block source, Text text) {
    return switch (text.value().toLowerCase(Locale.ROOT)) {
      case "earliest" -> Fallback.EARLIEST;
      case "latest" -> Fallback.LATEST;
      default -> {
        source.wrong(text, "FALLBACK_OFFSET", "earliest or latest");
        yield Fallback.EARLIEST;
      }
    };
  }

  private Optional<SourceColumn> meta(Block block) {
    List<Block> columns = block.blocks("COLUMNS");
    Optional<Text> format = block.text("FORMAT");
    format
        .filter(text -> !text.value().equalsIgnoreCase("json"))
        .ifPresent(text -> block.wrong(text, "FORMAT", "json"));
    block.finish();
    Optional<SourceColumn> meta = Optional.empty();
    for (Block column : columns) {
      Optional<Text> name = column.required("NAME");
      Optional<Text> type = column.required("TYPE");
      column.finish();
      type.filter(text -> !text.value().toLowerCase(Locale.ROOT).matches("jsonb?"))
          .ifPresent(text -> column.wrong(text, "TYPE", "json or jsonb"));
      meta =
          name.map(
              text ->
                  new SourceColumn(
                      SqlName.folded(text.value()),
                      type.map(Text::value).orElse("json"),
                      Map.of("source", "meta"),
                      true));
    }
    if (columns.size() != 1) {
      report.problem(
          block.line(), block.name() + " wants exactly one column of type json or jsonb");
    }
    return meta;
  }

  private void encoding() {
    input
        .text("ENCODING")
        .filter(text -> !text.value().replace("-", "").equalsIgnoreCase("UTF8"))
        .ifPresent(
            text ->
                report.unsupported(
                    text.line(),
                    "ENCODING "
                        + KadbException.shown(text.value())
                        + " is not supported: kadb reads messages as UTF-8"));
  }

  private Optional<String> rejectLimit(Text text) {
    if (!LIMIT.matcher(text.value()).matches()) {
      input.wrong(text, "ERROR_LIMIT", "a number, or a percentage from 0% to 100%");
      return Optional.empty();
    }
    boolean none = text.value().matches("0+%?");
    return none ? Optional.empty() : Optional.of(text.value());
  }
}
