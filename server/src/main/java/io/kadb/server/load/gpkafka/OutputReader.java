package io.kadb.server.load.gpkafka;

import io.kadb.catalog.TableName;
import io.kadb.server.load.LoadJob.Mapping;
import io.kadb.server.load.LoadJob.Mode;
import io.kadb.server.load.LoadJob.Target;
import io.kadb.server.load.gpkafka.Content.SourceColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads KAFKA.OUTPUT: what becomes of the rows. */
final class OutputReader {
  private static final String PUBLIC = "public";
  private static final List<String> OF_CHANGES =
      List.of(
          "MATCH_COLUMNS",
          "ORDER_COLUMNS",
          "UPDATE_COLUMNS",
          "UPDATE_CONDITION",
          "DELETE_CONDITION");

  private final Block output;
  private final Report report;
  private final InputReader.Input input;

  OutputReader(Block output, InputReader.Input input) {
    this.output = output;
    this.report = output.report();
    this.input = input;
  }

  /** Returns the target; empty if its table is missing. */
  Optional<Target> target() {
    Optional<String> table = output.required("TABLE").map(text -> SqlName.folded(text.value()));
    String schema = output.text("SCHEMA").map(t -> SqlName.folded(t.value())).orElse(PUBLIC);
    Mode mode = output.text("MODE").map(this::mode).orElse(Mode.INSERT);
    List<Mapping> mappings = mappings();
    List<Text> match = names("MATCH_COLUMNS");
    List<Text> order = names("ORDER_COLUMNS");
    List<Text> update = names("UPDATE_COLUMNS");
    Optional<String> updateCondition = output.text("UPDATE_CONDITION").map(Text::value);
    Optional<String> deleteCondition = output.text("DELETE_CONDITION").map(Text::value);
    Optional<String> filter = both(input.filter(), output.text("FILTER").map(Text::value));
    output.refuse("TRANSFORMER", "write what it does as expressions of MAPPING");
    output.finish();
    boolean insert = mode == Mode.INSERT;
    if (insert) {
      OF_CHANGES.forEach(key -> output.ignore(key, "MODE is INSERT"));
    } else if (!output.has("MATCH_COLUMNS")) {
      report.problem(
          output.line(), "missing MATCH_COLUMNS below " + output.name() + ": MODE is " + mode);
    }
    if (mode == Mode.UPDATE) {
      output.ignore("DELETE_CONDITION", "MODE is UPDATE");
    }
    if (!insert) {
      checkMapped("MATCH_COLUMNS", match, mappings);
      checkMapped("UPDATE_COLUMNS", update, mappings);
    }
    return table.map(
        name ->
            new Target(
                new TableName(schema, name),
                mode,
                mappings,
                insert ? List.of() : values(match),
                insert ? List.of() : values(order),
                insert ? List.of() : values(update),
                insert ? Optional.empty() : updateCondition,
                mode == Mode.MERGE ? deleteCondition : Optional.empty(),
                false,
                filter));
  }

  private Mode mode(Text text) {
    return switch (text.value().toUpperCase(Locale.ROOT)) {
      case "INSERT" -> Mode.INSERT;
      case "UPDATE" -> Mode.UPDATE;
      case "MERGE" -> Mode.MERGE;
      default -> {
        output.wrong(text, "MODE", "INSERT, UPDATE or MERGE");
        yield Mode.INSERT;
      }
    };
  }

  private List<Text> names(String key) {
    return output.texts(key).stream().map(text -> text.map(SqlName::folded)).toList();
  }

  private static List<String> values(List<Text> texts) {
    return texts.stream().map(Text::value).toList();
  }

  private static Optional<String> both(Optional<String> one, Optional<String> other) {
    return one.isPresent() && other.isPresent()
        ? Optional.of("(" + one.get() + ") AND (" + other.get() + ")")
        : one.or(() -> other);
  }

  /** Without MAPPING the columns of value and key go to those of the same name. */
  private List<Mapping> mappings() {
    if (!output.has("MAPPING")) {
      output.text("MAPPING");
      input
          .meta()
          .ifPresent(
              meta ->
                  report.warning(
                      input.line(),
                      "column " + meta.name() + " of META is loaded only if a MAPPING says where"));
      return input.contents().stream()
          .flatMap(content -> content.columns().stream())
          .filter(SourceColumn::loaded)
          .map(column -> new Mapping(column.name(), SqlName.quoted(column.name())))
          .toList();
    }
    List<Mapping> mappings = new ArrayList<>();
    if (output.isList("MAPPING")) {
      for (Block each : output.blocks("MAPPING")) {
        Optional<Text> name = each.required("NAME");
        Optional<Text> expression = each.required("EXPRESSION");
        each.finish();
        name.ifPresent(
            column -> expression.ifPresent(text -> mappings.add(mapping(column.value(), text))));
      }
    } else {
      output
          .block("MAPPING")
          .ifPresent(
              block ->
                  block
                      .keys()
                      .forEach(
                          column ->
                              block
                                  .required(column)
                                  .ifPresent(text -> mappings.add(mapping(column, text)))));
    }
    return mappings;
  }

  private static Mapping mapping(String column, Text expression) {
    return new Mapping(SqlName.folded(column), expression.value());
  }

  private void checkMapped(String key, List<Text> names, List<Mapping> mappings) {
    for (Text name : names) {
      if (mappings.stream().noneMatch(mapping -> mapping.column().equals(name.value()))) {
        output.wrong(name, key, "a column that is loaded; MAPPING does not fill this one");
      }
    }
  }
}
