package io.kadb.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Captured;
import io.kadb.server.cli.ExitCode;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.TcpProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a load does when brokers or the warehouse are out of order. */
@KafkaTest(own = true)
class LoadFaultsIT extends LoadFixture {
  private final TcpProxy door = new TcpProxy();

  @BeforeEach
  void send() {
    door.forwardTo("127.0.0.1", postgres.port());
    topic.send(0, "1,one,1", "2,two,1");
    topic.send(1, "3,three,1");
  }

  @AfterEach
  void closeDoor() {
    door.close();
    kafka.proxy().restore();
    kafka.proxy().slow(Duration.ZERO);
  }

  @Override
  String brokers() {
    return kafka.proxiedBootstrapServers();
  }

  private RunningLoad start(boolean quitAtEof, Duration retryFor) {
    String url = "jdbc:kadb:?store=" + store(door.port()) + "&storeUser=" + postgres.user();
    return new RunningLoad(url, quitAtEof, retryFor);
  }

  private void awaitRows(long count) throws SQLException {
    RunningLoad.await(
        () -> postgres.queryLong("SELECT count(*) FROM target") == count,
        count + " rows in the target");
  }

  private void awaitWaiting() {
    RunningLoad.await(
        () -> postgres.queryLong("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0,
        "the load waits for the target");
  }

  @Test
  void goesOnWhenTheConnectionToTheWarehouseBreaks() throws Exception {
    try (RunningLoad load = start(false, Duration.ofMinutes(1))) {
      awaitRows(3);
      for (int round = 0; round < 2; round++) {
        try (Connection other = postgres.connect()) {
          other.setAutoCommit(false);
          Sql.run(other, "LOCK TABLE target IN ACCESS EXCLUSIVE MODE");
          topic.send(0, (100 + round) + ",more,1");
          topic.send(1, (200 + round) + ",more,1");
          awaitWaiting();
          door.cut();
          other.rollback();
        }
        awaitRows(5 + 2L * round);
      }
      assertThat(load.stop()).isEqualTo(ExitCode.OK);
      assertThat(load.errors()).contains("tries again", "goes on after");
      assertThat(load.progress().rows()).isEqualTo(7);
    }
    assertThat(offsets("src")).containsExactly("0|4", "1|3");
  }

  /** The commit takes a while, and the client does not live to see it. */
  @Test
  void findsOutWhetherACommitThatBrokeOffTookEffect() throws Exception {
    postgres.execute(
        "CREATE OR REPLACE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " PERFORM pg_sleep(CASE WHEN NEW.value = 'slow' THEN 2 ELSE 0 END);"
            + " RETURN NULL; END $$",
        "CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON target DEFERRABLE INITIALLY DEFERRED"
            + " FOR EACH ROW EXECUTE PROCEDURE linger()");
    try (RunningLoad load = start(false, Duration.ofMinutes(1))) {
      awaitRows(3);
      topic.send(0, "4,slow,1");
      RunningLoad.await(
          () ->
              postgres.queryLong(
                      "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                  > 0,
          "the commit lasts");
      door.cut();
      RunningLoad.await(() -> load.errors().contains("took effect"), "the word");
      topic.send(0, "5,five,1");
      awaitRows(5);
      assertThat(load.stop()).isEqualTo(ExitCode.OK);
      assertThat(load.errors()).contains("the commit that broke off took effect");
      assertThat(load.progress().rows()).isEqualTo(5);
    }
    assertThat(offsets("src")).containsExactly("0|4", "1|1");
  }

  /** The time of a batch is over before a large message has come through a slow line. */
  @Test
  void doesNotEndWellBeforeTheEndIsReached() throws Exception {
    assertThat(load().exitCode()).isZero();
    sql.update(
        "ALTER FOREIGN TABLE src OPTIONS (SET k_timeout_ms '1000', ADD k_latency_ms '2000')");
    postgres.execute("ALTER TABLE target ALTER value TYPE text");
    topic.send(0, "4," + "x".repeat(900_000) + ",1");
    kafka.proxy().slow(Duration.ofMillis(60));
    Captured ended = load("--retry-for", "0s");
    assertThat(ended.exitCode()).as(ended.errors()).isEqualTo(ExitCode.TRY_LATER);
    assertThat(ended.errors()).contains("partition 0 is at offset 2 of 3", "k_timeout_ms");
    Captured patient = load("--retry-for", "1m");
    assertThat(patient.exitCode()).as(patient.errors()).isZero();
    assertThat(offsets("src")).containsExactly("0|3", "1|1");
  }

  @Test
  void goesOnAfterMessagesWereRemovedWhileItReadThem() throws Exception {
    sql.update(
        "ALTER FOREIGN TABLE src OPTIONS (SET k_timeout_ms '3000', SET k_seg_batch '100000')");
    postgres.execute(
        "ALTER TABLE target ALTER value TYPE text",
        "CREATE OR REPLACE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " PERFORM pg_sleep(0.01); RETURN NEW; END $$",
        "CREATE TRIGGER slow BEFORE INSERT ON target FOR EACH ROW EXECUTE PROCEDURE slow()");
    String large = "y".repeat(50_000);
    for (int i = 0; i < 40; i++) {
      String[] messages = new String[50];
      for (int j = 0; j < messages.length; j++) {
        messages[j] = (100 + i * messages.length + j) + "," + large + ",1";
      }
      topic.send(0, messages);
    }
    long end = topic.endOffset(0);
    try (RunningLoad load = start(true, Duration.ofMinutes(1))) {
      RunningLoad.await(() -> load.progress().rows() > 200, "it is under way");
      topic.deleteRecordsBefore(0, end - 5);
      assertThat(load.awaitEnd()).as(load.errors()).isEqualTo(ExitCode.OK);
      assertThat(load.errors()).contains("messages were removed while they were read");
    }
    assertThat(offsets("src")).containsExactly("0|" + end, "1|1");
  }

  @Test
  void triesAgainAfterTheWarehouseEndedAnIdleTransaction() throws Exception {
    sql.update("ALTER FOREIGN TABLE src OPTIONS (SET k_timeout_ms '4000')");
    String role = "ALTER ROLE " + postgres.user();
    postgres.execute(role + " SET idle_in_transaction_session_timeout = '1s'");
    try (RunningLoad load = start(false, Duration.ofMinutes(1))) {
      RunningLoad.await(
          () -> load.errors().contains("tries again") || load.isOver(), "the session is ended");
      postgres.execute(role + " RESET idle_in_transaction_session_timeout");
      awaitRows(3);
      assertThat(load.stop()).as(load.errors()).isEqualTo(ExitCode.OK);
    } finally {
      postgres.execute(role + " RESET idle_in_transaction_session_timeout");
    }
  }

  /** The first offsets of the table: while they are not committed there is no row to wait for. */
  @Test
  void saysWhatBecameOfACommitThatBrokeOffWhenItWasToldToStop() throws Exception {
    lingerInCommit();
    try (RunningLoad load = start(true, Duration.ofMinutes(1))) {
      awaitCommit();
      load.request();
      door.cut();
      assertThat(load.awaitEnd()).as(load.errors()).isEqualTo(ExitCode.OK);
      assertThat(load.errors()).contains("the commit that broke off took effect");
      assertThat(load.progress().rows()).isEqualTo(3);
    }
    assertThat(target()).hasSize(3);
  }

  @Test
  void saysThatACommitIsInDoubtIfItCannotFindOut() throws Exception {
    lingerInCommit();
    try (RunningLoad load = start(true, Duration.ofMinutes(1))) {
      awaitCommit();
      load.request();
      door.refuse();
      assertThat(load.awaitEnd()).as(load.errors()).isEqualTo(ExitCode.STOPPED);
      assertThat(load.errors()).contains("whether the last batch was committed is not known");
    }
  }

  private void lingerInCommit() throws SQLException {
    postgres.execute(
        "CREATE OR REPLACE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " PERFORM pg_sleep(CASE WHEN NEW.id = 1 THEN 2 ELSE 0 END); RETURN NULL; END $$",
        "CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON target DEFERRABLE INITIALLY DEFERRED"
            + " FOR EACH ROW EXECUTE PROCEDURE linger()");
  }

  private void awaitCommit() {
    RunningLoad.await(
        () ->
            postgres.queryLong("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                > 0,
        "the commit lasts");
  }

  @Test
  void doesNotDenyACommitDuringWhichItWasAbandoned() throws Exception {
    lingerInCommit();
    try (RunningLoad load = start(true, Duration.ofMinutes(1))) {
      awaitCommit();
      assertThat(load.abandon()).as(load.errors()).isEqualTo(ExitCode.OK);
      assertThat(load.errors()).doesNotContain("nothing of it");
      assertThat(load.progress().rows()).isEqualTo(3);
    }
    assertThat(target()).hasSize(3);
    assertThat(offsets("src")).containsExactly("0|2", "1|1");
  }

  @Test
  void goesOnAfterTheWarehouseHasEndedItsSession() throws Exception {
    try (RunningLoad load = start(false, Duration.ofMinutes(1))) {
      awaitRows(3);
      postgres.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
      topic.send(0, "4,four,1");
      awaitRows(4);
      assertThat(load.stop()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void waitsForBrokersThatAreNotThere() throws Exception {
    kafka.proxy().refuse();
    try (RunningLoad load = start(true, Duration.ofMinutes(1))) {
      RunningLoad.await(() -> load.errors().contains("not reachable; tries again"), "the word");
      kafka.proxy().restore();
      assertThat(load.awaitEnd()).isEqualTo(ExitCode.OK);
      assertThat(load.errors().split("tries again", -1)).hasSize(2);
    }
    assertThat(target()).hasSize(3);
  }

  @Test
  void givesUpWhenThePatienceIsOver() throws Exception {
    door.refuse();
    try (RunningLoad load = start(true, Duration.ofMillis(500))) {
      assertThat(load.awaitEnd()).isEqualTo(ExitCode.TRY_LATER);
      assertThat(load.errors()).contains("gave up after 0.5 s");
    }
  }

  @Test
  void triesAgainWhenTheDiskIsFull() throws Exception {
    postgres.execute(
        "DROP TABLE IF EXISTS room",
        "CREATE TABLE room (full_now bool)",
        "INSERT INTO room VALUES (true)",
        "CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " IF EXISTS (SELECT 1 FROM room WHERE full_now) THEN"
            + " RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END IF;"
            + " RETURN NEW; END $$",
        "CREATE TRIGGER room BEFORE INSERT ON target FOR EACH ROW EXECUTE PROCEDURE no_room()");
    try (RunningLoad load = start(true, Duration.ofMinutes(1))) {
      RunningLoad.await(() -> load.errors().contains("53100"), "the disk is full");
      postgres.execute("UPDATE room SET full_now = false");
      assertThat(load.awaitEnd()).isEqualTo(ExitCode.OK);
      assertThat(load.errors()).contains("has run out of a resource", "goes on after");
    }
    assertThat(target()).hasSize(3);
  }

  @Test
  void goesOnBehindAnotherSessionThatMovedTheOffsets() throws Exception {
    // A lock on the table would already hold up the check of the batches' SQL.
    postgres.execute(
        "CREATE OR REPLACE FUNCTION waits() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END $$",
        "CREATE TRIGGER waits BEFORE INSERT ON target FOR EACH STATEMENT"
            + " EXECUTE PROCEDURE waits()");
    try (Connection other = postgres.connect()) {
      other.setAutoCommit(false);
      Sql.rows(other, "SELECT pg_advisory_xact_lock(4711)");
      try (RunningLoad load = start(true, Duration.ofMinutes(1))) {
        awaitWaiting();
        sql.update("INSERT INTO kadb.offsets VALUES ('src'::regclass::oid, 0, 1)");
        other.rollback();
        assertThat(load.awaitEnd()).isEqualTo(ExitCode.OK);
        assertThat(load.errors()).contains("another session was faster", "40001");
      }
    }
    assertThat(target()).containsExactly("2|two|1", "3|three|1");
  }
}
