package io.kadb.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run of the laboratory found: tables, and how that compares with what kadb promises. */
final class Report {
  private final Map<String, Object> machine;
  private final boolean judged;
  private final List<ResultTable> tables = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();

  /**
   * Creates an empty report.
   *
   * @param machine facts about the machine and the versions of what runs there
   * @param judged whether it says which targets were reached: small runs tell nothing of them
   */
  Report(Map<String, Object> machine, boolean judged) {
    this.machine = machine;
    this.judged = judged;
  }

  /** A ratio that is to be reached. */
  private record Target(String what, double wanted, double found) {}

  /** Notes how a ratio or rate that is to be at least so large turned out. */
  void target(String what, double wanted, double found) {
    targets.add(new Target(what, wanted, found));
  }

  /** Adds a table that is complete, and prints it. */
  void add(ResultTable table) {
    tables.add(table);
    System.out.println(table.markdown());
  }

  /** Prints the targets. */
  void printTargets() {
    if (!targets.isEmpty()) {
      System.out.println(targetTable().markdown());
    }
  }

  private ResultTable targetTable() {
    ResultTable table =
        new ResultTable("targets", "Targets")
            .column("what", "what")
            .column("wanted", "wanted at least", 2)
            .column("found", "found", 2)
            .column("reached", "reached");
    for (Target target : targets) {
      table.row(target.what, target.wanted, target.found, verdict(target));
    }
    return table;
  }

  private String verdict(Target target) {
    if (!judged) {
      return "not judged";
    }
    return target.found >= target.wanted ? "yes" : "**no**";
  }

  /** Writes {@code results.md} and {@code results.json} into a folder. */
  void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    StringBuilder markdown = new StringBuilder();
    machine.forEach(
        (name, value) -> markdown.append(String.format(Locale.ROOT, "- %s: %s%n", name, value)));
    markdown.append('\n');
    if (!targets.isEmpty()) {
      markdown.append(targetTable().markdown()).append('\n');
    }
    tables.forEach(table -> markdown.append(table.markdown()).append('\n'));
    Files.writeString(folder.resolve("results.md"), markdown);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", machine);
    json.put("targets", targetTable().values().get("rows"));
    json.put("tables", tables.stream().map(ResultTable::values).toList());
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(folder.resolve("results.json").toFile(), json);
  }
}
