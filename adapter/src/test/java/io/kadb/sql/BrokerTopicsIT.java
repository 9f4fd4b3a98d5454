package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Topics of the brokers that a connection was given, without any definition. */
class BrokerTopicsIT extends TwoStoresFixture {
  private SqlClient withBrokers(String... properties) throws SQLException {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("brokers=" + kafka.bootstrapServers());
    return connect(all.toArray(String[]::new));
  }

  @Test
  void areReadWholeAndMoveNothingWhateverTheMode() throws SQLException {
    TestTopic topic = kafka.newTopic("Web.Clicks-of today".replace(' ', '_'), 2);
    topic.send(0, "a", "b,c");
    topic.sendKeyed(1, "k", null);
    SqlClient client = withBrokers("scanMode=consume");
    String name = "topics.\"" + topic.name() + "\"";

    for (int round = 0; round < 2; round++) {
      assertThat(client.rows("SELECT _partition, value FROM " + name + " ORDER BY _offset, 1"))
          .containsExactly("0|a", "1|null", "0|b,c");
    }
    assertThat(String.join(" ", client.rows("EXPLAIN PLAN FOR SELECT * FROM " + name)))
        .contains("mode snapshot");
    assertThat(client.rows("SELECT * FROM kadb.offsets WHERE off IS NULL")).isEmpty();
    assertThat(client.rows("SELECT * FROM kadb.foreign_tables WHERE table_schema = 'topics'"))
        .isEmpty();
  }

  @Test
  void areJoinedWithEachOtherAndWithDefinedTables() throws SQLException {
    TestTopic one = kafka.newTopic("one", 1);
    TestTopic two = kafka.newTopic("two", 1);
    one.send(0, "1", "2");
    two.send(0, "2", "3");
    table("defined (id int)", two);
    SqlClient client = withBrokers("schema=topics");

    assertThat(
            client.rows(
                "SELECT a.value, d.id FROM \"%s\" a JOIN \"%s\" b ON a.value = b.value JOIN"
                        .formatted(one.name(), two.name())
                    + " public.defined d ON d.id = CAST(b.value AS INTEGER)"))
        .containsExactly("2|2");
    assertThat(offsets("defined")).containsExactly("0|2");
  }

  @Test
  void areInTheMetadata() throws SQLException {
    TestTopic topic = kafka.newTopic("shown", 1);
    SqlClient client = withBrokers();

    try (ResultSet tables =
        client.connection().getMetaData().getTables(null, "topics", topic.name(), null)) {
      assertThat(tables.next()).isTrue();
      assertThat(tables.getString("TABLE_TYPE")).isEqualTo("FOREIGN TABLE");
      assertThat(tables.getString("REMARKS")).contains(topic.name(), "server kafka");
    }
    try (ResultSet all = client.connection().getMetaData().getTables(null, "topics", "%", null)) {
      while (all.next()) {
        assertThat(all.getString("TABLE_NAME")).doesNotStartWith("__");
      }
    }
    assertThat(refused("42P01", () -> client.rows("SELECT * FROM topics.nosuch")))
        .contains("nosuch");
  }

  @Test
  void ofBrokersThatDoNotAnswerDisturbNothingElse() throws Throwable {
    SqlClient client = connect("brokers=" + NOBODY, "k_latency_ms=500");

    assertThat(client.value("SELECT 1")).isEqualTo("1");
    Duration took =
        time(
            () -> {
              try (ResultSet tables =
                  client.connection().getMetaData().getTables(null, "topics", "%", null)) {
                assertThat(tables.next()).isFalse();
              }
            });
    assertThat(took).isLessThan(Duration.ofSeconds(5));
    refused("08001", () -> client.rows("SELECT * FROM topics.anything"));
  }
}
