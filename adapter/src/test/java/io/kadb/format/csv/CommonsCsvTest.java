package io.kadb.format.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/**
 * Random messages by the letter of RFC 4180 give the fields that were written, and those that
 * commons-csv reads. Beyond the letter the two differ: commons-csv does not follow libcsv.
 */
class CommonsCsvTest {
  private static final int MESSAGES = 100_000;
  private static final long SEED = 4180;
  private static final String TEXT = "ab1é😀' \t;\\";
  private static final String QUOTED_TEXT = TEXT + ",,\"\"\r\n";
  private static final CsvOptions OPTIONS = CsvOptions.DEFAULT.withTrim(false);

  private final Random random = new Random(SEED);

  @Test
  void bothReadWhatFollowsRfc4180() throws IOException {
    for (int i = 0; i < MESSAGES; i++) {
      List<List<String>> written = records();
      String message = message(written);
      String context = "seed " + SEED + ", message " + i + ": " + message;
      assertThat(read(message)).as(context).isEqualTo(written);
      assertThat(readByCommonsCsv(message)).as(context).isEqualTo(written);
    }
  }

  /** Returns records of 2 to 4 fields: a record of one empty field is a blank line for kadb. */
  private List<List<String>> records() {
    List<List<String>> records = new ArrayList<>();
    for (int record = random.nextInt(4); record >= 0; record--) {
      List<String> fields = new ArrayList<>();
      for (int field = 1 + random.nextInt(3); field >= 0; field--) {
        fields.add(field(random.nextBoolean() ? TEXT : QUOTED_TEXT));
      }
      records.add(fields);
    }
    return records;
  }

  private String field(String alphabet) {
    StringBuilder field = new StringBuilder();
    for (int length = random.nextInt(6); length > 0; length--) {
      int at = random.nextInt(alphabet.length());
      field.appendCodePoint(
          Character.isLowSurrogate(alphabet.charAt(at))
              ? alphabet.codePointAt(at - 1)
              : alphabet.codePointAt(at));
    }
    return field.toString();
  }

  /** Writes records; the last line end may be missing, and quotes where there is no need. */
  private String message(List<List<String>> records) {
    StringBuilder message = new StringBuilder();
    for (List<String> fields : records) {
      message.append(message.isEmpty() ? "" : "\r\n");
      message.append(String.join(",", fields.stream().map(this::written).toList()));
    }
    return message.append(random.nextBoolean() ? "\r\n" : "").toString();
  }

  private String written(String field) {
    boolean needed = field.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return needed || random.nextInt(4) == 0 ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }

  private static List<List<String>> read(String message) {
    CsvRecord record = new CsvRecord(4);
    CsvSplitter splitter = new CsvSplitter(OPTIONS, record);
    splitter.open(message.getBytes(StandardCharsets.UTF_8));
    List<List<String>> records = new ArrayList<>();
    while (splitter.next()) {
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < record.count(); i++) {
        int length = record.to(i) - record.from(i);
        fields.add(new String(record.bytes(), record.from(i), length, StandardCharsets.UTF_8));
      }
      // Between CR and LF.
      if (!fields.equals(List.of(""))) {
        records.add(fields);
      }
    }
    return records;
  }

  private static List<List<String>> readByCommonsCsv(String message) throws IOException {
    List<List<String>> records = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(message, CSVFormat.RFC4180)) {
      for (CSVRecord record : parser) {
        records.add(record.toList());
      }
    }
    return records;
  }
}
