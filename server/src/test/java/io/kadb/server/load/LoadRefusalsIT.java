package io.kadb.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Captured;
import io.kadb.server.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load refuses, and what it must not take for something that passes. */
class LoadRefusalsIT extends LoadFixture {
  @Test
  void refusesAPartitionThatTheTopicDoesNotHave() throws SQLException {
    topic.send(0, "1,one,1");
    Captured load = load("--partition", "99", "--force-reset-earliest");
    assertThat(load.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(load.errors()).contains("has no partition 99; it has [0, 1]");
    assertThat(offsets("src")).isEmpty();
    assertThat(load("--partition", "0,99").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
  }

  @Test
  void refusesAPartitionOfTheJobFileThatTheTopicDoesNotHave(@TempDir Path folder) throws Exception {
    Path job =
        Files.writeString(
            folder.resolve("job.yaml"),
            """
            DATABASE: %s
            USER: %s
            HOST: 127.0.0.1
            PORT: %d
            VERSION: 2
            KAFKA:
              INPUT:
                SOURCE:
                  BROKERS: %s
                  TOPIC: %s
                  PARTITIONS: (7)
                VALUE:
                  COLUMNS:
                  - NAME: id
                    TYPE: int
                  FORMAT: csv
              OUTPUT:
                TABLE: target
                MAPPING:
                  id: id
            """
                .formatted(
                    postgres.database(),
                    postgres.user(),
                    postgres.port(),
                    brokers(),
                    topic.name()));
    Captured load = Captured.run("load", job.toString(), "--quit-at-eof");
    assertThat(load.errors()).contains("has no partition 7");
    assertThat(load.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
  }

  /** Stored offsets of partitions that are not read say nothing about who was faster. */
  @Test
  void takesADuplicateForOneWhateverOtherPartitionsHaveStored() throws SQLException {
    postgres.execute("INSERT INTO target VALUES (1, 'there', 0)");
    topic.send(1, "2,two,1");
    assertThat(load("--partition", "1").exitCode()).isZero();
    topic.send(0, "1,one,1");
    Captured one = load("--partition", "0", "--retry-for", "20s");
    assertThat(one.exitCode()).as(one.errors()).isEqualTo(ExitCode.DATA_REFUSED);
    assertThat(one.errors()).contains("23505").doesNotContain("faster");
    // Kafka has no such partition.
    sql.update("INSERT INTO kadb.offsets VALUES ('src'::regclass::oid, 7, 50)");
    Captured all = load("--retry-for", "20s");
    assertThat(all.exitCode()).as(all.errors()).isEqualTo(ExitCode.DATA_REFUSED);
    assertThat(all.errors()).doesNotContain("faster");
  }

  @Test
  void refusesARejectLimitThatTableOrServerMakeUseless() throws SQLException {
    topic.send(0, "x,one,1", "2,two,1");
    sql.update("ALTER SERVER k OPTIONS (ADD k_on_error 'fail')");
    Captured server = load("--reject-limit", "5");
    assertThat(server.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(server.errors()).contains("server k has k_on_error 'fail'", "ALTER SERVER");
    sql.update("ALTER FOREIGN TABLE src OPTIONS (ADD k_on_error 'reject')");
    sql.update("ALTER SERVER k OPTIONS (ADD k_reject_limit '3')");
    assertThat(load("--reject-limit", "5").errors()).contains("server k has k_reject_limit '3'");
    sql.update("ALTER FOREIGN TABLE src OPTIONS (SET k_on_error 'fail')");
    assertThat(load("--reject-limit", "5").errors())
        .contains("table public.src has k_on_error 'fail'", "ALTER FOREIGN TABLE");
    sql.update("ALTER FOREIGN TABLE src OPTIONS (DROP k_on_error, ADD k_reject_limit '5')");
    sql.update("ALTER SERVER k OPTIONS (DROP k_on_error)");
    assertThat(load("--reject-limit", "5").exitCode()).isZero();
  }

  @Test
  void keepsTheRowsOfABatchThatIsRefusedWhenItIsCommitted() throws SQLException {
    postgres.execute(
        "DROP TABLE IF EXISTS parent CASCADE",
        "CREATE TABLE parent (id int PRIMARY KEY)",
        "INSERT INTO parent VALUES (1)",
        "ALTER TABLE target ADD FOREIGN KEY (version) REFERENCES parent"
            + " DEFERRABLE INITIALLY DEFERRED");
    topic.send(0, "1,one,1", "2,two,2");
    Captured load = load("--save-failing-batch");
    assertThat(load.exitCode()).isEqualTo(ExitCode.DATA_REFUSED);
    assertThat(load.errors()).contains("23503", "the batch's 2 rows are kept in table");
    String kept =
        postgres.queryText(
            "SELECT relname FROM pg_class WHERE relname LIKE 'src!_failed!_%' ESCAPE '!'");
    assertThat(postgres.queryLong("SELECT count(*) FROM " + kept)).isEqualTo(2);
    postgres.execute("DROP TABLE " + kept);
    assertThat(target()).isEmpty();
    assertThat(offsets("src")).isEmpty();
  }

  /** Their end is never reached, and need not be. */
  @Test
  void endsAlthoughPartitionsHoldMessagesThatTheTableDoesNotRead() throws SQLException {
    sql.update("ALTER FOREIGN TABLE src OPTIONS (ADD k_automatic_offsets 'false')");
    topic.send(0, "1,one,1");
    topic.send(1, "2,two,1");
    sql.update("INSERT INTO kadb.offsets VALUES ('src'::regclass::oid, 0, 0)");
    Captured load = load("--retry-for", "0s");
    assertThat(load.exitCode()).as(load.errors()).isZero();
    assertThat(target()).containsExactly("1|one|1");
  }

  @Test
  void endsPastMarkersAndAbortedMessages() throws SQLException {
    topic.sendCommitted(0, "1,one,1");
    topic.sendAborted(0, "2,two,1");
    topic.sendAborted(1, "3,three,1");
    Captured load = load("--retry-for", "0s");
    assertThat(load.exitCode()).as(load.errors()).isZero();
    assertThat(target()).containsExactly("1|one|1");
    assertThat(load("--retry-for", "0s").exitCode()).isZero();
  }

  @Test
  void findsWrongSqlAndMissingRightsAlsoWhereNothingIsToBeLoaded() throws Exception {
    Captured wrong = load("--where", "version > ");
    assertThat(wrong.exitCode()).as(wrong.errors()).isEqualTo(ExitCode.FAILED);
    wrong = load("--column", "id=id", "--column", "value=nosuch");
    assertThat(wrong.exitCode()).as(wrong.errors()).isEqualTo(ExitCode.FAILED);
    assertThat(wrong.errors()).contains("nosuch");
    wrong = kadb("load", "--from", "src", "--into", "no_such_target", "--quit-at-eof");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(wrong.errors())
        .contains("no table public.no_such_target", "42P01")
        .doesNotContain("internal error");
    assertThat(load().exitCode()).isZero();
  }
}
