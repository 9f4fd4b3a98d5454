package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The way out of a segment: records go to its sink, batches with the positions reached go to the
 * queue. Belongs to the segment's thread.
 *
 * @param <B> what a batch is
 */
final class BatchFeed<B> {
  private final MessageSink<B> sink;
  private final DeliveryQueue<B> queue;
  private final PartitionShares shares;
  private final RecordMessage message = new RecordMessage();
  private boolean failed;

  BatchFeed(MessageSink<B> sink, DeliveryQueue<B> queue, PartitionShares shares) {
    this.sink = sink;
    this.queue = queue;
    this.shares = shares;
  }

  /** Returns whether a message could not be taken: what was taken before it is still good. */
  boolean failed() {
    return failed;
  }

  /** Gives one record to the sink. */
  void give(ConsumerRecord<byte[], byte[]> next) {
    failed = true;
    try {
      sink.message(message.show(next));
      failed = false;
    } catch (KadbException e) {
      throw e.at(message.place());
    } catch (RuntimeException | StackOverflowError e) {
      throw new KadbException(ErrorCode.INTERNAL, "a message could not be decoded: " + e, e)
          .at(message.place());
    }
  }

  /** Returns whether the sink has a batch that should go on its way. */
  boolean full() {
    return sink.full();
  }

  /** Returns whether the sink has taken nothing since the last handing over. */
  boolean isEmpty() {
    return sink.isEmpty();
  }

  /**
   * Hands over what the sink has made and the positions that moved, as soon as there is room.
   *
   * @return whether it is wanted
   */
  boolean handOver() {
    Map<Integer, Long> positions = shares.takeMoved();
    if (sink.isEmpty()) {
      return positions.isEmpty() || queue.put(new Delivery<>(null, positions), 0);
    }
    long bytes = sink.bytes();
    return queue.put(new Delivery<>(sink.take(), positions), bytes);
  }
}
