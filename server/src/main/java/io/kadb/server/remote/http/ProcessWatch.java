package io.kadb.server.remote.http;

import io.kadb.jdbc.Activity;
import io.kadb.kafka.ScanActivity;
import io.kadb.server.remote.Exposition;
import io.kadb.server.remote.MetricSource;
import java.lang.management.ManagementFactory;
import java.util.TreeMap;

/** What this process does: scans, clients of Kafka, connections to the store, the JVM. */
final class ProcessWatch implements MetricSource {
  @Override
  public void write(Exposition out) {
    scans(out, Activity.scans());
    Activity.Pool consumers = Activity.consumers();
    out.gauge("kadb_consumers", "Kafka consumers that are used, or kept for the next scan.")
        .sample(consumers.inUse(), "state", "used")
        .sample(consumers.idle(), "state", "idle");
    out.gauge("kadb_store_connections", "Connections to the store.")
        .sample(Activity.storeConnections());
    jvm(out);
  }

  private static void scans(Exposition out, ScanActivity scans) {
    out.gauge("kadb_scans_running", "Scans of topics that are going on.").sample(scans.running());
    out.gauge("kadb_scan_segments_running", "Segments of scans that read.")
        .sample(scans.segments());
    out.counter("kadb_scans_total", "Scans that have ended, by the worst ending of a segment.");
    new TreeMap<>(scans.ended()).forEach((how, count) -> out.sample(count, "ending", how));
    out.counter("kadb_scan_messages_total", "Messages that scans have read.")
        .sample(scans.messages());
    out.counter("kadb_scan_bytes_total", "Bytes of their keys and values.").sample(scans.bytes());
  }

  private static void jvm(Exposition out) {
    Runtime runtime = Runtime.getRuntime();
    out.gauge("jvm_memory_used_bytes", "Bytes of the heap in use.")
        .sample(runtime.totalMemory() - runtime.freeMemory());
    out.gauge("jvm_memory_max_bytes", "Bytes the heap may have.").sample(runtime.maxMemory());
    out.gauge("jvm_threads_current", "Threads.")
        .sample(ManagementFactory.getThreadMXBean().getThreadCount());
    long millis =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(gc -> Math.max(0, gc.getCollectionTime()))
            .sum();
    out.counter("jvm_gc_seconds_total", "Time spent in garbage collection.").sample(millis / 1e3);
    out.gauge("process_uptime_seconds", "Seconds since the start.")
        .sample(ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
  }
}
