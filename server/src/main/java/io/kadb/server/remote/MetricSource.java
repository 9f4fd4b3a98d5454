package io.kadb.server.remote;

/** Something that is looked at whenever somebody asks for the metrics. */
@FunctionalInterface
public interface MetricSource {
  /** Writes families of samples of its own. */
  void write(Exposition out);
}
