package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus's text format, read as strictly as its specification allows: every sample stands in
 * the family that was begun last, no family and no series comes twice, names and escapes are right.
 */
final class MetricsPage {
  private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (-?[0-9.]+(?:E-?[0-9]+)?)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"(,|$)");

  private final Map<String, Map<Map<String, String>, Double>> families = new LinkedHashMap<>();

  MetricsPage(String text) {
    assertThat(text).endsWith("\n").doesNotContain("\r").doesNotContain("\n\n");
    String family = "";
    String helped = "";
    Map<String, String> types = new HashMap<>();
    for (String line : text.split("\n")) {
      Matcher help = HELP.matcher(line);
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (help.matches()) {
        helped = help.group(1);
        assertThat(families).as(line).doesNotContainKey(helped);
      } else if (type.matches()) {
        family = type.group(1);
        assertThat(family).as("a type comes after the help").isEqualTo(helped);
        assertThat(types.put(family, type.group(2))).as(line).isNull();
        assertThat(family.endsWith("_total")).as(line).isEqualTo(type.group(2).equals("counter"));
        families.put(family, new HashMap<>());
      } else {
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(sample.group(1)).as(line).isEqualTo(family);
        Map<String, String> labels = labels(sample.group(2));
        double value = Double.parseDouble(sample.group(3));
        assertThat(families.get(family).put(labels, value)).as("twice: " + line).isNull();
      }
    }
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    if (text == null) {
      return labels;
    }
    Matcher label = LABEL.matcher(text);
    int end = 0;
    Set<String> ends = new HashSet<>();
    while (end < text.length()) {
      assertThat(label.find(end) && label.start() == end).as(text).isTrue();
      String value =
          label.group(2).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
      assertThat(labels.put(label.group(1), value)).as(text).isNull();
      end = label.end();
      ends.add(label.group(3));
    }
    assertThat(ends).as(text).contains("");
    return labels;
  }

  /** Returns the names of all families. */
  Set<String> families() {
    return families.keySet();
  }

  /** Returns whether there is a sample whose labels have these values, among others. */
  boolean has(String family, String... labels) {
    return find(family, labels) != null;
  }

  /** Returns the one sample whose labels have these values, among others. */
  double value(String family, String... labels) {
    Double found = find(family, labels);
    assertThat(found).as(family + " " + String.join(" ", labels)).isNotNull();
    return found;
  }

  private Double find(String family, String... labels) {
    assertThat(families).containsKey(family);
    Double found = null;
    for (Map.Entry<Map<String, String>, Double> series : families.get(family).entrySet()) {
      boolean matches = true;
      for (int i = 0; i < labels.length; i += 2) {
        matches &= labels[i + 1].equals(series.getKey().get(labels[i]));
      }
      if (matches) {
        assertThat(found).as("only one of " + family).isNull();
        found = series.getValue();
      }
    }
    return found;
  }
}
