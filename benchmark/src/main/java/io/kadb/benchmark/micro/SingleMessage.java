package io.kadb.benchmark.micro;

import io.kadb.message.Header;
import io.kadb.message.Message;
import io.kadb.message.TimestampType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message that shows one value after the other, as the segments' messages do. */
final class SingleMessage implements Message {
  private byte[] value = {};
  private long offset;

  /** Shows the value of the next offset from now on. */
  SingleMessage show(byte[] next) {
    value = next;
    offset++;
    return this;
  }

  @Override
  public String topic() {
    return "orders";
  }

  @Override
  public int partition() {
    return 0;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public long timestampMillis() {
    return 0;
  }

  @Override
  public TimestampType timestampType() {
    return TimestampType.CREATE;
  }

  @Override
  public byte @Nullable [] key() {
    return null;
  }

  @Override
  public byte @Nullable [] value() {
    return value;
  }

  @Override
  public List<Header> headers() {
    return List.of();
  }
}
