package io.kadb.format.avro;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowShape;
import io.kadb.format.RowSink;
import io.kadb.message.Message;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Makes a row of a message that is one bare record of a known schema. */
public final class RawAvroDecoder implements Decoder {
  private final MessageLimits limits;
  private final PlanMaker maker;
  private final Schema schema;
  private final AvroInput input = new AvroInput();
  private @Nullable RecordPlan plan;

  /** Creates a decoder; a default that is no value of its column is an error of its type. */
  public RawAvroDecoder(RowShape shape, AvroOptions options, MessageLimits limits) {
    this.limits = limits;
    this.maker = new PlanMaker(shape, options, limits);
    this.schema = options.readerSchema().orElseThrow();
  }

  @Override
  public void decode(Message message, RowSink rows) {
    byte[] value = message.value();
    if (value == null || value.length == 0) {
      return;
    }
    try {
      limits.checkBytes(value.length);
      RecordPlan used = plan();
      used.openMessage(value.length);
      input.open(value, 0, value.length);
      @Nullable Object[] row = used.row(input);
      input.requireEnd("message");
      rows.row(row);
    } catch (KadbException e) {
      throw e.at(message.place());
    }
  }

  private RecordPlan plan() {
    RecordPlan known = plan;
    if (known == null) {
      known = maker.plan(schema);
      plan = known;
    }
    return known;
  }
}
