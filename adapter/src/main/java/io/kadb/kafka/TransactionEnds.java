package io.kadb.kafka;

import io.kadb.error.KadbException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * Waits until readers see the end of a transaction: the brokers answer a commit before they have
 * told all partitions of it, so that a reader right after it may miss its messages.
 */
final class TransactionEnds {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final AdminCalls admin;

  TransactionEnds(AdminCalls admin) {
    this.admin = admin;
  }

  /** Waits, but not for long; what cannot be asked for is not waited for. */
  void await(String transactionalId) {
    long end = System.nanoTime() + LIMIT.toNanos();
    try {
      while (isEnding(transactionalId) && System.nanoTime() < end) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } catch (KadbException e) {
      // The transaction has ended all the same.
    }
  }

  private boolean isEnding(String transactionalId) {
    TransactionState state =
        admin
            .ask(
                "asking for a Kafka transaction",
                LIMIT,
                client ->
                    client
                        .describeTransactions(
                            List.of(transactionalId),
                            AdminCalls.within(LIMIT, new DescribeTransactionsOptions()))
                        .description(transactionalId)
                        .toCompletionStage())
            .state();
    return state == TransactionState.PREPARE_COMMIT || state == TransactionState.PREPARE_ABORT;
  }
}
