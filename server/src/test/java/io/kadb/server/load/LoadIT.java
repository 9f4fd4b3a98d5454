package io.kadb.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Captured;
import io.kadb.server.cli.ExitCode;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code kadb load --from --into} with a real topic and a real warehouse. */
class LoadIT extends LoadFixture {
  @BeforeEach
  void send() {
    topic.send(0, "1,one,1", "2,two,1");
    topic.send(1, "3,three,1");
  }

  @Test
  void loadsUpToTheEndAndSaysWhereItStands() throws SQLException {
    Captured run = load();
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output())
        .contains("3 rows loaded in 1 batch", "0 messages rejected")
        .contains("partition 0 at offset 2\n", "partition 1 at offset 1\n");
    assertThat(target()).containsExactly("1|one|1", "2|two|1", "3|three|1");
    assertThat(offsets("src")).containsExactly("0|2", "1|1");
  }

  @Test
  void goesOnWhereTheLastLoadEnded() throws SQLException {
    load();
    topic.send(1, "4,four,1");
    assertThat(load().output()).contains("1 row loaded").contains("partition 1 at offset 2");
    assertThat(load().output()).contains("0 rows loaded");
    assertThat(target()).hasSize(4);
  }

  @Test
  void loadsOnlyThePartitionsAskedFor() throws SQLException {
    Captured run = load("--partition", "1");
    assertThat(run.output()).contains("partition 1 at offset 1").doesNotContain("partition 0");
    assertThat(target()).containsExactly("3|three|1");
    assertThat(offsets("src")).containsExactly("1|1");
  }

  @Test
  void beginsAtTheEarliestWhenToldTo() throws SQLException {
    load();
    postgres.execute("DELETE FROM target");
    assertThat(load("--force-reset-earliest").output()).contains("3 rows loaded");
    assertThat(target()).hasSize(3);
  }

  @Test
  void beginsAtTheEndWhenToldTo() throws SQLException {
    assertThat(load("--force-reset-latest").output()).contains("0 rows loaded");
    assertThat(offsets("src")).containsExactly("0|2", "1|1");
  }

  @Test
  void beginsAtAMomentInOnePartitionAndLeavesTheOther() throws SQLException {
    load();
    postgres.execute("DELETE FROM target");
    long inHalfAnHour = System.currentTimeMillis() + 1_800_000;
    topic.sendAt(0, inHalfAnHour, "5,late,1");
    Captured run =
        load("--force-reset-timestamp", Long.toString(inHalfAnHour - 1), "--partition", "0");
    assertThat(run.exitCode()).isZero();
    assertThat(target()).containsExactly("5|late|1");
    run = load("--force-reset-timestamp", "0", "--partition", "1");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(target()).containsExactly("3|three|1", "5|late|1");
    assertThat(offsets("src")).containsExactly("0|3", "1|1");
  }

  @Test
  void mergesByKeyAndTheLastVersionWins() throws SQLException {
    postgres.execute("INSERT INTO target VALUES (1, 'old', 0), (9, 'stays', 0)");
    topic.send(0, "1,newer,2", "4,gone,1", "4,gone,-1", "3,four,2");
    Captured run =
        load(
            "--mode",
            "merge",
            "--match",
            "id",
            "--order",
            "version",
            "--delete-where",
            "version < 0");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    // The order column lets the row of version 1 win against its deletion.
    assertThat(target())
        .containsExactly("1|newer|2", "2|two|1", "3|four|2", "4|gone|1", "9|stays|0");
  }

  @Test
  void updatesOnlyWhatIsThere() throws SQLException {
    postgres.execute("INSERT INTO target VALUES (1, 'old', 0)");
    Captured run =
        load(
            "--mode",
            "update",
            "--match",
            "id",
            "--update",
            "value",
            "--update-where",
            "into_table.version < from_table.version");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(target()).containsExactly("1|one|0");
    assertThat(offsets("src")).containsExactly("0|2", "1|1");
  }

  @Test
  void evaluatesExpressionsAndFiltersInTheWarehouse() throws SQLException {
    Captured run =
        load("--column", "id=id", "--column", "value=repeat(value, 2)", "--where", "id <> 2");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(target()).containsExactly("1|oneone|null", "3|threethree|null");
    assertThat(
            sql.value("SELECT DISTINCT target FROM kadb.loads WHERE ftoid = 'src'::regclass::oid"))
        .isEqualTo("pg.public.target");
  }

  @Test
  void takesBatchAfterBatch() throws SQLException {
    sql.update("ALTER FOREIGN TABLE src OPTIONS (SET k_seg_batch '1')");
    assertThat(load().output()).contains("3 rows loaded in 2 batches");
    assertThat(commits()).isEqualTo(2);
  }

  @Test
  void stopsAtABadMessageAndNamesIt() throws SQLException {
    topic.send(1, "x,four,1");
    Captured run = load();
    assertThat(run.exitCode()).isEqualTo(ExitCode.DATA_REFUSED);
    assertThat(run.errors()).contains(topic.name() + "[1]@1", "22P02");
    assertThat(target()).isEmpty();
    assertThat(offsets("src")).isEmpty();
  }

  @Test
  void putsBadMessagesAsideUpToTheLimit() throws SQLException {
    topic.send(1, "x,four,1");
    Captured run = load("--reject-limit", "1");
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).contains("3 rows loaded", "1 message rejected");
    topic.send(1, "x,four,1", "y,five,1");
    run = load("--reject-limit", "1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.DATA_REFUSED);
    assertThat(run.errors()).contains("53400");
    assertThat(offsets("src")).containsExactly("0|2", "1|2");
  }

  @Test
  void saysThatMessagesAreGoneThatWereNeverRead() throws SQLException {
    load("--partition", "1");
    topic.send(1, "4,four,1", "5,five,1");
    topic.deleteRecordsBefore(1, 2);
    Captured run = load();
    assertThat(run.errors()).contains("kadb: ", "raised");
    assertThat(target()).contains("5|five|1").hasSize(4);
  }

  @Test
  void tombstonesDeleteTheRowsOfTheirKey() throws SQLException {
    postgres.execute("INSERT INTO target VALUES (7, 'seven', 1), (8, 'eight', 1)");
    topic = kafka.newTopic("tombstones", 1);
    sql.update(
        "CREATE FOREIGN TABLE keyed (id int OPTIONS (source 'key'), value text) SERVER k OPTIONS"
            + " (k_topic '"
            + topic.name()
            + "', format 'json', k_seg_batch '10', k_timeout_ms '200')");
    topic.sendKeyed(0, "7", null);
    topic.sendKeyed(0, "8", "{\"value\": \"new\"}");
    topic.sendKeyed(0, "9", "{\"value\": \"nine\"}");
    topic.sendKeyed(0, "9", null);
    Captured run =
        kadb(
            "load",
            "--from",
            "keyed",
            "--into",
            "target",
            "--quit-at-eof",
            "--mode",
            "merge",
            "--match",
            "id",
            "--delete-tombstones");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(target()).containsExactly("8|new|1");
    sql.update("ALTER FOREIGN TABLE keyed OPTIONS (ADD k_tombstone_rows 'false')");
    run =
        kadb(
            "load",
            "--from",
            "keyed",
            "--into",
            "target",
            "--quit-at-eof",
            "--mode",
            "merge",
            "--match",
            "id",
            "--delete-tombstones");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errors()).contains("k_tombstone_rows of public.keyed is false");
  }

  @Test
  void stopsAtAViolatedConstraint() throws SQLException {
    postgres.execute("INSERT INTO target VALUES (2, 'there', 0)");
    Captured run = load();
    assertThat(run.exitCode()).isEqualTo(ExitCode.DATA_REFUSED);
    assertThat(run.errors()).contains("23505", "target_pkey");
    assertThat(target()).containsExactly("2|there|0");
    assertThat(offsets("src")).isEmpty();
  }

  @Test
  void keepsTheRowsOfABatchThatFails() throws SQLException {
    postgres.execute("INSERT INTO target VALUES (2, 'there', 0)");
    Captured run = load("--save-failing-batch");
    assertThat(run.exitCode()).isEqualTo(ExitCode.DATA_REFUSED);
    assertThat(run.errors()).contains("23505", "3 rows are kept in table public.src_failed_");
    String kept = run.errors().replaceAll("(?s).*(public\\.src_failed_\\d+).*", "$1");
    assertThat(postgres.queryText("SELECT string_agg(value, ' ' ORDER BY id) FROM " + kept))
        .isEqualTo("one two three");
    assertThat(target()).containsExactly("2|there|0");
    assertThat(offsets("src")).isEmpty();
    assertThat(commits()).isZero();
    postgres.execute("DROP TABLE " + kept);
  }

  @Test
  void showsWhatItWouldDoAndChangesNothing() throws SQLException {
    Captured run = load("--dry-run", "--mode", "merge", "--match", "id", "--force-reset-latest");
    assertThat(run.errors()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.output())
        .contains("INSERT INTO pg.pg_temp.kadb_batch", "UPDATE \"public\".\"target\"")
        .contains("partition 0 from offset 2, there are 0 to 2")
        .contains("Nothing was changed.");
    assertThat(target()).isEmpty();
    assertThat(offsets("src")).isEmpty();
    assertThat(commits()).isZero();
  }

  @Test
  void showsTheFirstRowsWithoutTakingThem() throws SQLException {
    for (List<String> more : List.of(List.<String>of(), List.of("--where", "id > 0"))) {
      Captured run = load(("--dry-run " + String.join(" ", more)).strip().split(" ", 3));
      assertThat(run.errors()).isEmpty();
      assertThat(run.output()).contains("  1 | one | 1", "  3 | three | 1");
    }
    assertThat(offsets("src")).isEmpty();
  }

  @Test
  void refusesATableWhoseMessagesWouldComeAgainAndAgain() throws SQLException {
    sql.update("ALTER FOREIGN TABLE src OPTIONS (ADD k_scan_mode 'snapshot')");
    Captured run = load();
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errors()).contains("is read in mode snapshot");
    assertThat(target()).isEmpty();
  }

  @Test
  void movesOffsetsWhateverModeTheUrlSays() throws SQLException {
    Captured run =
        Captured.run(
            "load",
            "--from",
            "src",
            "--into",
            "target",
            "--quit-at-eof",
            "-u",
            url() + "&scanMode=snapshot");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(offsets("src")).containsExactly("0|2", "1|1");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(kadb("load").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    Captured run = kadb("load", "--from", "nothing", "--into", "target");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errors()).contains("there is no foreign table public.nothing");
    run = kadb("load", "--from", "src", "--into", "nothing");
    assertThat(run.errors()).contains("the warehouse has no table public.nothing");
  }

  @Test
  void saysOfARefusedRowNoMoreThanItHasTo() throws SQLException {
    postgres.execute("ALTER TABLE target ALTER value TYPE text, ADD CHECK (length(value) < 50)");
    topic.send(0, "7," + "confidential ".repeat(20) + ",1");
    for (String[] way : new String[][] {{}, {"--where", "true"}}) {
      Captured run = load(way);
      assertThat(run.exitCode()).isEqualTo(ExitCode.DATA_REFUSED);
      assertThat(run.errors())
          .contains("23514", "target_value_check")
          .doesNotContain("confidential", "Failing row", "Detail");
    }
  }

  @Test
  void refusesColumnsThatTheWarehouseFillsItself() throws SQLException {
    postgres.execute(
        "DROP TABLE target",
        "CREATE TABLE target (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, value text,"
            + " version int)");
    for (String[] way : new String[][] {{}, {"--where", "true"}}) {
      Captured run = load(way);
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.errors()).contains("column \"id\" of public.target is GENERATED ALWAYS");
    }
    Captured run = load("--column", "value=value", "--column", "version=version");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(target()).hasSize(3);
    topic.send(0, "1,new,2");
    run = load("--mode", "update", "--match", "id", "--where", "version = 2");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(target()).contains("1|new|2").hasSize(3);
  }
}
