package io.kadb.server.remote;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** The server's counters, and everything else that Prometheus reads. Safe for many threads. */
public final class Metrics {
  private final ConcurrentMap<Series, LongAdder> counters = new ConcurrentHashMap<>();
  private final List<MetricSource> sources = new CopyOnWriteArrayList<>();

  /** A counter and the value of its label. */
  private record Series(Metric metric, String label) {}

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

  /** Adds a number that is looked at whenever somebody asks. */
  public void gauge(String name, String help, DoubleSupplier value) {
    add(out -> out.gauge(name, help).sample(value.getAsDouble()));
  }

  /** Adds what is looked at whenever somebody asks. */
  public void add(MetricSource source) {
    sources.add(source);
  }

  /** Returns a counter's value, over all labels. */
  public long value(Metric metric) {
    return counters.entrySet().stream()
        .filter(entry -> entry.getKey().metric() == metric)
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }

  /** Returns all values in Prometheus's text format. */
  public String text() {
    Exposition out = new Exposition();
    for (Metric metric : Metric.values()) {
      out.counter(metric.metricName(), metric.help());
      if (metric.label().isEmpty()) {
        out.sample(value(metric) / metric.divisor());
      } else {
        labelled(metric)
            .forEach((label, sum) -> out.sample(sum / metric.divisor(), metric.label(), label));
      }
    }
    sources.forEach(source -> source.write(out));
    return out.text();
  }

  private Map<String, Long> labelled(Metric metric) {
    Map<String, Long> sums = new TreeMap<>();
    counters.forEach(
        (series, counter) -> {
          if (series.metric() == metric) {
            sums.put(series.label(), counter.sum());
          }
        });
    return sums;
  }
}
