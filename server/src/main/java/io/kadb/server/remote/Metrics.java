package io.kadb.server.remote;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** The server's counters and gauges, as Prometheus reads them. Safe for many threads. */
public final class Metrics {
  private final ConcurrentMap<Series, LongAdder> counters = new ConcurrentHashMap<>();
  private final Map<String, Gauge> gauges = new LinkedHashMap<>();

  /** A counter and the value of its label. */
  private record Series(Metric metric, String label) {}

  private record Gauge(String help, DoubleSupplier value) {}

  /** Creates counters that stand at zero. */
  public Metrics() {}

  /** Counts something that has no label. */
  public void count(Metric metric, long number) {
    count(metric, "", number);
  }

  /** Counts something. */
  public void count(Metric metric, String label, long number) {
    counters.computeIfAbsent(new Series(metric, label), key -> new LongAdder()).add(number);
  }

  /** Adds something that is looked at whenever somebody asks. To be called before that. */
  public void gauge(String name, String help, DoubleSupplier value) {
    gauges.put(name, new Gauge(help, value));
  }

  /** Returns a counter's value, over all labels. */
  public long value(Metric metric) {
    return counters.entrySet().stream()
        .filter(entry -> entry.getKey().metric() == metric)
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }

  /** Returns all values in Prometheus's text format, version 0.0.4. */
  public String text() {
    StringBuilder out = new StringBuilder();
    for (Metric metric : Metric.values()) {
      head(out, metric.metricName(), metric.help(), "counter");
      if (metric.label().isEmpty()) {
        line(out, metric.metricName(), value(metric));
        continue;
      }
      counters.forEach(
          (series, counter) -> {
            if (series.metric() == metric) {
              String label = "{" + metric.label() + "=\"" + series.label() + "\"}";
              line(out, metric.metricName() + label, counter.sum());
            }
          });
    }
    gauges.forEach(
        (name, gauge) -> {
          head(out, name, gauge.help(), "gauge");
          line(out, name, gauge.value().getAsDouble());
        });
    return out.toString();
  }

  private static void head(StringBuilder out, String name, String help, String type) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder out, String name, double value) {
    out.append(name).append(' ');
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.append((long) value);
    } else {
      out.append(value);
    }
    out.append('\n');
  }
}
