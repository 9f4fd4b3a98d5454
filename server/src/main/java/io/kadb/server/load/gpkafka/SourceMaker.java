package io.kadb.server.load.gpkafka;

import io.kadb.catalog.TableName;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import io.kadb.format.FormatOptions;
import io.kadb.format.Formats;
import io.kadb.option.OptionCheck;
import io.kadb.option.References;
import io.kadb.server.load.LoadJob.Column;
import io.kadb.server.load.LoadJob.Source;
import io.kadb.server.load.LoadJob.Target;
import io.kadb.server.load.gpkafka.Content.Part;
import io.kadb.server.load.gpkafka.Content.SourceColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts together the foreign table that a job reads from. */
final class SourceMaker {
  private static final Set<String> CHECKED_FORMATS = Set.of("csv", "delimited");
  private static final String GROUP = "group.id";
  private static final String NEVER_NULL = "csv_force_not_null";

  private final InputReader.Input input;
  private final Target target;
  private final Optional<String> schema;
  private final Optional<Block> properties;
  private final Report report;

  SourceMaker(
      InputReader.Input input,
      Target target,
      Optional<String> schema,
      Optional<Block> properties,
      Report report) {
    this.input = input;
    this.target = target;
    this.schema = schema;
    this.properties = properties;
    this.report = report;
  }

  /** Returns the table's definition, with everything that is wrong with it reported. */
  Source source() {
    String topic = input.origin().topic().map(Text::value).orElse("");
    TableName table = SqlName.ofSource(schema, target.table(), topic);
    Map<String, Text> options = options(table);
    check(options);
    Map<String, String> values = new LinkedHashMap<>();
    options.forEach((name, text) -> values.put(name, text.value()));
    return new Source.Defined(
        table, columns(), values, input.origin().fallback(), input.origin().partitions());
  }

  private List<Column> columns() {
    List<SourceColumn> all = new ArrayList<>(input.columns());
    if (input.contents().stream().noneMatch(content -> content.part() == Part.VALUE)) {
      // What is loaded is the key; of the value only that it is there.
      all.add(0, new SourceColumn("__ignored_value", "bytea", Map.of(), false));
    }
    Set<String> names = new HashSet<>();
    List<Column> columns = new ArrayList<>();
    for (SourceColumn column : all) {
      if (!names.add(column.name())) {
        report.problem(
            input.line(), "two columns have the name " + KadbException.shown(column.name()));
      }
      columns.add(new Column(column.name(), column.type(), column.options()));
    }
    return columns;
  }

  private Map<String, Text> options(TableName table) {
    Map<String, Text> options = new LinkedHashMap<>();
    input.origin().brokers().ifPresent(text -> options.put("k_brokers", text));
    input.origin().topic().ifPresent(text -> options.put("k_topic", text));
    options.put("k_consumer_group", new Text("kadb-" + table, input.line()));
    options.put("format", new Text("binary", input.line()));
    for (Content content : input.contents()) {
      options.put(
          content.part() == Part.KEY ? "k_key_format" : "format",
          new Text(content.format(), content.line()));
      new TreeMap<>(content.options()).forEach((name, text) -> add(options, content, name, text));
    }
    checkSharing();
    properties.ifPresent(block -> addProperties(options, block));
    return options;
  }

  private static void add(Map<String, Text> options, Content content, String name, Text text) {
    Text before = options.get(name);
    boolean both = before != null && content.part() == Part.KEY && name.equals(NEVER_NULL);
    options.put(name, both ? new Text(before.value() + "," + text.value(), before.line()) : text);
  }

  /** Value and key share the options of a format; so they cannot say different things. */
  private void checkSharing() {
    if (input.contents().size() < 2) {
      return;
    }
    Content value = input.contents().get(0);
    Content key = input.contents().get(1);
    boolean same = key.format().equals(value.format());
    Set<String> names = new TreeSet<>(key.options().keySet());
    if (same) {
      names.addAll(value.options().keySet());
    }
    for (String name : names) {
      Text ofKey = key.options().get(name);
      Text ofValue = value.options().get(name);
      boolean differ =
          ofKey == null || ofValue == null ? same : !ofKey.value().equals(ofValue.value());
      if (differ && !name.equals(NEVER_NULL)) {
        report.unsupported(
            ofKey == null ? key.line() : ofKey.line(),
            "KEY and VALUE are not supported with different options of one format: "
                + name
                + " counts for both");
      }
    }
  }

  private void addProperties(Map<String, Text> options, Block block) {
    for (String name : block.keys()) {
      block
          .text(name)
          .ifPresent(
              text -> options.put(name.equals(GROUP) ? "k_consumer_group" : "#" + name, text));
    }
  }

  private void check(Map<String, Text> options) {
    Map<String, String> values = new LinkedHashMap<>();
    options.forEach((name, text) -> values.put(name, text.value()));
    try {
      new OptionCheck().table(values).finish();
    } catch (KadbException together) {
      checkEach(options, together);
      return;
    }
    options.forEach(
        (name, text) -> notices(name, text).forEach(n -> report.warning(text.line(), n)));
    checkFormats(values);
  }

  /** Finds the line of each problem; what is wrong only with several together has the input's. */
  private void checkEach(Map<String, Text> options, KadbException together) {
    boolean found = false;
    for (Map.Entry<String, Text> option : options.entrySet()) {
      try {
        notices(option.getKey(), option.getValue());
      } catch (KadbException e) {
        if (together.getMessage().contains(e.getMessage())) {
          report.problem(option.getValue().line(), inWordsOfTheFile(e));
          found = true;
        }
      }
    }
    if (!found) {
      report.problem(input.line(), inWordsOfTheFile(together));
    }
  }

  private static List<String> notices(String name, Text text) {
    return new OptionCheck()
        .table(Map.of(name, text.value())).finish().stream()
            .map(Notice::text)
            .map(SourceMaker::inWordsOfTheFile)
            .toList();
  }

  private static KadbException inWordsOfTheFile(KadbException e) {
    return new KadbException(e.code(), inWordsOfTheFile(e.getMessage()), e);
  }

  private static String inWordsOfTheFile(String text) {
    return text.replace("table option #", "client property ")
        .replace("table option ", "option ")
        .replace("did you mean #", "did you mean ");
  }

  private void checkFormats(Map<String, String> values) {
    if (values.values().stream().anyMatch(References::isIn)) {
      return;
    }
    Map<String, String> all = new TreeMap<>(values);
    all.replaceAll((name, value) -> value.equals("\\t") ? "\t" : value);
    for (Content content : input.contents()) {
      if (CHECKED_FORMATS.contains(content.format())) {
        try {
          Formats.of(content.format(), FormatOptions.of(all));
        } catch (KadbException e) {
          report.problem(content.line(), e);
        }
      }
    }
  }
}
