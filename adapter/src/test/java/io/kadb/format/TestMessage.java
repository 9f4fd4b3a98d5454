package io.kadb.format;

import io.kadb.message.Header;
import io.kadb.message.Message;
import io.kadb.message.TimestampType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message at a fixed place, {@code orders[3]@1842}, with a value of the test's choice. */
public record TestMessage(byte @Nullable [] value) implements Message {
  /** Returns a message whose value is a text in UTF-8. */
  public static TestMessage of(String value) {
    return new TestMessage(value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String topic() {
    return "orders";
  }

  @Override
  public int partition() {
    return 3;
  }

  @Override
  public long offset() {
    return 1842;
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
  public List<Header> headers() {
    return List.of();
  }
}
