package io.kadb.server.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kadb.server.Captured;
import io.kadb.server.Kadb;
import io.kadb.server.cli.ExitCode;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kadb rejects} on what a load has put aside. */
class RejectsIT extends LoadFixture {
  @TempDir Path folder;

  @BeforeEach
  void reject() throws SQLException {
    sql.update("DELETE FROM kadb.rejects");
    topic.send(0, "1,one,1", "2,two,1.5", "3,three,x\"y");
    topic.sendBytes(1, new byte[] {'4', ',', (byte) 0xff, ',', '1'});
    assertThat(load("--reject-limit", "100%").exitCode()).isZero();
  }

  private Captured retry(String... more) {
    List<String> line = new ArrayList<>(List.of("retry", "src", "--into", "target"));
    line.addAll(List.of("--column", "id=id", "--column", "version=CAST(version AS INTEGER)"));
    line.addAll(List.of(more));
    return kadb("rejects", line.toArray(String[]::new));
  }

  @Test
  void countsByTableAndReason() {
    assertThat(kadb("rejects", "list").output().lines())
        .anyMatch(line -> line.matches("public\\.src +0 +22P02 +version +2 +1 +2"))
        .anyMatch(line -> line.matches("public\\.src +1 +22021 +.*1 +0 +0"));
  }

  @Test
  void listsTheLatestFirst() {
    Captured run = kadb("rejects", "list", "src", "--rows", "-n", "2");
    assertThat(run.output().lines()).hasSize(3);
    run = kadb("rejects", "list", "nothing");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.errors()).contains("there is no foreign table public.nothing");
  }

  @Test
  void showsTheBytesOfAMessage() throws SQLException {
    String id = sql.value("SELECT reject_id FROM kadb.rejects WHERE prt = 1");
    assertThat(kadb("rejects", "show", id).output())
        .contains("22021", "message_key: none", "message_value: 5 bytes")
        .contains("00000000  34 2c ff 2c 31", "4,.,1");
    assertThat(kadb("rejects", "show", "0").errors()).contains("no rejected message 0");
  }

  @Test
  void exportsWithBytesThatCanBeToldAgain() throws Exception {
    Captured run = kadb("rejects", "export", "src");
    assertThat(run.output().lines()).hasSize(4);
    assertThat(run.output())
        .startsWith("reject_id,ftoid,topic,prt,off,message_timestamp,message_key,message_value,")
        .contains("\"3,three,x\"\"y\"", "\"\\x342cff2c31\"");
    Path file = folder.resolve("rejects.json");
    run = kadb("rejects", "export", "src", "--format", "json", "-o", file.toString());
    assertThat(run.output()).isEmpty();
    assertThat(Files.readString(file))
        .contains("\"prt\":1", "\"message_key\":null", "\"message_value\":\"2,two,1.5\"");
  }

  @Test
  void saysThatItsOutputCannotBeWritten() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "a device that takes nothing");
    String id = sql.value("SELECT min(reject_id) FROM kadb.rejects");
    PrintStream out = System.out;
    for (String[] command :
        new String[][] {{"rejects", "export"}, {"rejects", "list"}, {"rejects", "show", id}}) {
      List<String> line = new ArrayList<>(List.of(command));
      line.addAll(List.of("-u", url()));
      try (PrintStream into = new PrintStream(Files.newOutputStream(full), true, UTF_8)) {
        System.setOut(into);
        assertThat(Kadb.run(line.toArray(String[]::new))).isEqualTo(ExitCode.FAILED);
      } finally {
        System.setOut(out);
      }
    }
  }

  @Test
  void loadsWhatFitsNow() throws SQLException {
    sql.update("ALTER FOREIGN TABLE src ALTER COLUMN version TYPE numeric");
    Captured run = retry("--dry-run");
    assertThat(run.output()).contains("1 row of 1 message would be loaded into target; 2 messages");
    assertThat(target()).containsExactly("1|one|1");
    run = retry();
    assertThat(run.output()).contains("1 row of 1 message loaded into target; 2 messages left");
    assertThat(run.errors()).contains("kadb: ");
    assertThat(target()).containsExactly("1|one|1", "2|null|2");
    assertThat(sql.value("SELECT count(*) FROM kadb.rejects")).isEqualTo("2");
  }

  @Test
  void keepsTheRejectsIfTheWarehouseRefusesTheirRows() throws SQLException {
    sql.update("ALTER FOREIGN TABLE src ALTER COLUMN version TYPE numeric");
    postgres.execute("INSERT INTO target VALUES (2, 'there', 0)");
    Captured run = retry();
    assertThat(run.exitCode()).isEqualTo(ExitCode.DATA_REFUSED);
    assertThat(run.errors()).contains("23505");
    assertThat(sql.value("SELECT count(*) FROM kadb.rejects")).isEqualTo("3");
  }
}
