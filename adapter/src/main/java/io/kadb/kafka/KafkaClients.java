package io.kadb.kafka;

import io.kadb.error.KadbException;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kafka clients of this process: a new one costs 50 to 150 ms, so those not in use are kept for
 * the next statement, by their properties, until they were idle for a while.
 *
 * <p>Thread-safe. Closing clients happens on one daemon thread, which ends when no client is idle.
 */
public final class KafkaClients implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaClients.class);
  private static final Duration SHARED_IDLE = Duration.ofSeconds(30);

  /** A client that failed may have requests under way; they are not waited for any longer. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private static final Duration CLOSER_IDLE = Duration.ofMillis(500);

  private final ScheduledThreadPoolExecutor closer;
  private final IdlePool<Consumer<byte[], byte[]>> consumers;
  private final IdlePool<Admin> admins;
  private final IdlePool<TransactionalProducer> producers;
  private final KnownTopics topics = new KnownTopics();
  private final ScanCounters scans = new ScanCounters();

  private static final class Shared {
    static final KafkaClients CLIENTS =
        new KafkaClients(SHARED_IDLE, Math.max(16, 2 * Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Creates clients apart from the shared ones.
   *
   * @param idle how long a client may be unused before it is closed
   * @param maxIdlePerKey how many unused clients of one kind and with the same properties are kept
   */
  public KafkaClients(Duration idle, int maxIdlePerKey) {
    this(idle, maxIdlePerKey, ClientSettings::newConsumer);
  }

  KafkaClients(
      Duration idle,
      int maxIdlePerKey,
      Function<ClientProperties, Consumer<byte[], byte[]>> newConsumer) {
    closer = new ScheduledThreadPoolExecutor(1, work -> daemon("kadb-kafka-closer", work));
    closer.setKeepAliveTime(CLOSER_IDLE.toMillis(), TimeUnit.MILLISECONDS);
    closer.allowCoreThreadTimeOut(true);
    closer.setRemoveOnCancelPolicy(true);
    closer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    consumers =
        new IdlePool<>(newConsumer, KafkaClients::closeConsumer, idle, maxIdlePerKey, closer);
    admins =
        new IdlePool<>(
            ClientSettings::newAdmin, KafkaClients::closeAdmin, idle, maxIdlePerKey, closer);
    producers =
        new IdlePool<>(
            ClientSettings::newTransactionalProducer,
            KafkaClients::closeProducer,
            idle,
            maxIdlePerKey,
            closer);
  }

  /** Returns the clients that all connections of this process share; they need no closing. */
  public static KafkaClients shared() {
    return Shared.CLIENTS;
  }

  /** Returns what the brokers of these properties say about their topics. */
  public TopicOffsets offsets(ClientProperties client) {
    return offsets(client, () -> false);
  }

  /**
   * Returns what the brokers of these properties say about their topics, to somebody who may lose
   * interest.
   *
   * @param cancelled whether the answer is not wanted any more; asked many times a second from the
   *     thread that waits
   */
  public TopicOffsets offsets(ClientProperties client, BooleanSupplier cancelled) {
    return new AdminTopicOffsets(new AdminCalls(admins, client, cancelled), topics);
  }

  /**
   * Returns what the brokers of these properties keep for consumer groups.
   *
   * @param cancelled as for {@link #offsets(ClientProperties, BooleanSupplier)}
   */
  public GroupOffsets groups(ClientProperties client, BooleanSupplier cancelled) {
    return new AdminGroupOffsets(new AdminCalls(admins, client, cancelled));
  }

  /**
   * Returns a survey of the cluster of these properties.
   *
   * @param cancelled as for {@link #offsets(ClientProperties, BooleanSupplier)}
   */
  public ClusterSurvey survey(ClientProperties client, BooleanSupplier cancelled) {
    return new ClusterSurvey(this, client, cancelled, new AdminCalls(admins, client, cancelled));
  }

  /**
   * Returns what these brokers say of the times at which messages were appended.
   *
   * @param cancelled as for {@link #offsets(ClientProperties, BooleanSupplier)}
   */
  public AppendTimes appendTimes(ClientProperties client, BooleanSupplier cancelled) {
    return new AppendTimes(
        offsets(client, cancelled), new FirstMessages(this, client, cancelled), this);
  }

  /** Does a piece of work on a thread of its own, on which clients may be made. */
  public <T> CompletableFuture<T> inBackground(String name, Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> daemon(name, task).start());
  }

  ScanCounters scans() {
    return scans;
  }

  /** Returns what the scans with these clients have done. */
  public ScanActivity activity() {
    return scans.activity();
  }

  /** Lends a consumer without assignment. */
  ConsumerLease lendConsumer(ClientProperties client) {
    try {
      return new ConsumerLease(client, consumers.borrow(client), consumers);
    } catch (KadbException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new KafkaErrors(client).translate(e, "starting a Kafka client");
    }
  }

  /** Lends a producer that can begin a transaction; call it on a {@link #daemon} thread. */
  TransactionalProducer borrowProducer(ClientProperties client) {
    return producers.borrow(client);
  }

  /** Waits a little until readers see that a transaction has ended. */
  void awaitEnd(ClientProperties client, TransactionalProducer producer) {
    new TransactionEnds(new AdminCalls(admins, client, () -> false)).await(producer.id());
  }

  /** Takes a producer back that is in no transaction. */
  void giveBackProducer(ClientProperties client, TransactionalProducer producer) {
    producers.giveBack(client, producer);
  }

  /** Takes a producer back that cannot be used again. */
  void retireProducer(TransactionalProducer producer) {
    producers.retire(producer);
  }

  /** Returns how many of the consumers wait for their next use. */
  public int idleConsumers() {
    return consumers.idle();
  }

  /** Returns how many of the consumers are in use. */
  public int borrowedConsumers() {
    return consumers.borrowed();
  }

  /** Returns how many clients wait for their next use. */
  public int idle() {
    return consumers.idle() + admins.idle() + producers.idle();
  }

  /** Returns how many clients are in use. */
  public int borrowed() {
    return consumers.borrowed() + admins.borrowed() + producers.borrowed();
  }

  /** Closes the clients nobody uses at the moment, before their time. */
  public void closeIdle() {
    consumers.closeIdle();
    admins.closeIdle();
    producers.closeIdle();
  }

  /** Closes the idle clients now and the others when they are given back. Idempotent. */
  @Override
  public void close() {
    consumers.close();
    admins.close();
    producers.close();
    closer.shutdown();
    try {
      closer.awaitTermination(2 * CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeConsumer(Consumer<byte[], byte[]> consumer) {
    try {
      consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
    } catch (RuntimeException e) {
      LOG.debug("a consumer did not close well", e);
    }
  }

  private static void closeProducer(TransactionalProducer producer) {
    try {
      producer.producer().close(CLOSE_LIMIT);
    } catch (RuntimeException e) {
      LOG.debug("a producer did not close well", e);
    }
  }

  private static void closeAdmin(Admin admin) {
    try {
      admin.close(CLOSE_LIMIT);
    } catch (RuntimeException e) {
      LOG.debug("an admin client did not close well", e);
    }
  }

  /**
   * Returns a thread that does not keep the process alive. It inherits nothing of the caller, above
   * all not its context class loader: Kafka looks there for login modules and the like, and an
   * application that loaded kadb in a loader of its own has another one there.
   */
  static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(KafkaClients.class.getClassLoader());
    return thread;
  }
}
