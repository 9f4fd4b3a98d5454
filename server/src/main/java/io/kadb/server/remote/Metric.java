package io.kadb.server.remote;

/** What the server counts. */
public enum Metric {
  REQUESTS("kadb_requests_total", "call", "Requests by what they asked for."),
  ERRORS("kadb_errors_total", "sqlstate", "Requests that failed, by SQLState."),
  /** Counted in nanoseconds. */
  REQUEST_NANOS("kadb_request_seconds_total", "call", "Time that requests took.", 1e9),
  BYTES_IN("kadb_request_bytes_total", "", "Bytes of requests."),
  BYTES_OUT("kadb_answer_bytes_total", "", "Bytes of answers."),
  LOGINS("kadb_logins_total", "outcome", "Requests by how their login went."),
  STATEMENTS("kadb_statements_total", "kind", "Runs of statements: query, update or batch."),
  FRAMES("kadb_frames_total", "", "Frames of rows that were sent."),
  ROWS("kadb_rows_total", "", "Rows that were sent."),
  RESULTS("kadb_results_total", "ending", "Results by how they ended.");

  private final String metricName;
  private final String label;
  private final String help;
  private final double divisor;

  Metric(String metricName, String label, String help) {
    this(metricName, label, help, 1);
  }

  Metric(String metricName, String label, String help, double divisor) {
    this.metricName = metricName;
    this.label = label;
    this.help = help;
    this.divisor = divisor;
  }

  /** Returns how many counts make one of what is shown. */
  double divisor() {
    return divisor;
  }

  String metricName() {
    return metricName;
  }

  /** Returns the name of the one label; empty if there is none. */
  String label() {
    return label;
  }

  String help() {
    return help;
  }
}
