package io.kadb.kafka;

import io.kadb.error.KadbException;
import io.kadb.message.PartitionRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One segment: a thread that polls its partitions with a consumer of its own, gives each message to
 * its sink, and hands batches over together with the positions reached.
 *
 * <h2>Design</h2>
 *
 * <p>The positions handed over are the truth about what was read. A position is where the consumer
 * stands once everything it fetched was taken, which is past transaction markers and compaction
 * gaps; otherwise it is the offset of the first record not taken. It is never "last record + 1
 * because no more came", and a range is done when the position, not a record, reaches its end: the
 * last offsets of a range may hold markers, which nobody ever sees.
 *
 * <p>A consumer is assigned exactly the partitions that may give messages now. One that is done, or
 * has used up its share of the message limit ({@link PartitionShares}), is taken away from it at
 * once: a fetch that asks a partition with nothing to give makes the broker wait, and what the
 * consumer fetched ahead would stay in memory. Records dropped that way are fetched again if their
 * turn comes ({@link PartitionCursor#astray}).
 *
 * <p>A poll that unpacks too much leaves values out ({@link PollBudget}): the rest is fetched again
 * with a consumer that takes fewer records at a time.
 *
 * <p>While nobody takes batches the thread waits in {@link DeliveryQueue#put} and does not poll;
 * without a group nothing forces it to. Time in there does not count as silence of the brokers.
 *
 * <p>Endings, in the order in which they are looked for between two polls:
 *
 * <table>
 * <caption>How a segment ends</caption>
 * <tr><th>ending</th><th>when</th><th>handed over</th><th>consumer</th></tr>
 * <tr><td>cancelled</td><td>the scan was closed; ends a poll, a wait for room and, by an
 *     interrupt, one within the sink</td>
 *     <td>nothing more</td><td>back to the pool</td></tr>
 * <tr><td>nobody reads</td><td>the scan was garbage</td><td>nothing more</td>
 *     <td>back to the pool</td></tr>
 * <tr><td>batch full</td><td>the message limit is reached</td>
 *     <td>the rest, positions up to the cut</td><td>back to the pool</td></tr>
 * <tr><td>ranges done</td><td>every position reached the end of its range</td>
 *     <td>the rest, positions = ends</td><td>back to the pool</td></tr>
 * <tr><td>deadline</td><td>its time is over</td><td>the rest, positions reached</td>
 *     <td>back to the pool</td></tr>
 * <tr><td>failed</td><td>a sink failed</td>
 *     <td>what came before the message, then the error: the reader may not come that far</td>
 *     <td>back to the pool</td></tr>
 * <tr><td>failed</td><td>the client failed, or ranges that all have an end got nothing for too
 *     long</td><td>nothing more; the reader gets the error</td><td>closed</td></tr>
 * </table>
 *
 * @param <B> what a batch is
 */
final class SegmentReader<B> implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentReader.class);

  /** The longest poll: how long it may take to notice that the scan was forgotten. */
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** The longest poll while something depends on whether it finds nothing. */
  private static final long SHORT_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** How long a partition that does not answer may keep its share from the others. */
  private static final long SHARE_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A power of two: after how many messages the thread looks whether they are still wanted. */
  private static final int LOOK_EVERY = 64;

  private final KafkaClients clients;
  private final ScanRequest request;
  private final PartitionShares shares;
  private final BatchFeed<B> feed;
  private final DeliveryQueue<B> queue;
  private final LongSupplier nanoTime;
  private final KafkaErrors errors;

  /** Set once by the segment's thread; read by those who want to wake it. */
  private volatile @Nullable ConsumerLease lease;

  /** What goes on between two polls; a client must not be interrupted. */
  private final InterruptibleWork taking = new InterruptibleWork();

  private volatile Ending ending = Ending.FAILED;
  private boolean clientFailed;
  private boolean unwanted;
  private boolean leftOut;
  private boolean assignmentOutdated = true;
  private long lastProgress;

  /** Until when the first answer is waited for; over once it came. */
  private long firstAnswerEnd;

  private boolean answered;
  private long messages;

  SegmentReader(
      KafkaClients clients,
      ScanRequest request,
      List<PartitionRange> ranges,
      MessageSink<B> sink,
      DeliveryQueue<B> queue,
      LongSupplier nanoTime) {
    this.clients = clients;
    this.request = request;
    this.shares =
        new PartitionShares(request.topic(), ranges, request.limits().messagesPerSegment());
    this.feed = new BatchFeed<>(sink, queue, shares);
    this.queue = queue;
    this.nanoTime = nanoTime;
    this.errors = new KafkaErrors(request.client());
  }

  @Override
  public void run() {
    try {
      ending = readWithConsumer();
    } catch (RuntimeException | Error e) {
      if (queue.wanted()) {
        fail(errors.translate(e, "reading topic " + request.topic()));
      } else {
        ending = unwantedEnding();
      }
    } finally {
      LOG.debug("{}: {} after {} messages", Thread.currentThread().getName(), ending, messages);
      queue.segmentEnded();
    }
  }

  private void fail(KadbException error) {
    if (!feed.failed()) {
      queue.fail(error);
    } else if (feed.handOver()) {
      queue.failInTurn(error);
    }
  }

  /** Ends a poll or a wait within the sink. From any thread; stop the queue before. */
  void wake() {
    ConsumerLease current = lease;
    if (current != null) {
      current.wake();
    }
    taking.interrupt();
  }

  /** Returns how it ended, once it has. */
  Ending ending() {
    return ending;
  }

  private Ending readWithConsumer() {
    if (!queue.wanted()) {
      return Ending.CANCELLED;
    }
    ConsumerLease current = clients.lendConsumer(request.consumer());
    lease = current;
    try {
      return read(current);
    } catch (KadbException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      clientFailed = true;
      throw e;
    } finally {
      current.giveBack(!clientFailed);
    }
  }

  private Ending read(ConsumerLease current) {
    lastProgress = nanoTime.getAsLong();
    firstAnswerEnd = lastProgress + request.limits().firstAnswer().toNanos();
    answered = shares.open().stream().noneMatch(this::holdsMessages);
    while (true) {
      Ending reached = reachedEnding(current);
      if (reached != null) {
        return reached;
      }
      assign(current);
      ConsumerRecords<byte[], byte[]> records = current.poll(Duration.ofNanos(pollNanos()));
      if (!taking.begin()) {
        return unwantedEnding();
      }
      try {
        take(records);
      } finally {
        taking.end();
      }
      if (leftOut && current.takeFewer()) {
        shares.open().forEach(cursor -> cursor.astray(true));
      }
      if (!unwanted && !feed.isEmpty() && (records.isEmpty() || queue.hungry())) {
        handOver();
      }
    }
  }

  private @Nullable Ending reachedEnding(ConsumerLease current) {
    if (!queue.wanted()) {
      return unwantedEnding();
    }
    if (shares.left() == 0) {
      return handOver() ? Ending.BATCH_FULL : unwantedEnding();
    }
    if (shares.allDone()) {
      return handOver() ? Ending.RANGES_DONE : unwantedEnding();
    }
    if (deadlineNanos() <= 0) {
      return handOver() ? Ending.DEADLINE : unwantedEnding();
    }
    checkProgress(current);
    return null;
  }

  private Ending unwantedEnding() {
    return queue.forgotten() ? Ending.NOBODY_READS : Ending.CANCELLED;
  }

  private boolean holdsMessages(PartitionCursor cursor) {
    return request.holdingMessages().contains(cursor.partition().partition());
  }

  /** Returns the time left until the deadline, or until the first answer must have come. */
  private long deadlineNanos() {
    if (request.limits().deadlineNanos().isEmpty()) {
      return Long.MAX_VALUE;
    }
    long deadline = request.limits().deadlineNanos().getAsLong();
    long now = nanoTime.getAsLong();
    return answered ? deadline - now : Math.max(deadline - now, firstAnswerEnd - now);
  }

  private long pollNanos() {
    boolean shortly = !feed.isEmpty() || shares.anyWaiting();
    return Math.max(0, Math.min(deadlineNanos(), shortly ? SHORT_POLL_NANOS : POLL_NANOS));
  }

  /**
   * A range with an end has messages or markers up to there: silence means that brokers fail, or
   * that the topic was deleted.
   */
  private void checkProgress(ConsumerLease current) {
    Duration limit = request.limits().noProgress();
    if (nanoTime.getAsLong() - lastProgress > limit.toNanos() && shares.allBounded()) {
      clientFailed = true;
      if (current.isGone(request.topic())) {
        throw KafkaErrors.noSuchTopic(request.topic(), null);
      }
      List<PartitionCursor> stuck = shares.open();
      throw errors.unreachable(
          "nothing came for "
              + limit.toMillis()
              + " ms from "
              + stuck.get(0)
              + (stuck.size() > 1 ? " and " + (stuck.size() - 1) + " other partitions" : ""),
          null);
    }
  }

  /** Makes the consumer read the partitions whose turn it is. */
  private void assign(ConsumerLease current) {
    if (shares.anyWaiting() && othersHaveNothing(current.consumer())) {
      shares.nextRound();
      assignmentOutdated = true;
    }
    if (!assignmentOutdated) {
      return;
    }
    assignmentOutdated = false;
    List<PartitionCursor> reading = shares.reading();
    Consumer<byte[], byte[]> consumer = current.consumer();
    consumer.assign(reading.stream().map(PartitionCursor::partition).toList());
    for (PartitionCursor cursor : reading) {
      if (cursor.astray()) {
        consumer.seek(cursor.partition(), cursor.position());
        cursor.astray(false);
      }
    }
  }

  /** Returns whether the partitions that may give messages have none, as far as they answer. */
  private boolean othersHaveNothing(Consumer<byte[], byte[]> consumer) {
    return nanoTime.getAsLong() - lastProgress > SHARE_WAIT_NANOS
        || shares.reading().stream()
            .allMatch(
                cursor ->
                    !cursor.astray() && consumer.currentLag(cursor.partition()).orElse(1) == 0);
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    leftOut = false;
    Map<TopicPartition, OffsetAndMetadata> positions = records.nextOffsets();
    if (positions.isEmpty()) {
      return;
    }
    answered = true;
    for (Map.Entry<TopicPartition, OffsetAndMetadata> reached : positions.entrySet()) {
      PartitionCursor cursor = shares.cursor(reached.getKey());
      boolean whole = take(cursor, records.records(reached.getKey()));
      if (unwanted) {
        return;
      }
      if (whole) {
        cursor.reach(reached.getValue().offset());
      }
      if (!whole || cursor.done() || cursor.allowance() <= 0) {
        cursor.astray(true);
        assignmentOutdated = true;
      }
    }
    shares.dropDone();
    lastProgress = nanoTime.getAsLong();
  }

  /** Takes what may be taken of a partition's records; returns whether that was all. */
  private boolean take(PartitionCursor cursor, List<ConsumerRecord<byte[], byte[]>> records) {
    long most = Math.min(cursor.allowance(), shares.left());
    long taken = 0;
    long bytes = 0;
    boolean whole = true;
    for (ConsumerRecord<byte[], byte[]> next : records) {
      boolean empty = PollBudget.leftOut(next.value());
      if (taken == most || next.offset() >= cursor.end() || empty) {
        cursor.reach(next.offset());
        leftOut |= empty;
        whole = false;
        break;
      }
      feed.give(next);
      taken++;
      bytes += bytes(next);
      cursor.reach(next.offset() + 1);
      if (feed.full() ? !handOver() : (taken & (LOOK_EVERY - 1)) == 0 && !queue.wanted()) {
        unwanted = true;
        break;
      }
    }
    messages += taken;
    clients.scans().took(taken, bytes);
    shares.took(cursor, taken);
    return whole;
  }

  private static long bytes(ConsumerRecord<byte[], byte[]> message) {
    return length(message.key()) + length(message.value());
  }

  private static long length(byte @Nullable [] part) {
    return part == null ? 0 : part.length;
  }

  private boolean handOver() {
    boolean wanted = feed.handOver();
    // The time it may have waited for room says nothing about the brokers.
    lastProgress = nanoTime.getAsLong();
    return wanted;
  }
}
