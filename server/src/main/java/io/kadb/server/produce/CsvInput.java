package io.kadb.server.produce;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Each record of RFC 4180 is a message, with its quotes and line ends as they are; blank lines are
 * none.
 */
final class CsvInput implements MessageInput {
  private final RecordReader records;
  private final Optional<String> key;
  private final boolean header;
  private int keyField;
  private boolean begun;

  /**
   * Creates the input.
   *
   * @param header whether the first record names the fields; it is no message then
   * @param key the field that is the key: its number from 1, or its name if there is a header
   */
  CsvInput(InputStream in, boolean header, Optional<String> key) {
    this.records = RecordReader.ofCsv(in);
    this.header = header;
    this.key = key;
  }

  @Override
  public @Nullable Read next() throws IOException {
    if (!begun) {
      begin();
    }
    byte[] record = nextRecord();
    if (record == null) {
      return null;
    }
    return new Read(key.isEmpty() ? null : keyOf(record), record);
  }

  private byte @Nullable [] nextRecord() throws IOException {
    byte[] record = records.next();
    while (record != null && record.length == 0) {
      record = records.next();
    }
    return record;
  }

  private void begin() throws IOException {
    begun = true;
    byte[] first = header ? nextRecord() : null;
    if (key.isEmpty()) {
      return;
    }
    if (key.get().matches("[1-9][0-9]{0,8}")) {
      keyField = Integer.parseInt(key.get()) - 1;
      return;
    }
    List<String> names = first == null ? List.of() : fields(first).toList();
    keyField = names.indexOf(key.get());
    if (keyField < 0) {
      throw new MalformedInput(
          "no field "
              + key.get()
              + (header ? ", the header has " + String.join(", ", names) : " without --header"),
          null);
    }
  }

  private byte[] keyOf(byte[] record) throws IOException {
    CSVRecord fields = fields(record);
    if (keyField >= fields.size()) {
      throw new MalformedInput(
          "line " + records.line() + ": no field " + (keyField + 1) + " for the key", null);
    }
    return fields.get(keyField).getBytes(StandardCharsets.UTF_8);
  }

  private CSVRecord fields(byte[] record) throws IOException {
    try (CSVParser parser =
        CSVParser.parse(new String(record, StandardCharsets.UTF_8), CSVFormat.RFC4180)) {
      return parser.iterator().next();
    } catch (RuntimeException e) {
      throw new MalformedInput("line " + records.line() + ": " + e.getMessage(), e);
    }
  }
}
