package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.kafka.KafkaClients;
import io.kadb.kafka.TopicTransaction;
import io.kadb.message.OutgoingMessage;
import io.kadb.option.ClientProperties;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What one transaction has written to topics: a Kafka transaction in each cluster. Can be used for
 * the next transaction after {@link #commit} or {@link #abort}.
 */
final class TopicWrites {
  /** What an error says of a transaction that ended between Kafka's commit and the store's. */
  static final String ALONE = "messages are written to topics, but nothing else is stored";

  private final KafkaClients clients;
  private final Map<ClientProperties, TopicTransaction> transactions = new LinkedHashMap<>();
  private long sent;

  TopicWrites(KafkaClients clients) {
    this.clients = clients;
  }

  /** Returns how many messages are on their way, or have arrived. */
  long sent() {
    return sent;
  }

  /** Sends a message. */
  void send(TopicTarget target, OutgoingMessage message, BooleanSupplier cancelled) {
    TopicTransaction transaction =
        transactions.computeIfAbsent(
            target.client(), client -> new TopicTransaction(clients, client));
    transaction.write(target.topic(), message, target.limit(), cancelled);
    sent++;
  }

  /** Waits until all messages have arrived. */
  void flush(BooleanSupplier cancelled) {
    transactions.values().forEach(transaction -> transaction.flush(cancelled));
  }

  /**
   * Commits, in one cluster after the other; does nothing if nothing was sent.
   *
   * @throws KadbException the first failure; those that come after it are aborted
   */
  void commit() {
    try {
      transactions.values().forEach(TopicTransaction::commit);
    } catch (RuntimeException | Error e) {
      abort();
      throw e;
    }
    forget();
  }

  /** Commits, and then has what belongs to it done; a failure of that says what is committed. */
  void commitThen(Runnable next) {
    boolean any = sent > 0;
    commit();
    try {
      next.run();
    } catch (KadbException e) {
      throw any ? e.inPart(ALONE) : e;
    }
  }

  /** Aborts; does nothing if nothing was sent. */
  void abort() {
    transactions.values().forEach(TopicTransaction::abort);
    forget();
  }

  private void forget() {
    transactions.clear();
    sent = 0;
  }

  /**
   * Goes back to an earlier moment of the transaction.
   *
   * @param sentThen how many messages were sent then
   * @throws KadbException 0A000 if there were some and there are more now: Kafka knows no
   *     savepoints
   */
  void backTo(long sentThen) {
    if (sent == sentThen) {
      return;
    } else if (sentThen > 0) {
      throw new KadbException(
              ErrorCode.UNSUPPORTED,
              "messages written to topics before the savepoint cannot be kept and those after it"
                  + " taken back: Kafka knows no savepoints")
          .withHint("ROLLBACK takes all back, COMMIT keeps all");
    }
    abort();
  }
}
