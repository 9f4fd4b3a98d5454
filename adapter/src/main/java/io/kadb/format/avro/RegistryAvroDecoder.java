package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowShape;
import io.kadb.format.RowSink;
import io.kadb.message.Message;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a row of a message that is one record behind the id of its schema: a zero byte, four bytes
 * of id, the record.
 */
public final class RegistryAvroDecoder implements Decoder {
  private static final int HEAD_BYTES = 1 + Integer.BYTES;
  private static final int MAX_PLANS = 1000;

  private final MessageLimits limits;
  private final PlanMaker maker;
  private final SchemaRegistry registry;
  private final AvroInput input = new AvroInput();
  private final Map<Integer, RecordPlan> plans = new LinkedHashMap<>(16, 0.75f, true);
  private int lastId;
  private @Nullable RecordPlan lastPlan;

  /** Creates a decoder; a default that is no value of its column is an error of its type. */
  public RegistryAvroDecoder(
      RowShape shape, AvroOptions options, SchemaRegistry registry, MessageLimits limits) {
    this.limits = limits;
    this.maker = new PlanMaker(shape, options, limits);
    this.registry = registry;
  }

  @Override
  public void decode(Message message, RowSink rows) {
    byte[] value = message.value();
    if (value == null || value.length == 0) {
      return;
    }
    try {
      limits.checkBytes(value.length);
      RecordPlan used = plan(id(value));
      used.openMessage(value.length);
      input.open(value, HEAD_BYTES, value.length);
      @Nullable Object[] row = used.row(input);
      input.requireEnd("message");
      rows.row(row);
    } catch (KadbException e) {
      throw e.at(message.place());
    }
  }

  private static int id(byte[] value) {
    if (value[0] != 0 || value.length < HEAD_BYTES) {
      throw new KadbException(
              ErrorCode.BAD_MESSAGE_FORMAT,
              "found a message of "
                  + value.length
                  + " bytes that begins with byte "
                  + (value[0] & 0xFF)
                  + ", wanted byte 0 and four bytes of a schema's id")
          .withHint("formats avro and avro_raw read values without an id");
    }
    return ByteBuffer.wrap(value).getInt(1);
  }

  private RecordPlan plan(int id) {
    RecordPlan last = lastPlan;
    if (last != null && id == lastId) {
      return last;
    }
    RecordPlan plan = plans.get(id);
    if (plan == null) {
      plan = maker.plan(registry.schema(id));
      plans.put(id, plan);
      if (plans.size() > MAX_PLANS) {
        plans.remove(plans.keySet().iterator().next());
      }
    }
    lastId = id;
    lastPlan = plan;
    return plan;
  }
}
