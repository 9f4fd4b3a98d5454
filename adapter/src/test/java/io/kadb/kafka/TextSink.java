package io.kadb.kafka;

import io.kadb.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes lists of places, such as {@code 3@17}, of a certain length. */
final class TextSink implements MessageSink<List<String>> {
  static final int BYTES_EACH = 100;

  private final int most;
  private final Consumer<Message> also;
  private List<String> batch = new ArrayList<>();

  TextSink(int most) {
    this(most, message -> {});
  }

  /** Creates a sink that does something with each message before it takes it. */
  TextSink(int most, Consumer<Message> also) {
    this.most = most;
    this.also = also;
  }

  @Override
  public void message(Message message) {
    also.accept(message);
    batch.add(message.partition() + "@" + message.offset());
  }

  @Override
  public boolean full() {
    return batch.size() >= most;
  }

  @Override
  public boolean isEmpty() {
    return batch.isEmpty();
  }

  @Override
  public long bytes() {
    return (long) BYTES_EACH * batch.size();
  }

  @Override
  public List<String> take() {
    List<String> taken = batch;
    batch = new ArrayList<>();
    return taken;
  }
}
