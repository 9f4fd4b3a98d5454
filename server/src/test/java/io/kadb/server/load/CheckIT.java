package io.kadb.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.Captured;
import io.kadb.server.cli.ExitCode;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code kadb check} with a real topic and a real warehouse. */
class CheckIT extends LoadFixture {
  @BeforeEach
  void send() {
    topic.send(0, "1,one,1", "2,two,1");
  }

  private Captured check(String... more) {
    String[] line = new String[more.length + 4];
    System.arraycopy(new String[] {"--from", "src", "--into", "target"}, 0, line, 0, 4);
    System.arraycopy(more, 0, line, 4, more.length);
    return kadb("check", line);
  }

  @Test
  void saysOfEachPointThatItIsInOrder() throws SQLException {
    Captured run = check("--mode", "merge", "--match", "id");
    assertThat(run.output().lines()).allMatch(line -> line.startsWith("ok      "));
    assertThat(run.exitCode()).isZero();
    assertThat(run.output())
        .contains(
            "configuration: public.src into public.target",
            "store: PostgreSQL",
            "brokers: they answer",
            "topic: 2 partitions, 2 offsets to read",
            "messages: the next one fits the columns",
            "target columns: \"id\", \"value\", \"version\"",
            "SQL of a batch: ",
            "rights on public.target: SELECT, INSERT, UPDATE");
    assertThat(target()).isEmpty();
    assertThat(offsets("src")).isEmpty();
  }

  @Test
  void namesEachPointThatIsNot() throws SQLException {
    postgres.execute("ALTER TABLE target DROP COLUMN version, ADD COLUMN needed int NOT NULL");
    table("broken", "id int", "k_seg_batch '1'", "k_timeout_ms '0'");
    sql.update("ALTER FOREIGN TABLE broken OPTIONS (SET k_topic 'no-such-topic')");
    Captured run = check();
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.output())
        .contains("FAILED  target columns: table public.target has no column \"version\"");
    run = kadb("check", "--from", "broken", "--into", "target");
    assertThat(run.output())
        .contains("FAILED  topic: ", "HV00R")
        .contains("FAILED  target columns: NOT NULL, and filled by nothing: \"needed\"");
    run = kadb("check", "--from", "nothing", "--into", "nowhere");
    assertThat(run.output())
        .contains("FAILED  source definition: ", "FAILED  target table: ", "ok      rights on");
  }

  @Test
  void namesTheRightThatIsMissing() throws SQLException {
    postgres.execute(
        "DROP ROLE IF EXISTS loader",
        "CREATE ROLE loader LOGIN",
        "GRANT USAGE ON SCHEMA kadb, public TO loader",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA kadb TO loader",
        "REVOKE INSERT ON kadb.loads FROM loader",
        "GRANT INSERT ON target TO loader");
    try {
      String url = "jdbc:kadb:?store=" + store(postgres.port()) + "&storeUser=loader";
      Captured run =
          Captured.run(
              "check", "--from", "src", "--into", "target", "--mode", "merge", "--match", "id",
              "-u", url);
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.output())
          .contains("FAILED  rights on public.target: the user lacks SELECT")
          .contains("FAILED  rights on kadb.loads: the user lacks INSERT")
          .contains("ok      rights on kadb.offsets: SELECT, INSERT, UPDATE, DELETE");
    } finally {
      postgres.execute("DROP OWNED BY loader", "DROP ROLE loader");
    }
  }

  @Test
  void showsTheBatchesThatWereCommitted() {
    load();
    topic.send(1, "3,three,1");
    load();
    Captured run = check("--show-commit-history", "all");
    assertThat(history(run)).hasSize(4);
    run = check("--show-commit-history", "1");
    assertThat(history(run)).anyMatch(line -> line.matches("\\d+ +1 +.* 0 +1 +1 +0")).hasSize(2);
    assertThat(check("--show-commit-history", "x").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
  }

  private static String[] history(Captured run) {
    String table = run.output().substring(run.output().indexOf("\n\n") + 2);
    return table.substring(table.indexOf('\n') + 1).split("\n");
  }

  @Test
  void anExpressionCannotBringStatementsOfItsOwn() throws SQLException {
    postgres.execute("DROP TABLE IF EXISTS evil");
    String evil = "true); COMMIT; CREATE TABLE evil (a int); SELECT (true";
    for (String option : new String[] {"--where", "--update-where", "--delete-where"}) {
      Captured run = check("--mode", "merge", "--match", "id", option, evil);
      assertThat(run.output()).as(option).contains("FAILED  SQL of a batch", "one expression");
      run =
          kadb(
              "load",
              "--from",
              "src",
              "--into",
              "target",
              "--mode",
              "merge",
              "--match",
              "id",
              option,
              evil,
              "--dry-run");
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }
    Captured run = check("--column", "id=1); COMMIT; CREATE TABLE evil (a int); SELECT (1");
    assertThat(run.output()).contains("FAILED  SQL of a batch", "the mapping of \"id\"");
    assertThat(postgres.queryLong("SELECT count(*) FROM pg_class WHERE relname = 'evil'")).isZero();
    run = check("--where", "value <> ');' AND id > (0 /* ; ( */) AND '{\"a\":1}'::jsonb ? 'a'");
    assertThat(run.exitCode()).as(run.output()).isZero();
  }
}
