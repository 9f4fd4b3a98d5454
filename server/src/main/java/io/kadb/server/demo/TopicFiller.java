package io.kadb.server.demo;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Creates the topics of demo and examples and produces the records of the files to them. Which
 * record lands in which partition is the same each time: it follows from the key.
 *
 * @param brokers where to connect, {@code host:port,...}
 */
public record TopicFiller(String brokers) {
  /** CSV, keyed by the airport's code. */
  public static final String AIRPORTS = "airports";

  /** CSV, keyed by the day. */
  public static final String WEATHER = "weather";

  /** Text: an airport's name, keyed by its code. */
  public static final String AIRPORT_NAMES = "airport_names";

  private static final Map<String, Integer> PARTITIONS =
      Map.of(AIRPORTS, 4, WEATHER, 3, AIRPORT_NAMES, 2);
  private static final int CODE = 0;
  private static final int NAME = 1;
  private static final int DAY = 1;

  /** Creates the three topics. */
  public void createTopics() {
    List<NewTopic> topics =
        PARTITIONS.entrySet().stream()
            .map(t -> new NewTopic(t.getKey(), Optional.of(t.getValue()), Optional.empty()))
            .toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      await(admin.createTopics(topics).all());
    }
  }

  /** Produces records of {@link RecordFile#AIRPORTS} to the topics of airports and of names. */
  public void produceAirports(Collection<String> records) {
    produce(AIRPORTS, records, fields -> fields[CODE], Optional.empty());
    produce(AIRPORT_NAMES, records, fields -> fields[CODE], Optional.of(fields -> fields[NAME]));
  }

  /** Produces records of {@link RecordFile#WEATHER}. */
  public void produceWeather(Collection<String> records) {
    produce(WEATHER, records, fields -> fields[DAY], Optional.empty());
  }

  private void produce(
      String topic,
      Collection<String> records,
      Function<String[], String> key,
      Optional<Function<String[], String>> value) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", brokers);
    properties.put("acks", "all");
    properties.put("linger.ms", "5");
    // Of several requests in flight to a partition that is just being created, the first can be
    // refused and the second accepted; then the first is out of sequence for ever.
    properties.put("max.in.flight.requests.per.connection", "1");
    // On one machine nothing takes that long, unless the broker is gone.
    properties.put("request.timeout.ms", "10000");
    properties.put("delivery.timeout.ms", "30000");
    StringSerializer text = new StringSerializer();
    try (Producer<String, String> producer = new KafkaProducer<>(properties, text, text)) {
      List<Future<?>> sent =
          records.stream()
              .map(
                  record -> {
                    String[] fields = fields(record);
                    String message = value.map(f -> f.apply(fields)).orElse(record);
                    return producer.send(new ProducerRecord<>(topic, key.apply(fields), message));
                  })
              .collect(Collectors.toUnmodifiableList());
      producer.flush();
      sent.forEach(TopicFiller::await);
    }
  }

  private static String[] fields(String record) {
    try (CSVParser parser = CSVParser.parse(record, CSVFormat.RFC4180)) {
      return parser.iterator().next().values();
    } catch (IOException e) {
      throw new IllegalArgumentException("not a CSV record: " + record, e);
    }
  }

  private static void await(Future<?> done) {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka refused: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while producing", e);
    }
  }
}
