package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import io.kadb.testing.TestTransaction;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Topics that transactions write to: what is not committed is never seen and never counts. */
class TransactionalTopicIT extends TableFixture {
  private TestTopic topic;

  @BeforeEach
  void createTopic() {
    topic = kafka.newTopic("transactional", 1);
  }

  /** Offsets 0–2, marker 3, aborted 4–5, marker 6, 7, marker 8. */
  private void sendMixture() {
    topic.sendCommitted(0, "a", "b", "c");
    topic.sendAborted(0, "x", "y");
    topic.sendCommitted(0, "d");
  }

  @Test
  void givesCommittedMessagesOnlyAndMovesPastTheLastMarker() throws SQLException {
    sendMixture();
    table("t (v text)", topic);

    assertThat(sql.rows("SELECT v, _offset FROM t")).containsExactly("a|0", "b|1", "c|2", "d|7");
    assertThat(offsets("t")).containsExactly("0|9");
    assertThat(sql.rows("SELECT v FROM t")).isEmpty();
    assertThat(offsets("t")).containsExactly("0|9");
  }

  @Test
  void countsCommittedMessagesOnly() throws SQLException {
    sendMixture();
    table("t (v text)", topic, "k_seg_batch '3'");

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("a", "b", "c");
    assertThat(sql.rows("SELECT v FROM t")).containsExactly("d");
    assertThat(sql.rows("SELECT v FROM t")).isEmpty();
    assertThat(offsets("t")).containsExactly("0|9");
  }

  @Test
  void movesPastMarkersThatAreAllThatIsLeft() throws SQLException {
    sendMixture();
    table("t (v text)", topic);
    storeOffset("t", 0, 8);

    assertThat(sql.rows("SELECT v FROM t")).isEmpty();

    assertThat(offsets("t")).containsExactly("0|9");
  }

  @Test
  void movesPastAbortedMessagesThatAreAllThereIs() throws SQLException {
    topic.sendAborted(0, "x", "y");
    table("t (v text)", topic);

    assertThat(sql.rows("SELECT v FROM t")).isEmpty();

    assertThat(offsets("t")).containsExactly("0|3");
  }

  @Test
  void doesNotSeeATransactionThatIsOpenNorWhatFollowsIt() throws SQLException {
    topic.send(0, "before");
    table("t (v text)", topic);
    try (TestTransaction open = topic.beginTransaction().send(0, "inside")) {
      topic.send(0, "after");

      assertThat(sql.rows("SELECT v FROM t")).containsExactly("before");
      assertThat(offsets("t")).containsExactly("0|1");
      open.commit();
    }

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("inside", "after");
    assertThat(offsets("t")).containsExactly("0|4");
  }

  @Test
  void seesEverythingWhenTheIsolationLevelSaysSo() throws SQLException {
    sendMixture();
    table("t (v text)", topic, "\"#isolation.level\" 'read_uncommitted'");

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("a", "b", "c", "x", "y", "d");
    assertThat(offsets("t")).containsExactly("0|9");
  }

  @Test
  void snapshotsHoldCommittedMessagesOnly() throws SQLException {
    sendMixture();
    table("t (v text)", topic, "k_scan_mode 'snapshot'");

    assertThat(sql.rows("SELECT v FROM t")).containsExactly("a", "b", "c", "d");
  }
}
