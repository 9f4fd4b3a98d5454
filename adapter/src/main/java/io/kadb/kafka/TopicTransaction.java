package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.message.OutgoingMessage;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka transaction: messages to topics that exist, which readers of what is committed see all
 * or none of. Each is acknowledged by all replicas in sync, and retries double nothing. Begun by
 * its first message. Not thread-safe.
 *
 * <p>Messages travel in the background: an error may belong to an earlier message than the one just
 * given. After an error only {@link #abort} may follow. Its producer has a transactional id of its
 * own, so that nobody else can end the transaction; if the process dies, the brokers do so after
 * {@code transaction.timeout.ms}.
 */
public final class TopicTransaction {
  /** Less than a producer keeps before it makes its user wait, where nobody could cancel. */
  private static final long MAX_BYTES_UNDER_WAY = 16L << 20;

  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** An abort goes on in the background after this time. */
  private static final Duration ABORT_WAIT = Duration.ofSeconds(2);

  private final KafkaClients clients;
  private final ClientProperties client;
  private final KafkaErrors errors;
  private final Map<String, List<Integer>> partitions = new HashMap<>();
  private final AtomicReference<@Nullable KadbException> failure = new AtomicReference<>();
  private final AtomicLong bytesUnderWay = new AtomicLong();
  private final AtomicLong messagesUnderWay = new AtomicLong();
  private @Nullable TransactionalProducer producer;

  /** Creates a transaction that asks nobody before its first message. */
  public TopicTransaction(KafkaClients clients, ClientProperties client) {
    this.clients = clients;
    this.client = client;
    this.errors = new KafkaErrors(client);
  }

  /**
   * Gives a message to be written; waits while too many are on their way.
   *
   * @param topic a topic, which is not created
   * @param limit the time a metadata request may take
   * @param cancelled whether it is not wanted any more; asked many times a second
   * @throws KadbException if this or an earlier message cannot be written: HV00R if there is no
   *     such topic, 22023 no such partition, 08001, 28000, 42501, 53400; 57014 if cancelled
   */
  public void write(
      String topic, OutgoingMessage message, Duration limit, BooleanSupplier cancelled) {
    List<Integer> known = partitions.get(topic);
    if (known == null) {
      known = clients.offsets(client, cancelled).partitions(topic, limit);
      partitions.put(topic, known);
    }
    if (message.partition().isPresent() && !known.contains(message.partition().getAsInt())) {
      throw new KadbException(
          ErrorCode.BAD_PARAMETER,
          "topic "
              + topic
              + " has no partition "
              + message.partition().getAsInt()
              + ", it has "
              + AdminCalls.shown(known));
    }
    if (producer == null) {
      producer = begin(cancelled);
    }
    awaitUnderWay(bytesUnderWay, MAX_BYTES_UNDER_WAY, cancelled);
    send(producer.producer(), OutgoingRecord.of(topic, message));
  }

  private void send(Producer<byte[], byte[]> open, ProducerRecord<byte[], byte[]> written) {
    long bytes = length(written.key()) + length(written.value());
    bytesUnderWay.addAndGet(bytes);
    messagesUnderWay.incrementAndGet();
    try {
      open.send(
          written,
          (where, thrown) -> {
            if (thrown != null) {
              failed(WriteErrors.writing(written.topic(), thrown, errors));
            }
            bytesUnderWay.addAndGet(-bytes);
            messagesUnderWay.decrementAndGet();
          });
    } catch (RuntimeException e) {
      failed(WriteErrors.writing(written.topic(), e, errors));
    }
    check();
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** Borrows a producer; one that comes too late is kept for the next transaction. */
  private TransactionalProducer begin(BooleanSupplier cancelled) {
    String doing = "beginning a Kafka transaction";
    CompletableFuture<TransactionalProducer> borrowed =
        clients.inBackground("kadb-kafka-start", () -> clients.borrowProducer(client));
    boolean arrived = false;
    try {
      while (!borrowed.isDone()) {
        if (cancelled.getAsBoolean()) {
          throw cancelled(doing);
        }
        pause(borrowed, doing);
      }
      TransactionalProducer ready = borrowed.get();
      arrived = true;
      ready.producer().beginTransaction();
      return ready;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw errors.translate(e, doing);
    } catch (ExecutionException | RuntimeException e) {
      throw WriteErrors.transaction(doing, e, errors);
    } finally {
      if (!arrived) {
        borrowed.thenAccept(late -> clients.giveBackProducer(client, late));
      }
    }
  }

  private static void pause(CompletableFuture<?> awaited, String doing) {
    try {
      awaited.get(SLICE_NANOS, TimeUnit.NANOSECONDS);
    } catch (java.util.concurrent.TimeoutException | ExecutionException e) {
      // looked at by who waits
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KadbException(ErrorCode.CANCELLED, doing + " was interrupted", e);
    }
  }

  private static KadbException cancelled(String doing) {
    return new KadbException(ErrorCode.CANCELLED, doing + " was cancelled");
  }

  /**
   * Waits until all messages have arrived. The producer gives those up that take longer than its
   * {@code delivery.timeout.ms}, so that this ends.
   *
   * @throws KadbException if one cannot be written; 57014 if cancelled
   */
  public void flush(BooleanSupplier cancelled) {
    awaitUnderWay(messagesUnderWay, 0, cancelled);
    check();
  }

  private void awaitUnderWay(AtomicLong underWay, long most, BooleanSupplier cancelled) {
    String doing = "writing messages";
    while (underWay.get() > most) {
      check();
      if (cancelled.getAsBoolean()) {
        throw cancelled(doing);
      }
      pause(new CompletableFuture<>().completeOnTimeout(null, 1, TimeUnit.MILLISECONDS), doing);
    }
  }

  private void failed(KadbException error) {
    failure.compareAndSet(null, error);
  }

  private void check() {
    KadbException error = failure.get();
    if (error != null) {
      throw error;
    }
  }

  /**
   * Commits: readers see the messages from now on, or very soon if the brokers are slow.
   *
   * @throws KadbException if that failed and nothing is written; 08001 says so if it is not known
   */
  public void commit() {
    if (producer == null) {
      return;
    }
    flush(() -> false);
    String doing = "committing a Kafka transaction";
    try {
      producer.producer().commitTransaction();
    } catch (TimeoutException e) {
      throw errors.unreachable(
          doing + " took too long, and it is not known whether its messages are written", e);
    } catch (RuntimeException e) {
      throw WriteErrors.transaction(doing, e, errors);
    }
    TransactionalProducer done = producer;
    producer = null;
    clients.awaitEnd(client, done);
    clients.giveBackProducer(client, done);
  }

  /** Aborts: nobody who reads what is committed ever sees the messages. Waits not for long. */
  public void abort() {
    TransactionalProducer open = producer;
    if (open == null) {
      return;
    }
    producer = null;
    CompletableFuture<Void> aborted =
        clients.inBackground(
            "kadb-kafka-abort",
            () -> {
              boolean healthy = false;
              try {
                open.producer().abortTransaction();
                clients.awaitEnd(client, open);
                healthy = failure.get() == null;
              } catch (RuntimeException e) {
                // The brokers abort it themselves when its time is over.
              } finally {
                if (healthy) {
                  clients.giveBackProducer(client, open);
                } else {
                  clients.retireProducer(open);
                }
              }
              return null;
            });
    try {
      aborted.get(ABORT_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      // It goes on in the background.
    }
  }
}
