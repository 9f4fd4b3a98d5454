package io.kadb.server.offsets;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** Stored offsets as CSV (RFC 4180) with the header {@code table,partition,offset}. */
final class OffsetsCsv {
  private static final String TABLE = "table";
  private static final String PARTITION = "partition";
  private static final String OFFSET = "offset";
  private static final List<String> HEADER = List.of(TABLE, PARTITION, OFFSET);
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

  private OffsetsCsv() {}

  /** Writes offsets, each in a line of its own. */
  static void write(List<StoredOffset> offsets, Appendable out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, FORMAT);
    printer.printRecord(HEADER);
    for (StoredOffset each : offsets) {
      printer.printRecord(each.table(), each.partition(), each.offset());
    }
    printer.flush();
  }

  /**
   * Reads offsets; the columns may stand in any order.
   *
   * @param name what errors call the input
   * @throws IOException that names every line that is wrong
   */
  static List<StoredOffset> read(Reader in, String name) throws IOException {
    List<String> problems = new ArrayList<>();
    List<StoredOffset> offsets = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(in, FORMAT)) {
      Map<String, Integer> columns = new HashMap<>();
      Set<String> seen = new HashSet<>();
      for (CSVRecord line : parser) {
        if (columns.isEmpty()) {
          columns.putAll(header(line, name));
          continue;
        }
        String where = name + ":" + parser.getCurrentLineNumber() + ": ";
        try {
          StoredOffset offset = offset(line, columns);
          if (seen.add(offset.table() + " " + offset.partition())) {
            offsets.add(offset);
          } else {
            problems.add(where + offset.table() + "[" + offset.partition() + "] comes twice");
          }
        } catch (IllegalArgumentException e) {
          problems.add(where + e.getMessage());
        }
      }
      if (columns.isEmpty()) {
        problems.add(name + ": no header, wanted " + String.join(",", HEADER));
      }
    } catch (IllegalStateException | java.io.UncheckedIOException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
    if (!problems.isEmpty()) {
      throw new IOException(String.join("\n", problems));
    }
    return offsets;
  }

  private static Map<String, Integer> header(CSVRecord line, String name) throws IOException {
    List<String> found = line.toList().stream().map(String::strip).toList();
    if (found.size() != HEADER.size() || !found.containsAll(HEADER)) {
      throw new IOException(
          name + ":1: found " + String.join(",", found) + ", wanted " + String.join(",", HEADER));
    }
    Map<String, Integer> places = new HashMap<>();
    HEADER.forEach(column -> places.put(column, found.indexOf(column)));
    return places;
  }

  private static StoredOffset offset(CSVRecord line, Map<String, Integer> columns) {
    if (line.size() != HEADER.size()) {
      throw new IllegalArgumentException(
          "found " + line.size() + " fields, wanted " + HEADER.size());
    }
    String table = line.get(columns.get(TABLE)).strip();
    if (table.isEmpty()) {
      throw new IllegalArgumentException("no table");
    }
    long partition = number(line.get(columns.get(PARTITION)), PARTITION, Integer.MAX_VALUE);
    long offset = number(line.get(columns.get(OFFSET)), OFFSET, Long.MAX_VALUE);
    return new StoredOffset(table, (int) partition, offset);
  }

  private static long number(String text, String what, long most) {
    try {
      long number = Long.parseLong(text.strip());
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        what + ": found '" + text + "', wanted a number from 0 to " + most);
  }
}
