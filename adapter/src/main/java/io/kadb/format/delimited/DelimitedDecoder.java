package io.kadb.format.delimited;

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
 * Makes a row of each line of fields; fields go to columns by position. Only fields of wanted
 * columns are decoded.
 */
public final class DelimitedDecoder implements Decoder {
  private final DelimitedOptions options;
  private final MessageLimits limits;
  private final int columns;
  private final RowArrays arrays;
  private final WantedColumn[] wanted;
  private final boolean[] nullable;
  private final byte[] nullText;
  private final FieldSplitter fields;

  /** Creates a decoder; a default that is no value of its column is an error of its type. */
  public DelimitedDecoder(RowShape shape, DelimitedOptions options, MessageLimits limits) {
    this.options = options;
    this.limits = limits;
    this.columns = shape.columns().size();
    this.arrays = new RowArrays(shape);
    this.wanted = WantedColumn.of(shape).toArray(WantedColumn[]::new);
    this.nullable = new boolean[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      nullable[i] = !options.neverNull().contains(wanted[i].name());
    }
    this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
    this.fields = new FieldSplitter(options.marks(), Math.max(columns, 1));
  }

  @Override
  public void decode(Message message, RowSink rows) {
    byte[] value = message.value();
    if (value == null) {
      return;
    }
    try {
      limits.checkBytes(value.length);
      rows(value, rows);
    } catch (KadbException e) {
      throw e.at(message.place());
    }
  }

  private void rows(byte[] value, RowSink rows) {
    boolean header = options.ignoresHeader();
    long count = 0;
    fields.open(value);
    while (fields.next()) {
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
    int found = fields.count();
    if (found > columns) {
      throw wrongCount(number, options.fillsMissing() ? "at most " + columns : "" + columns)
          .withHint("a delimiter at the end of a row begins one more field");
    }
    if (found < columns && !options.fillsMissing()) {
      throw wrongCount(number, "" + columns)
          .withHint("in format csv, csv_fill_missing_fields 'true' fills up with NULL or DEFAULT");
    }
  }

  private KadbException wrongCount(long number, String wantedFields) {
    return new KadbException(
        ErrorCode.BAD_MESSAGE_FORMAT,
        "row "
            + number
            + " of the message has "
            + fields.count()
            + " fields, wanted "
            + wantedFields);
  }

  private @Nullable Object[] row() {
    @Nullable Object[] row = arrays.next();
    for (int i = 0; i < wanted.length; i++) {
      WantedColumn column = wanted[i];
      int field = column.position();
      if (field >= fields.count()) {
        row[column.slot()] = column.absentValue();
      } else if (nullable[i] && fields.isBare(field, nullText)) {
        row[column.slot()] = column.nullValue();
      } else {
        row[column.slot()] = column.read(fields.bytes(field), fields.from(field), fields.to(field));
      }
    }
    return row;
  }
}
