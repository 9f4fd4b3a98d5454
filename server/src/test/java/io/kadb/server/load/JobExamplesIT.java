package io.kadb.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Captured;
import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.TestPostgres;
import io.kadb.testing.TestRegistry;
import io.kadb.testing.TestTopic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job files of the examples, run against a real broker, a real PostgreSQL and a real schema
 * registry: only addresses, names of topics and the login are others.
 */
@KafkaTest
@PostgresTest
@Timeout(180)
class JobExamplesIT {
  @TempDir Path folder;
  private KafkaCluster kafka;
  private TestPostgres postgres;

  @BeforeEach
  void take(KafkaCluster cluster, TestPostgres database) {
    kafka = cluster;
    postgres = database;
  }

  /** Creates the target as the file's comment says it, after what an earlier run left. */
  private String createTarget(String file) throws Exception {
    String statement =
        example(file)
            .lines()
            .filter(line -> line.startsWith("#   CREATE TABLE "))
            .map(line -> line.substring(1).strip())
            .findFirst()
            .orElseThrow();
    String table = statement.split(" ")[2];
    postgres.execute("DROP TABLE IF EXISTS " + table, statement);
    return table;
  }

  private static String example(String file) throws IOException {
    Path repository = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(repository.resolve("sql-examples/jobs"))) {
      repository = repository.getParent();
    }
    return Files.readString(repository.resolve("sql-examples/jobs").resolve(file));
  }

  private Captured load(String file, TestTopic topic, String registry) throws Exception {
    String here =
        example(file)
            .replaceAll("(?m)^DATABASE: .*", "DATABASE: " + postgres.database())
            .replaceAll("(?m)^USER: .*", "USER: " + postgres.user())
            .replaceAll("(?m)^PASSWORD: .*\\R", "")
            .replaceAll("(?m)^PORT: .*", "PORT: " + postgres.port())
            .replaceAll("(?m)^HOST: .*", "HOST: 127.0.0.1")
            .replaceAll("(?m)^( *BROKERS:) .*", "$1 " + kafka.bootstrapServers())
            .replaceAll("(?m)^( *TOPIC:) .*", "$1 " + topic.name())
            .replace("http://localhost:8081", registry);
    Path job = Files.writeString(folder.resolve(file), here);
    return Captured.run("load", job.toString(), "--quit-at-eof");
  }

  private List<String> rows(String query) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + postgres.database(),
                postgres.user(),
                "");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
      }
      return rows;
    }
  }

  @Test
  void expensesAreAppended() throws Exception {
    String table = createTarget("expenses.yaml");
    TestTopic topic = kafka.newTopic("expenses", 2);
    topic.send(0, "1,2,ignored,12.50,lunch", "2,2,,0.99,", "x,2,,1,bad");
    topic.send(1, "3,3,\"a,b\",1000,\"a \"\"note\"\"\"");
    Captured run = load("expenses.yaml", topic, "");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(rows("SELECT * FROM " + table + " ORDER BY id"))
        .containsExactly("1|2|12.50|lunch", "2|2|0.99|null", "3|3|1000.00|a \"note\"");
    assertThat(run.output()).contains("3 rows loaded").contains("1 message rejected");
  }

  @Test
  void customersAreMergedByTheirVersion() throws Exception {
    String table = createTarget("customers.yaml");
    TestTopic topic = kafka.newTopic("customers", 1);
    topic.send(
        0,
        "{\"id\": 1, \"name\": \" Ann \", \"address\": {\"city\": \"Oslo\"}, \"version\": 2}",
        "{\"id\": 1, \"name\": \"old\", \"version\": 1}",
        "{\"id\": 2, \"name\": \"Bob\", \"version\": 1}",
        "{\"name\": \"nobody\"}");
    Captured run = load("customers.yaml", topic, "");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    String query =
        "SELECT id, name, city, version, source->>'offset' FROM " + table + " ORDER BY 1";
    assertThat(rows(query)).containsExactly("1|Ann|Oslo|2|0", "2|Bob|null|1|2");
    topic.send(0, "{\"id\": 2, \"gone\": true, \"version\": 2}", "{\"id\": 3, \"version\": 1}");
    run = load("customers.yaml", topic, "");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(rows(query)).containsExactly("1|Ann|Oslo|2|0", "3|null|null|1|5");
  }

  @Test
  void sensorsAreUpdated() throws Exception {
    String table = createTarget("measurements.yaml");
    postgres.execute(
        "INSERT INTO " + table + " VALUES (1, 'roof', 1, '2024-01-01'), (2, 'storeroom', 2, NULL)");
    TestTopic topic = kafka.newTopic("measurements", 4);
    topic.send(0, "1||'ro||of'||20.5||2024-02-01 10:00:00;\n1||roof||21.5||2024-02-01 09:00:00;\n");
    topic.send(1, "1||roof||9||2024-02-02 10:00:00;\n");
    topic.send(2, "2||cellar||3||2024-02-01 10:00:00;\n9||new||1||2024-02-01 10:00:00;\n");
    Captured run = load("measurements.yaml", topic, "");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    // Partition 1 is not loaded, the storeroom is left alone, and nothing is added.
    assertThat(rows("SELECT sensor_id, place, celsius, measured_at FROM " + table + " ORDER BY 1"))
        .containsExactly("1|roof|20.5|2024-02-01 10:00:00", "2|storeroom|2.0|null");
  }

  @Test
  void tripsAreTakenOutOfAvro() throws Exception {
    String table = createTarget("trips.yaml");
    TestTopic topic = kafka.newTopic("trips", 1);
    TestRegistry registry = TestRegistry.started();
    String schema =
        """
        {"type": "record", "name": "Trip", "fields": [
          {"name": "id", "type": "long"},
          {"name": "vehicle", "type": ["null", "string"]},
          {"name": "price", "type": {"type": "bytes", "logicalType": "decimal",
            "precision": 9, "scale": 2}}]}""";
    int id = registry.register(topic.name() + "-value", schema.replaceAll("\\s+", " "));
    topic.send(
        List.of(
            record(topic, "ann", avro(id, schema, 1L, "bus", 1250)),
            record(topic, "bob", avro(id, schema, 2L, null, -5))));
    Captured run = load("trips.yaml", topic, registry.address().toString());
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(rows("SELECT * FROM " + table + " ORDER BY id"))
        .containsExactly("1|bus|12.50|ann", "2|null|-0.05|bob");
  }

  private static ProducerRecord<byte[], byte[]> record(TestTopic topic, String key, byte[] value) {
    return new ProducerRecord<>(topic.name(), 0, key.getBytes(StandardCharsets.UTF_8), value);
  }

  private static byte[] avro(int id, String schema, Object... fields) throws IOException {
    Schema parsed = new Schema.Parser().parse(schema);
    GenericData.Record trip = new GenericData.Record(parsed);
    trip.put("id", fields[0]);
    trip.put("vehicle", fields[1]);
    int cents = (int) fields[2];
    trip.put("price", ByteBuffer.wrap(ByteBuffer.allocate(4).putInt(cents).array()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.writeBytes(ByteBuffer.allocate(4).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericData.Record>(parsed).write(trip, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
