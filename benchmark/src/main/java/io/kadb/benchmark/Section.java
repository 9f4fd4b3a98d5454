package io.kadb.benchmark;

/** A part of the laboratory: something measured next to what one would use instead. */
@FunctionalInterface
interface Section {
  /** Measures, and adds what it found to the report. */
  void run(LabOptions options, Report report) throws Exception;
}
