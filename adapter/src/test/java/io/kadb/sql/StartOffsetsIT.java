package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Where a consuming SELECT starts in each partition. */
class StartOffsetsIT extends TwoStoresFixture {
  private static final String STRICT = "k_automatic_offsets 'false'";

  private TestTopic topic;

  private void topic(int partitions, String... messagesEach) {
    topic = kafka.newTopic("start", partitions);
    for (int p = 0; p < partitions; p++) {
      topic.send(p, messagesEach);
    }
  }

  @Test
  void readsNewPartitionsFromTheStartAndSaysSo() throws SQLException {
    topic(2, "a");
    table("t (v text)", topic);

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("a", "a");

    assertThat(sql.warnings()).hasSize(2).allMatch(w -> w.startsWith("00000 "));
    assertThat(sql.warnings().get(0)).contains(topic.name() + "[0]", "offset 0");
    assertThat(sql.warnings().get(1)).contains(topic.name() + "[1]", "offset 0");
    sql.rows("SELECT v FROM t");
    assertThat(sql.warnings()).isEmpty();
  }

  @Test
  void readsNewPartitionsFromTheInitialOffset() throws SQLException {
    topic(1, "a", "b", "c");
    table("t (v text)", topic, "k_initial_offset '2'");

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("c");

    assertThat(sql.warnings()).singleElement().asString().contains("offset 2");
    assertThat(offsets("t")).containsExactly("0|3");
  }

  @Test
  void raisesAnInitialOffsetToTheEarliest() throws SQLException {
    topic(1, "a", "b", "c");
    topic.deleteRecordsBefore(0, 2);
    table("t (v text)", topic, "k_initial_offset '1'");

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("c");

    assertThat(sql.warnings()).hasSize(2);
    assertThat(sql.warnings().get(1)).startsWith("00000").contains("[0]", "1", "2");
  }

  @Test
  void raisesAStoredOffsetToTheEarliestAndSaysSo() throws SQLException {
    topic(2, "a", "b", "c", "d");
    table("t (v text)", topic);
    storeOffset("t", 0, 1);
    storeOffset("t", 1, 1);
    topic.deleteRecordsBefore(1, 3);

    assertThat(sql.rows("SELECT v FROM t")).containsExactlyInAnyOrder("b", "c", "d", "d");

    assertThat(sql.warnings())
        .singleElement()
        .asString()
        .startsWith("00000 " + topic.name() + "[1]")
        .contains("offset 1 ", "offset 3");
    assertThat(offsets("t")).containsExactly("0|4", "1|4");
  }

  @Test
  void refusesAStoredOffsetBelowTheEarliestWhenNotAutomatic() throws SQLException {
    topic(1, "a", "b", "c");
    table("t (v text)", topic, STRICT);
    storeOffset("t", 0, 1);
    topic.deleteRecordsBefore(0, 2);

    String error = refused("55000", () -> sql.rows("SELECT v FROM t"));

    assertThat(error).contains(topic.name() + "[0]").contains("offset 1 ");
    assertThat(error).contains("earliest offset 2");
    assertThat(offsets("t")).containsExactly("0|1");
  }

  @Test
  void doesNotReadNewPartitionsWhenNotAutomatic() throws SQLException {
    topic(3, "a", "b");
    table("t (v text)", topic, STRICT);
    storeOffset("t", 1, 1);

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("b");

    assertThat(sql.warnings()).isEmpty();
    assertThat(offsets("t")).containsExactly("1|2");
  }

  @Test
  void warnsWhenThereIsNoPartitionToRead() throws SQLException {
    topic(2, "a");
    table("t (v text)", topic, STRICT);

    assertThat(sql.rows("SELECT v FROM t")).isEmpty();

    assertThat(sql.warnings())
        .singleElement()
        .asString()
        .startsWith("01000")
        .contains(topic.name());
    assertThat(offsets("t")).isEmpty();
  }

  @Test
  void refusesAStoredOffsetPastTheEnd() throws SQLException {
    topic(2, "a", "b");
    table("t (v text)", topic);
    table("strict (v text)", topic, STRICT);
    for (String table : new String[] {"t", "strict"}) {
      storeOffset(table, 0, 0);
      storeOffset(table, 1, 3);

      String error = refused("55000", () -> sql.rows("SELECT v FROM " + table));

      assertThat(error).contains(topic.name() + "[1]");
      assertThat(error).contains("offset 3").contains("end offset 2");
      assertThat(offsets(table)).containsExactly("0|0", "1|3");
    }
  }

  @Test
  void takesAStoredOffsetAtTheEnd() throws SQLException {
    topic(1, "a", "b");
    table("t (v text)", topic);
    storeOffset("t", 0, 2);

    assertThat(sql.rows("SELECT v FROM t")).isEmpty();
    topic.send(0, "c");

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("c");
    assertThat(sql.warnings()).isEmpty();
  }

  @Test
  void takesAStoredOffsetAtTheEndOfAPartitionThatRetentionEmptied() throws SQLException {
    topic(1, "a", "b");
    topic.deleteRecordsBefore(0, 2);
    table("t (v text)", topic);

    assertThat(sql.rows("SELECT v FROM t")).isEmpty();
    assertThat(offsets("t")).containsExactly("0|2");
    topic.send(0, "c");

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("c");
  }

  @Test
  void keepsStoredPartitionsThatKafkaDoesNotHave() throws SQLException {
    topic(1, "a");
    table("t (v text)", topic);
    storeOffset("t", 7, 42);

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("a");

    assertThat(offsets("t")).containsExactly("0|1", "7|42");
  }

  @Test
  void refusesStoredPartitionsThatKafkaDoesNotHaveWhenNotAutomatic() throws SQLException {
    topic(1, "a");
    table("t (v text)", topic, STRICT);
    storeOffset("t", 0, 0);
    storeOffset("t", 7, 42);

    String error = refused("55000", () -> sql.rows("SELECT v FROM t"));

    assertThat(error).contains(topic.name() + "[7]");
    assertThat(offsets("t")).containsExactly("0|0", "7|42");
  }
}
