package io.kadb.sql;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.RowSink;
import io.kadb.kafka.MessageSink;
import io.kadb.message.Message;
import io.kadb.message.RejectedMessage;
import io.kadb.scan.RowBatch;
import io.kadb.scan.RowBatchBuilder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of one scan on one segment's thread: has messages decoded and packs what a {@link
 * RowMaker} makes of them into batches.
 */
final class RowAssembler implements MessageSink<RowBatch>, RowSink {
  private final Decoder decoder;
  private final BooleanSupplier discarding;
  private final RowMaker maker;
  private final boolean rejecting;
  private final RowBatchBuilder builder;
  private @Nullable Message message;
  private int rowsOfMessage;

  /**
   * Creates an assembler.
   *
   * @param decoder decodes the declared columns among the wanted ones
   * @param discarding whether rows are not wanted any more, only positions
   * @param maker makes the rows
   * @param rejecting whether a message that cannot be turned into rows is put aside
   */
  RowAssembler(Decoder decoder, BooleanSupplier discarding, RowMaker maker, boolean rejecting) {
    this.decoder = decoder;
    this.discarding = discarding;
    this.maker = maker;
    this.rejecting = rejecting;
    this.builder = maker.batch();
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
    builder.endMessage(
        next.partition(), next.offset(), bytes, maker.heldBytes(bytes, rowsOfMessage));
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
    maker.add(row, current(), rowsOfMessage);
    rowsOfMessage++;
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
