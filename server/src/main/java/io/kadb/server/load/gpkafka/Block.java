package io.kadb.server.load.gpkafka;

import io.kadb.error.KadbException;
import io.kadb.option.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Keys and values below one key of the file. Each key that is asked for counts as known; {@link
 * #finish} reports the others, so that nothing of the file is passed over. A value of another form
 * than the one asked for is reported and counts as not given, and so does a key without a value.
 */
final class Block {
  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{\\s*\\w+\\s*}}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  private final String name;
  private final int line;
  private final Report report;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  private record Entry(int line, Node value) {}

  private Block(String name, int line, MappingNode node, Report report) {
    this.name = name;
    this.line = line;
    this.report = report;
    for (NodeTuple tuple : node.getValue()) {
      int keyLine = lineOf(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        report.problem(keyLine, "found a key" + below() + " that is no word");
      } else if (entries.putIfAbsent(key.getValue(), new Entry(keyLine, tuple.getValueNode()))
          != null) {
        report.problem(keyLine, "found " + shown(key.getValue()) + " a second time" + below());
      }
    }
  }

  /** Returns the block that a file is; empty, and reported, if it is something else. */
  static Optional<Block> ofFile(Node node, Report report) {
    if (node instanceof MappingNode mapping) {
      return Optional.of(new Block("", 1, mapping, report));
    }
    report.problem(lineOf(node), "found no keys, wanted DATABASE, KAFKA and others");
    return Optional.empty();
  }

  static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /** Returns the line of the block's own key. */
  int line() {
    return line;
  }

  /** Returns the block's own key, with those above it. */
  String name() {
    return name;
  }

  Report report() {
    return report;
  }

  /** Returns whether a key is there with a value, without asking for it. */
  boolean has(String key) {
    Entry entry = entries.get(key);
    return entry != null && !isNothing(entry.value);
  }

  /** Returns the line of a key, or the block's own if the key is missing. */
  int lineOf(String key) {
    Entry entry = entries.get(key);
    return entry == null ? line : entry.line;
  }

  /** Returns the keys that are there, whether known or not. */
  Set<String> keys() {
    return entries.keySet();
  }

  /** Returns a text. */
  Optional<Text> text(String key) {
    return value(key).flatMap(value -> text(key, value));
  }

  /** Returns a text; reports that it is missing. */
  Optional<Text> required(String key) {
    if (!has(key)) {
      known.add(key);
      report.problem(lineOf(key), "missing " + key + below());
      return Optional.empty();
    }
    return text(key);
  }

  /** Returns a number of 0 or more. */
  OptionalLong number(String key) {
    Optional<Text> text = text(key);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    } else if (!DIGITS.matcher(text.get().value()).matches()) {
      wrong(text.get(), key, "a number of 0 or more");
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text.get().value()));
  }

  /** Returns a boolean, false if it is not given. */
  boolean flag(String key) {
    Optional<Text> text = text(key);
    return text.isPresent()
        && switch (text.get().value().toLowerCase(Locale.ROOT)) {
          case "true", "yes", "on" -> true;
          case "false", "no", "off" -> false;
          default -> {
            wrong(text.get(), key, "true or false");
            yield false;
          }
        };
  }

  /** Returns the block below a key. */
  Optional<Block> block(String key) {
    Optional<Node> value = value(key);
    if (value.isPresent() && !(value.get() instanceof MappingNode)) {
      report.problem(lineOf(key), key + below() + ": found no keys below it");
    }
    return value
        .filter(MappingNode.class::isInstance)
        .map(node -> new Block(path(key), lineOf(key), (MappingNode) node, report));
  }

  /** Returns the blocks of a list. */
  List<Block> blocks(String key) {
    List<Block> blocks = new ArrayList<>();
    for (Node item : items(key)) {
      if (item instanceof MappingNode mapping) {
        blocks.add(new Block(path(key), lineOf(item), mapping, report));
      } else {
        report.problem(lineOf(item), key + below() + ": found an element without keys");
      }
    }
    return blocks;
  }

  /** Returns the texts of a list; a single text is a list of one. */
  List<Text> texts(String key) {
    Optional<Node> value = value(key);
    if (value.isPresent() && value.get() instanceof ScalarNode scalar) {
      return text(key, scalar).stream().toList();
    }
    return items(key).stream().flatMap(item -> text(key, item).stream()).toList();
  }

  /** Returns whether the value of a key is a list. */
  boolean isList(String key) {
    return value(key).filter(SequenceNode.class::isInstance).isPresent();
  }

  private List<Node> items(String key) {
    Optional<Node> value = value(key);
    if (value.isPresent() && value.get() instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    value.ifPresent(node -> report.problem(lineOf(key), key + below() + ": found no list"));
    return List.of();
  }

  /** Reports a key that kadb does not serve, if it is there. */
  void refuse(String key, String why) {
    if (value(key).isPresent()) {
      report.unsupported(lineOf(key), key + below() + " is not supported: " + why);
    }
  }

  /** Warns of a key that has no effect, if it is there. */
  void ignore(String key, String why) {
    if (value(key).isPresent()) {
      report.warning(lineOf(key), key + below() + " has no effect: " + why);
    }
  }

  /** Reports a text that is not what its key takes. */
  void wrong(Text text, String key, String wanted) {
    report.problem(
        text.line(), key + below() + ": found " + shown(text.value()) + ", wanted " + wanted);
  }

  /** Reports the keys that nobody asked for. */
  void finish() {
    entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            report.problem(entry.line, "unknown key " + shown(key) + below() + nearest(key));
          }
        });
  }

  private String nearest(String key) {
    return NearestName.of(key.toUpperCase(Locale.ROOT), known)
        .map(near -> ", did you mean " + near + "?")
        .orElse(", known are " + String.join(", ", known));
  }

  private Optional<Node> value(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key)).map(Entry::value).filter(v -> !isNothing(v));
  }

  private static boolean isNothing(Node value) {
    return value instanceof ScalarNode scalar
        && scalar.isPlain()
        && (scalar.getValue().isEmpty() || scalar.getValue().equals("~"));
  }

  private Optional<Text> text(String key, Node value) {
    int valueLine = lineOf(value);
    if (isTemplate(value)) {
      reportTemplate(key, valueLine);
      return Optional.empty();
    }
    if (!(value instanceof ScalarNode scalar)) {
      report.problem(valueLine, key + below() + ": found several values, wanted one text");
      return Optional.empty();
    }
    return Optional.of(new Text(scalar.getValue(), valueLine));
  }

  /** What stands in two braces without quotes is for YAML a block whose key is a block. */
  private static boolean isTemplate(Node value) {
    return value instanceof ScalarNode scalar
        ? TEMPLATE.matcher(scalar.getValue()).find()
        : value instanceof MappingNode outer
            && !outer.getValue().isEmpty()
            && outer.getValue().get(0).getKeyNode() instanceof MappingNode;
  }

  private void reportTemplate(String key, int valueLine) {
    report.unsupported(
        valueLine,
        key
            + below()
            + ": variables of templates are not supported; ${env:NAME} takes a variable of the"
            + " environment where a password, an address or a client property is wanted");
  }

  private String path(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  private String below() {
    return name.isEmpty() ? "" : " below " + name;
  }

  private static String shown(String text) {
    return KadbException.shown(text);
  }
}
