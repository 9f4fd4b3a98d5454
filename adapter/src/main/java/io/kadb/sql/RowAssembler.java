package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.RowSink;
import io.kadb.kafka.MessageSink;
import io.kadb.message.Message;
import io.kadb.message.RejectedMessage;
import io.kadb.scan.RowBatch;
import io.kadb.scan.RowBatchBuilder;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of one scan on one segment's thread: has messages decoded, fills in the hidden
 * columns, brings values into the engine's form and packs them into batches.
 */
final class RowAssembler implements MessageSink<RowBatch>, RowSink {
  /** What a row costs besides the message it came from, in bytes. */
  private static final int ROW_OVERHEAD = 48;

  private final Decoder decoder;
  private final BooleanSupplier discarding;
  private final PrecisionWatch precision;
  private final boolean rejecting;
  private final int width;
  private final List<HiddenSlot> hidden = new ArrayList<>();
  private final List<ConvertedSlot> converted = new ArrayList<>();
  private final RowBatchBuilder builder = new RowBatchBuilder();
  private @Nullable Message message;
  private int rowsOfMessage;

  private record HiddenSlot(int slot, HiddenColumn column, boolean exactTimes) {
    @Nullable Object value(Message message, int row) {
      Object value = column.value(message, row);
      return exactTimes && value instanceof Long millis && column == HiddenColumn.TIMESTAMP
          ? (Object) (millis * EngineValues.MICROS)
          : value;
    }
  }

  private static boolean converts(ColumnType type, boolean exactTimes) {
    return EngineValues.differ(type) && !(exactTimes && EngineValues.isTime(type));
  }

  private record ConvertedSlot(
      int slot, String column, ColumnType type, UnaryOperator<Object> conversion) {}

  /**
   * Creates an assembler.
   *
   * @param decoder decodes the declared columns among the wanted ones
   * @param discarding whether rows are not wanted any more, only positions
   * @param precision is told of values that the engine cannot keep to the last digit
   * @param rejecting whether a message that cannot be turned into rows is put aside
   */
  RowAssembler(
      ScanSpec spec,
      Decoder decoder,
      BooleanSupplier discarding,
      PrecisionWatch precision,
      boolean rejecting) {
    this.decoder = decoder;
    this.discarding = discarding;
    this.precision = precision;
    this.rejecting = rejecting;
    this.width = spec.fields().size();
    List<ColumnDefinition> columns = spec.table().columns();
    for (int slot = 0; slot < spec.fields().size(); slot++) {
      int field = spec.fields().get(slot);
      if (field >= columns.size()) {
        HiddenColumn column = spec.table().hidden().get(field - columns.size());
        hidden.add(new HiddenSlot(slot, column, spec.exactTimes()));
      } else if (converts(columns.get(field).type(), spec.exactTimes())) {
        ColumnDefinition column = columns.get(field);
        converted.add(
            new ConvertedSlot(
                slot, column.name(), column.type(), EngineValues.toEngine(column.type())));
      }
    }
  }

  @Override
  public void message(Message next) {
    if (!discarding.getAsBoolean()) {
      message = next;
      rowsOfMessage = 0;
      try {
        decoder.decode(next, this);
      } catch (KadbException e) {
        fail(next, e);
      } catch (RuntimeException | Error e) {
        builder.dropMessage();
        throw e;
      }
    }
    int bytes = next.value() == null ? 0 : next.value().length;
    long held = 2L * bytes + (long) ROW_OVERHEAD * rowsOfMessage;
    builder.endMessage(next.partition(), next.offset(), bytes, held);
  }

  private void fail(Message failed, KadbException failure) {
    if (!rejecting || !Rejects.rejectable(failure)) {
      builder.dropMessage();
      throw failure.at(failed.place());
    }
    builder.rejectMessage(RejectedMessage.of(failed, failure));
    rowsOfMessage = 0;
  }

  @Override
  public void row(@Nullable Object[] row) {
    for (HiddenSlot slot : hidden) {
      row[slot.slot()] = slot.value(current(), rowsOfMessage);
    }
    for (ConvertedSlot slot : converted) {
      Object value = row[slot.slot()];
      if (value != null) {
        if (EngineValues.loses(slot.type(), value)) {
          precision.lost(slot.column());
        }
        row[slot.slot()] = slot.conversion().apply(value);
      }
    }
    rowsOfMessage++;
    // The engine compares whole rows: values that were only checked must not stay behind.
    builder.row(row.length > width ? Arrays.copyOf(row, width) : row);
  }

  private Message current() {
    if (message == null) {
      throw new IllegalStateException("a row outside a message");
    }
    return message;
  }

  @Override
  public boolean full() {
    return builder.full();
  }

  @Override
  public boolean isEmpty() {
    return builder.isEmpty();
  }

  @Override
  public long bytes() {
    return builder.bytes();
  }

  @Override
  public RowBatch take() {
    return builder.take();
  }
}
