package io.kadb.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The laboratory: runs its sections one after the other, prints their tables, and writes all of
 * them as Markdown and as JSON.
 */
public final class Lab {
  private static final Map<String, Section> SECTIONS = new LinkedHashMap<>();

  static {
    SECTIONS.put("scan", new ScanSection());
    SECTIONS.put("wire", new WireSection());
    SECTIONS.put("latency", new LatencySection());
    SECTIONS.put("load", new LoadSection());
    SECTIONS.put("start", new StartSection());
    SECTIONS.put("scaling", new ScalingSection());
    SECTIONS.put("knobs", new KnobsSection());
  }

  private Lab() {}

  /** Takes the arguments of {@code benchmark/run}. */
  public static void main(String[] args) throws Exception {
    LabOptions options;
    try {
      options = LabOptions.of(args);
      options.sections().forEach(Lab::section);
    } catch (IllegalArgumentException e) {
      System.err.println("benchmark: " + e.getMessage());
      System.exit(64);
      return;
    }
    Report report = new Report(Machine.facts(), options.full());
    List<String> names =
        options.sections().isEmpty() ? List.copyOf(SECTIONS.keySet()) : options.sections();
    for (String name : names) {
      System.err.printf("benchmark: section %s, at %tT%n", name, LocalTime.now());
      section(name).run(options, report);
    }
    report.printTargets();
    report.writeTo(options.out());
    System.out.println("Written: results.md and results.json in " + options.out());
    // Clients may have left threads behind that are in no hurry.
    System.exit(0);
  }

  private static Section section(String name) {
    Section section = SECTIONS.get(name);
    if (section == null) {
      throw new IllegalArgumentException(
          "there is no section " + name + "; there are " + String.join(", ", SECTIONS.keySet()));
    }
    return section;
  }

  /** Deletes a folder and what is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
