package io.kadb.kafka;

import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes clients: the user's properties, what kadb depends on, and defaults for fast scans. */
final class ClientSettings {
  /** Properties of group members. A segment assigns its partitions itself and joins no group. */
  private static final Set<String> OF_GROUPS =
      Set.of(
          ConsumerConfig.GROUP_ID_CONFIG,
          ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
          ConsumerConfig.GROUP_PROTOCOL_CONFIG,
          ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG,
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
          ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
          ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
          ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG);

  private static final Map<String, String> CONSUMER_ALWAYS =
      Map.of(
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");

  /**
   * A short wait at the broker matters most: closing a consumer, and every fetch that asks a
   * partition with nothing left, stands behind it. The fetch sizes are bounded, by the heap as
   * well, because a consumer holds up to two responses of each broker, and each segment of each
   * scan has a consumer.
   */
  private static final Map<String, String> CONSUMER_DEFAULTS =
      Map.of(
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          "read_committed",
          ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
          "25",
          ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
          Long.toString(bounded(2 << 20, 512)),
          ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
          Long.toString(bounded(8 << 20, 128)),
          ConsumerConfig.RECEIVE_BUFFER_CONFIG,
          Integer.toString(1 << 20),
          ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
          "4000");

  /** Hardly any wait: a consumer asks once more before it knows that it has all. */
  private static final Map<String, String> FOR_WHAT_IS_THERE =
      Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "1");

  private static final Map<String, String> FOR_FEW_MESSAGES =
      Map.of(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(64 << 10));

  /** No MBeans and no metrics sent to brokers: a client may live for one statement only. */
  private static final Map<String, String> COMMON_DEFAULTS =
      Map.of(
          CommonClientConfigs.CLIENT_ID_CONFIG, "kadb",
          CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "",
          CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");

  /** From the default to one record at a time there are three steps. */
  private static final int FEWER = 16;

  /**
   * How long a step of a transaction may take, above all the first one of a cluster, which has to
   * make a topic for its transactions.
   */
  private static final Duration TRANSACTION_STEP = Duration.ofSeconds(10);

  /** After this time brokers abort a transaction whose process has died: until then it is open. */
  private static final String TRANSACTION_LIMIT_MS = "300000";

  private ClientSettings() {}

  /** Returns so many bytes, or a share of the heap if that is less, but never below 256 KiB. */
  private static long bounded(long bytes, int share) {
    return Math.max(256 << 10, Math.min(bytes, Runtime.getRuntime().maxMemory() / share));
  }

  /** Returns a new consumer; call it on a {@link KafkaClients#daemon} thread. */
  static Consumer<byte[], byte[]> newConsumer(ClientProperties client) {
    try {
      return new BoundedConsumer(consumer(client));
    } catch (KafkaException e) {
      throw StartErrors.of(e, client);
    }
  }

  /** Returns a new admin client; call it on a {@link KafkaClients#daemon} thread. */
  static Admin newAdmin(ClientProperties client) {
    try {
      return Admin.create(admin(client));
    } catch (KafkaException e) {
      throw StartErrors.of(e, client);
    }
  }

  /**
   * Returns a new producer; call it on a {@link KafkaClients#daemon} thread.
   *
   * @param limit how long brokers may be silent
   */
  static Producer<byte[], byte[]> newProducer(ClientProperties client, Duration limit) {
    try {
      ByteArraySerializer bytes = new ByteArraySerializer();
      return new KafkaProducer<>(producer(client, limit), bytes, bytes);
    } catch (KafkaException e) {
      throw StartErrors.of(e, client);
    }
  }

  /** Returns the settings of a producer. */
  static Map<String, Object> producer(ClientProperties client, Duration limit) {
    Map<String, Object> settings = new HashMap<>(COMMON_DEFAULTS);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(limit.toMillis()));
    settings.putAll(suitable(client, ProducerConfig.configNames()));
    settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    return settings;
  }

  /**
   * Returns a new producer for transactions, ready to begin one; call it on a {@link
   * KafkaClients#daemon} thread.
   */
  static TransactionalProducer newTransactionalProducer(ClientProperties client) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    Map<String, Object> settings = transactionalProducer(client);
    KafkaProducer<byte[], byte[]> producer;
    try {
      producer = new KafkaProducer<>(settings, bytes, bytes);
    } catch (KafkaException e) {
      throw StartErrors.of(e, client);
    }
    try {
      producer.initTransactions();
      String id = settings.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG).toString();
      return new TransactionalProducer(id, producer);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Returns the settings of a producer for transactions. A transactional id belongs to one
   * producer: an id that the user names is only the beginning of it.
   */
  static Map<String, Object> transactionalProducer(ClientProperties client) {
    Map<String, Object> settings = producer(client, TRANSACTION_STEP);
    settings.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_LIMIT_MS);
    boolean timesGiven =
        settings.containsKey(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)
            || settings.containsKey(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
    if (!timesGiven) {
      settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
      settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000");
    }
    String prefix = client.values().getOrDefault(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "kadb");
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, prefix + "-" + UUID.randomUUID());
    return settings;
  }

  /** Returns the settings of a reading consumer. */
  static Map<String, Object> consumer(ClientProperties client) {
    Map<String, Object> settings = new HashMap<>(COMMON_DEFAULTS);
    settings.putAll(CONSUMER_DEFAULTS);
    settings.putAll(suitable(client, ConsumerConfig.configNames()));
    settings.keySet().removeAll(OF_GROUPS);
    settings.putAll(CONSUMER_ALWAYS);
    return settings;
  }

  /**
   * Returns the properties of consumers that unpack fewer records in a poll, or nothing if these
   * take one at a time.
   */
  static Optional<ClientProperties> withFewerRecords(ClientProperties client) {
    String name = ConsumerConfig.MAX_POLL_RECORDS_CONFIG;
    int records = Integer.parseInt(consumer(client).get(name).toString().strip());
    if (records <= 1) {
      return Optional.empty();
    }
    Map<String, String> fewer = new HashMap<>(client.values());
    fewer.put(name, Integer.toString(Math.max(1, records / FEWER)));
    return Optional.of(new ClientProperties(fewer));
  }

  /**
   * Returns the properties of consumers that read only what is there: brokers need not wait for
   * more, and whoever has the consumer next need not wait for them. What the user has set stays.
   */
  static ClientProperties forWhatIsThere(ClientProperties client) {
    return withDefaults(client, FOR_WHAT_IS_THERE);
  }

  private static ClientProperties withDefaults(
      ClientProperties client, Map<String, String> defaults) {
    Map<String, String> all = new HashMap<>(defaults);
    all.putAll(client.values());
    return new ClientProperties(all);
  }

  /**
   * Returns the properties of consumers that read few messages, all of which are there: brokers
   * need not wait for more, nor read far beyond. What the user has set stays.
   */
  static ClientProperties forFewMessages(ClientProperties client) {
    return withDefaults(forWhatIsThere(client), FOR_FEW_MESSAGES);
  }

  /** Returns the settings of an admin client. */
  static Map<String, Object> admin(ClientProperties client) {
    Map<String, Object> settings = new HashMap<>(COMMON_DEFAULTS);
    settings.putAll(suitable(client, AdminClientConfig.configNames()));
    // The client insists that a call may last as long as one request; kadb sets the time of each
    // call itself.
    settings.computeIfAbsent(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        name -> settings.get(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG));
    return settings;
  }

  /**
   * Returns the properties that a kind of client knows, and those no kind knows (a plugged-in class
   * may): otherwise each client would warn of the others' properties.
   */
  private static Map<String, String> suitable(ClientProperties client, Set<String> known) {
    Set<String> foreign = new HashSet<>(ConsumerConfig.configNames());
    foreign.addAll(ProducerConfig.configNames());
    foreign.addAll(AdminClientConfig.configNames());
    foreign.removeAll(known);
    Map<String, String> suitable = new HashMap<>(client.values());
    suitable.keySet().removeAll(foreign);
    return suitable;
  }
}
