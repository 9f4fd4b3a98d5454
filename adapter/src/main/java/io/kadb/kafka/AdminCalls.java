package io.kadb.kafka;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbstractOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Calls of an admin client, each within a time limit and given up when nobody wants the answer any
 * more. A consumer would not do for them: what it says about partitions may be minutes old, and one
 * missing partition makes all its answers time out.
 */
final class AdminCalls {
  /** How often somebody who waits looks whether the answer is still wanted. */
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** The client's own end of a call comes first, because it knows the reason. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int MAX_SHOWN = 8;

  /** Answers that are errors, given by brokers that are well. */
  private static final Set<ErrorCode> REFUSALS =
      EnumSet.of(ErrorCode.NO_SUCH_TOPIC, ErrorCode.NOT_AUTHORIZED, ErrorCode.OBJECT_IN_USE);

  private final IdlePool<Admin> admins;
  private final ClientProperties client;
  private final BooleanSupplier cancelled;
  private final KafkaErrors errors;

  AdminCalls(IdlePool<Admin> admins, ClientProperties client, BooleanSupplier cancelled) {
    this.admins = admins;
    this.client = client;
    this.cancelled = cancelled;
    this.errors = new KafkaErrors(client);
  }

  /** Returns which messages a reader with these properties sees. */
  IsolationLevel isolation() {
    String level = client.values().get(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
    return IsolationLevel.READ_UNCOMMITTED.toString().equalsIgnoreCase(level)
        ? IsolationLevel.READ_UNCOMMITTED
        : IsolationLevel.READ_COMMITTED;
  }

  /** Puts a question through a client of the pool and waits for the answer. */
  <T> T ask(String doing, Duration limit, Function<Admin, CompletionStage<T>> question) {
    long end = System.nanoTime() + limit.toNanos() + GRACE_NANOS;
    Admin admin = borrow(doing, limit, end);
    boolean healthy = false;
    try {
      T answer = await(question.apply(admin).toCompletableFuture(), doing, limit, end);
      healthy = true;
      return answer;
    } catch (KadbException e) {
      healthy = REFUSALS.contains(e.code());
      throw e;
    } finally {
      if (healthy) {
        admins.giveBack(client, admin);
      } else {
        admins.retire(admin);
      }
    }
  }

  /**
   * Returns a client. A new one is made on a thread of its own: it looks up names and may log in to
   * Kerberos, and nobody can interrupt that.
   */
  private Admin borrow(String doing, Duration limit, long end) {
    Admin ready = admins.borrowIdle(client);
    if (ready != null) {
      return ready;
    }
    CompletableFuture<Admin> borrowed =
        CompletableFuture.supplyAsync(
            () -> admins.borrow(client),
            work -> KafkaClients.daemon("kadb-kafka-start", work).start());
    boolean arrived = false;
    try {
      Admin admin = await(borrowed, doing, limit, end);
      arrived = true;
      return admin;
    } finally {
      if (!arrived) {
        borrowed.thenAccept(late -> admins.giveBack(client, late));
      }
    }
  }

  private <T> T await(CompletableFuture<T> answer, String doing, Duration limit, long end) {
    while (true) {
      if (cancelled.getAsBoolean()) {
        throw new KadbException(ErrorCode.CANCELLED, doing + " was cancelled");
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw errors.noAnswer(doing, limit, null);
      }
      try {
        return answer.get(Math.min(left, SLICE_NANOS), TimeUnit.NANOSECONDS);
      } catch (java.util.concurrent.TimeoutException e) {
        // not yet
      } catch (ExecutionException e) {
        Throwable cause = KafkaErrors.unwrap(e);
        throw cause instanceof TimeoutException
            ? errors.noAnswer(doing, limit, cause)
            : errors.translate(cause, doing);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KadbException(ErrorCode.CANCELLED, doing + " was interrupted", e);
      }
    }
  }

  /** Returns the error of a question that was not answered within its time. */
  KadbException noAnswer(String doing, Duration limit, Throwable cause) {
    return errors.noAnswer(doing, limit, cause);
  }

  /** Returns options of a call with the time it may take in the client. */
  static <O extends AbstractOptions<O>> O within(Duration limit, O options) {
    return options.timeoutMs((int) Math.max(1, Math.min(limit.toMillis(), Integer.MAX_VALUE)));
  }

  /** Returns the first few partitions as a text. */
  static String shown(Collection<Integer> partitions) {
    String first =
        partitions.stream().limit(MAX_SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    return partitions.size() <= MAX_SHOWN ? first : first + ", … (" + partitions.size() + ")";
  }
}
