package io.kadb.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Captured;
import io.kadb.server.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that define their source: made, altered, checked and resumed. */
class JobFileIT extends LoadFixture {
  @TempDir Path folder;

  @BeforeEach
  void send() throws SQLException {
    topic.send(0, "1,one,1", "2,two,1");
    topic.send(1, "3,three,1");
  }

  private String source() {
    return JobFile.read(folder.resolve("job.yaml")).source().table().table();
  }

  private Path job(String columns, String fallback, String output) throws IOException {
    return Files.writeString(
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
              FALLBACK_OFFSET: %s
            VALUE:
              COLUMNS:
        %s
              FORMAT: csv
          OUTPUT:
            SCHEMA: public
            TABLE: target
        %s
          COMMIT:
            MAX_ROW: 1000
            MINIMAL_INTERVAL: 500
        """
            .formatted(
                postgres.database(),
                postgres.user(),
                postgres.port(),
                brokers(),
                topic.name(),
                fallback,
                columns.indent(8).stripTrailing(),
                output.indent(4).stripTrailing()));
  }

  private static final String COLUMNS =
      """
      - NAME: id
        TYPE: int
      - NAME: value
        TYPE: text
      - NAME: version
        TYPE: int""";

  private static final String MAPPING =
      """
      MAPPING:
        id: id
        value: upper(value)
        version: version""";

  private Captured load(Path job) {
    return Captured.run("load", job.toString(), "--quit-at-eof");
  }

  @Test
  void definesItsSourceAndGoesOnTheNextTime() throws Exception {
    Path job = job(COLUMNS, "earliest", MAPPING);
    Captured run = load(job);
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.errors()).contains("created foreign table public." + source());
    assertThat(target()).containsExactly("1|ONE|1", "2|TWO|1", "3|THREE|1");
    topic.send(0, "4,four,1");
    run = load(job);
    assertThat(run.errors()).doesNotContain("altered");
    assertThat(run.output()).contains("1 row loaded");
    assertThat(offsets(source())).containsExactly("0|3", "1|1");
  }

  @Test
  void altersTheSourceAndKeepsItsOffsets() throws Exception {
    load(job(COLUMNS, "earliest", MAPPING));
    String oid = sql.value("SELECT '" + source() + "'::regclass::oid");
    topic.send(0, "4,more,four,1");
    Path changed =
        job(
            COLUMNS.replace("- NAME: value", "- NAME: extra\n  TYPE: text\n- NAME: value"),
            "earliest",
            MAPPING);
    Captured run = load(changed);
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.errors()).contains("altered foreign table public." + source());
    assertThat(target()).contains("4|FOUR|1").hasSize(4);
    assertThat(sql.value("SELECT '" + source() + "'::regclass::oid")).isEqualTo(oid);
    assertThat(load(changed).errors()).doesNotContain("altered");
  }

  @Test
  void beginsAtTheEndOfPartitionsWithoutAnOffset() throws Exception {
    Path job = job(COLUMNS, "latest", MAPPING);
    Captured run = load(job);
    assertThat(run.exitCode()).as(run.errors()).isZero();
    topic.send(1, "4,four,1");
    load(job);
    assertThat(target()).containsExactly("4|FOUR|1");
  }

  @Test
  void runsSqlInTheTransactionOfEveryOtherBatch() throws Exception {
    postgres.execute("DROP TABLE IF EXISTS seen", "CREATE TABLE seen (rows bigint)");
    Path job = job(COLUMNS, "earliest", MAPPING);
    Files.writeString(
        job,
        Files.readString(job).replace("MAX_ROW: 1000", "MAX_ROW: 2")
            + """
              TASK:
                POST_BATCH_SQL: INSERT INTO seen SELECT count(*) FROM target
                BATCH_INTERVAL: 2
            """);
    topic.send(0, "4,four,1", "5,five,1", "6,six,1");
    Captured run = load(job);
    assertThat(run.exitCode()).as(run.errors()).isZero();
    long batches =
        postgres.queryLong(
            "SELECT count(DISTINCT load_id) FROM kadb.loads WHERE table_name = '" + source() + "'");
    assertThat(batches).isGreaterThan(2);
    assertThat(postgres.queryLong("SELECT count(*) FROM seen")).isEqualTo(batches / 2);
    assertThat(postgres.queryLong("SELECT min(rows) FROM seen")).isPositive();
  }

  @Test
  void lookingAtAJobDefinesNothing() throws Exception {
    Path job = job(COLUMNS, "earliest", MAPPING);
    Captured run = Captured.run("load", job.toString(), "--dry-run");
    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).contains("CREATE FOREIGN TABLE", "3 | THREE | 1");
    run = Captured.run("check", job.toString());
    assertThat(run.output()).contains("would be created").doesNotContain("FAILED");
    assertThat(run.exitCode()).isZero();
    assertThat(
            sql.value(
                "SELECT count(*) FROM kadb.foreign_tables WHERE table_name = '" + source() + "'"))
        .isEqualTo("0");
    assertThat(target()).isEmpty();
  }

  @Test
  void saysWhatIsWrongInTheFile() throws Exception {
    Path job = Files.writeString(folder.resolve("wrong.yaml"), "DATABASE: x\nKAFKA:\n  OUTPT: 1\n");
    Captured run = load(job);
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run.errors()).contains("OUTPT");
    assertThat(Captured.run("check", job.toString()).output()).startsWith("FAILED  configuration");
  }

  @Test
  void leavesATableOfAnotherTopicAsItIs() throws Exception {
    Path job = job(COLUMNS, "earliest", MAPPING);
    load(job);
    sql.update("ALTER FOREIGN TABLE " + source() + " OPTIONS (SET k_topic 'another')");
    Captured run = load(job);
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errors())
        .contains("reads topic " + topic.name(), source() + ", which is there and reads another");
    assertThat(Captured.run("check", job.toString()).output())
        .contains("FAILED  source definition");
    assertThat(
            sql.value(
                "SELECT options FROM kadb.foreign_tables WHERE table_name = '" + source() + "'"))
        .contains("another");
  }

  @Test
  void sqlAfterABatchCannotEndItsTransaction() throws Exception {
    Path job = job(COLUMNS, "earliest", MAPPING);
    String file = Files.readString(job) + "  TASK:\n    POST_BATCH_SQL: \"%s\"\n";
    for (String after : new String[] {"COMMIT", "SELECT 1; /* ; */ rollback", ";; End"}) {
      Captured run = load(Files.writeString(job, file.formatted(after)));
      assertThat(run.exitCode()).as(after).isEqualTo(ExitCode.FAILED);
      assertThat(run.errors()).contains("the SQL after batches belongs to the transaction");
      assertThat(target()).isEmpty();
    }
    Captured run =
        load(
            Files.writeString(
                job, file.formatted("SELECT 'COMMIT; END'; SELECT 1 AS \\\"begin\\\"")));
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(target()).hasSize(3);
  }
}
