package io.kadb.server.remote;

/**
 * Prometheus's text format, version 0.0.4, while it is being written: families of samples, each
 * with its help and type.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
public final class Exposition {
  /** The content type of the text. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final double MOST_EXACT = 1e15;

  private final StringBuilder out = new StringBuilder();
  private String family = "";

  Exposition() {}

  /** Begins the samples of a counter; its name ends in {@code _total}. */
  public Exposition counter(String name, String help) {
    return begin(name, help, "counter");
  }

  /** Begins the samples of a gauge. */
  public Exposition gauge(String name, String help) {
    return begin(name, help, "gauge");
  }

  private Exposition begin(String name, String help, String type) {
    family = name;
    String shown = help.replace("\\", "\\\\").replace("\n", "\\n");
    out.append("# HELP ").append(name).append(' ').append(shown).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  /**
   * Adds a sample.
   *
   * @param labels names and values of its labels, in turn
   */
  public Exposition sample(double value, String... labels) {
    out.append(family);
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      out.append(escaped(labels[i + 1])).append('"');
    }
    out.append(labels.length == 0 ? " " : "} ");
    if (value == Math.rint(value) && Math.abs(value) < MOST_EXACT) {
      out.append((long) value);
    } else {
      out.append(value);
    }
    out.append('\n');
    return this;
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** Returns what was written. */
  String text() {
    return out.toString();
  }
}
