package io.kadb.format.csv;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowArrays;
import io.kadb.format.RowShape;
import io.kadb.format.RowSink;
import io.kadb.format.WantedColumn;
import io.kadb.message.Message;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes a row of each record of a message (RFC 4180 with the conventions of libcsv); fields go to
 * columns by position. Only fields of wanted columns are decoded.
 */
public final class CsvDecoder implements Decoder {
  private final CsvOptions options;
  private final MessageLimits limits;
  private final int columns;
  private final RowArrays arrays;
  private final WantedColumn[] wanted;
  private final byte[] nullText;
  private final CsvRecord record;
  private final CsvSplitter splitter;

  /** Creates a decoder; a default that is no value of its column is an error of its type. */
  public CsvDecoder(RowShape shape, CsvOptions options, MessageLimits limits) {
    this.options = options;
    this.limits = limits;
    this.columns = shape.columns().size();
    this.arrays = new RowArrays(shape);
    this.wanted = WantedColumn.of(shape).toArray(WantedColumn[]::new);
    this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
    this.record = new CsvRecord(Math.max(columns, 1));
    this.splitter = new CsvSplitter(options, record);
  }

  @Override
  public void decode(Message message, RowSink rows) {
    byte[] value = message.value();
    if (value == null) {
      return;
    }
    try {
      limits.checkBytes(value.length);
      records(value, rows);
    } catch (KadbException e) {
      throw e.at(message.place());
    }
  }

  private void records(byte[] value, RowSink rows) {
    boolean header = options.ignoreHeader();
    long count = 0;
    splitter.open(value);
    while (splitter.next()) {
      // A blank line, and anything that says no more than one.
      if (record.count() == 1 && record.isNull(0, nullText)) {
        continue;
      }
      if (header) {
        header = false;
        continue;
      }
      limits.checkRows(++count);
      checkFields(count);
      rows.row(row());
    }
  }

  private void checkFields(long number) {
    int fields = record.count();
    if (fields > columns) {
      throw wrongCount(number, "at most " + columns)
          .withHint("a delimiter at the end of a record begins one more field");
    }
    if (fields < columns && options.strict()) {
      throw wrongCount(number, Integer.toString(columns))
          .withHint("csv_strict 'false' fills up with NULL or DEFAULT");
    }
  }

  private KadbException wrongCount(long number, String wantedFields) {
    return new KadbException(
        ErrorCode.BAD_MESSAGE_FORMAT,
        "record "
            + number
            + " of the message has "
            + record.count()
            + " fields, wanted "
            + wantedFields);
  }

  private @Nullable Object[] row() {
    @Nullable Object[] row = arrays.next();
    for (WantedColumn column : wanted) {
      row[column.slot()] = value(column);
    }
    return row;
  }

  private @Nullable Object value(WantedColumn column) {
    int field = column.position();
    if (field >= record.count()) {
      return column.absentValue();
    }
    if (record.isNull(field, nullText)) {
      return column.nullValue();
    }
    return column.read(record.bytes(), record.from(field), record.to(field));
  }
}
