package io.kadb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@PostgresTest
class CopyStreamIT {
  /** The two forms of a stream. */
  enum Form {
    STREAMING(OptionalInt.empty()),
    CHUNKED(OptionalInt.of(16));

    final OptionalInt chunkBytes;

    Form(OptionalInt chunkBytes) {
      this.chunkBytes = chunkBytes;
    }
  }

  private static final TableName TABLE = new TableName("Ware, \"house\"", "T: Ä");
  private static final String SQL_NAME = "\"Ware, \"\"house\"\"\".\"T: Ä\"";
  private static final List<String> COLUMNS = List.of("a: b", "n");

  private final TestPostgres postgres;
  private Store store;
  private StoreSession session;

  CopyStreamIT(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @BeforeEach
  void open() throws SQLException {
    postgres.execute(
        "DROP SCHEMA IF EXISTS kadb CASCADE",
        "DROP SCHEMA IF EXISTS \"Ware, \"\"house\"\"\" CASCADE",
        "CREATE SCHEMA \"Ware, \"\"house\"\"\"",
        "CREATE TABLE " + SQL_NAME + "(n int, \"a: b\" text NOT NULL, x int DEFAULT 7)");
    store = Store.open(StoreLocation.of(postgres.jdbcUrl()));
    session = store.session();
    session.begin();
  }

  @AfterEach
  void close() {
    session.close();
    store.close();
  }

  private CopyStream copy(Form form) {
    return session.copyInto(TABLE, COLUMNS, form.chunkBytes);
  }

  private static void write(CopyStream stream, String rows) {
    byte[] bytes = ("###" + rows + "#").getBytes(StandardCharsets.UTF_8);
    stream.write(bytes, 3, bytes.length - 4);
  }

  private static void writeRows(CopyStream stream, int first, int end) {
    for (int n = first; n < end; n++) {
      write(stream, "text " + n + "\t" + n + "\n");
    }
  }

  private String loaded() throws SQLException {
    return postgres.queryText("SELECT count(*) || ' ' || sum(n) FROM " + SQL_NAME);
  }

  @ParameterizedTest
  @EnumSource
  void loadsRowsInTheTransactionOfTheSession(Form form) throws SQLException {
    session.offsets().apply(List.of(OffsetChange.insert(5, 0, 9)), Duration.ofSeconds(5));
    CopyStream stream = copy(form);
    writeRows(stream, 0, 100);

    assertThat(stream.finish()).isEqualTo(100);
    assertThat(stream.failedLine()).isEmpty();
    assertThat(postgres.queryLong("SELECT count(*) FROM " + SQL_NAME)).isZero();
    session.commit();

    assertThat(loaded()).isEqualTo("100 4950");
    assertThat(postgres.queryLong("SELECT sum(x) FROM " + SQL_NAME)).isEqualTo(700);
    assertThat(session.offsets().read(5)).containsEntry(0, 9L);
  }

  @ParameterizedTest
  @EnumSource
  void takesRowsThatComeInPieces(Form form) throws SQLException {
    CopyStream stream = copy(form);
    for (int i = 0; i < 10; i++) {
      write(stream, "ein längerer Text als ein Stück\\n🦆");
      write(stream, "\t");
      write(stream, i + "\n");
    }
    write(stream, "last row without its end\t10");

    assertThat(stream.finish()).isEqualTo(11);
    session.commit();
    assertThat(loaded()).isEqualTo("11 55");
    assertThat(postgres.queryText("SELECT max(\"a: b\") FROM " + SQL_NAME + " WHERE n < 10"))
        .isEqualTo("ein längerer Text als ein Stück\n🦆");
  }

  @ParameterizedTest
  @EnumSource
  void takesAStreamWithoutRows(Form form) {
    assertThat(copy(form).finish()).isZero();
    session.commit();
  }

  @ParameterizedTest
  @EnumSource
  void passesOnTheErrorOfTheWarehouseWithItsPlace(Form form) throws SQLException {
    session.savepoint("s");
    CopyStream stream = copy(form);
    writeRows(stream, 0, 40);
    String bad = "x".repeat(100);
    KadbException error =
        Failures.of(
            () -> {
              write(stream, "text\t" + bad + "\n");
              writeRows(stream, 0, 40);
              stream.finish();
            });

    assertThat(error.sqlState()).isEqualTo("22P02");
    assertThat(error)
        .hasMessageContaining("invalid input syntax for type integer: \"" + "x".repeat(64) + "…\"")
        .hasMessageContaining("(COPY T: Ä, line 41, column n)");
    assertThat(error.getMessage()).doesNotContain("x".repeat(65));
    assertThat(stream.failedLine()).hasValue(41);
    isUsableAfterTheFailure(stream);
  }

  @ParameterizedTest
  @EnumSource
  void namesTheColumnThatMustNotBeNull(Form form) throws SQLException {
    session.savepoint("s");
    CopyStream stream = copy(form);
    writeRows(stream, 0, 2);
    KadbException error =
        Failures.of(
            () -> {
              write(stream, "\\N\t5\n");
              stream.finish();
            });

    assertThat(error.sqlState()).isEqualTo("23502");
    assertThat(error).hasMessageContaining("(COPY T: Ä, line 3, column a: b)");
    isUsableAfterTheFailure(stream);
  }

  private void isUsableAfterTheFailure(CopyStream failed) throws SQLException {
    assertThat(Failures.of(failed::finish).code()).isEqualTo(ErrorCode.INTERNAL);
    failed.abort();
    session.rollbackTo("s");
    CopyStream again = copy(Form.STREAMING);
    writeRows(again, 1, 3);
    assertThat(again.finish()).isEqualTo(2);
    session.commit();
    assertThat(loaded()).isEqualTo("2 3");
  }

  @ParameterizedTest
  @EnumSource
  void loadsNothingOfAStreamThatIsAborted(Form form) throws SQLException {
    session.savepoint("s");
    CopyStream stream = copy(form);
    writeRows(stream, 0, 100);
    stream.abort();
    stream.abort();
    session.rollbackTo("s");
    session.offsets().apply(List.of(OffsetChange.insert(5, 1, 9)), Duration.ofSeconds(5));
    session.commit();

    assertThat(postgres.queryLong("SELECT count(*) FROM " + SQL_NAME)).isZero();
    assertThat(session.offsets().read(5)).containsEntry(1, 9L);
  }

  @Test
  void countsLinesEvenIfATriggerDropsRows() throws SQLException {
    postgres.execute(
        "CREATE OR REPLACE FUNCTION drop_odd() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN IF NEW.n % 2 = 1 THEN RETURN NULL; END IF; RETURN NEW; END'",
        "CREATE TRIGGER t BEFORE INSERT ON "
            + SQL_NAME
            + " FOR EACH ROW EXECUTE PROCEDURE drop_odd()");
    CopyStream stream = copy(Form.CHUNKED);
    writeRows(stream, 0, 10);
    Failures.of(
        () -> {
          write(stream, "text\tno number, but long enough\n");
          stream.finish();
        });

    assertThat(stream.failedLine()).hasValue(11);
  }

  @ParameterizedTest
  @EnumSource
  void failsSoonAfterARowThatIsRefused(Form form) {
    byte[] rows = "text\t1\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    int rounds = 1000;
    CopyStream stream = session.copyInto(TABLE, COLUMNS, large(form));
    stream.write(rows, 0, rows.length);
    write(stream, "text\tno number\n");
    int[] written = {0};

    KadbException error =
        Failures.of(
            () -> {
              while (written[0] < rounds) {
                stream.write(rows, 0, rows.length);
                written[0]++;
              }
            });

    assertThat(written[0]).isBetween(1, rounds / 2);
    assertThat(error.sqlState()).isEqualTo("22P02");
    assertThat(stream.failedLine()).hasValue(10_001);
  }

  @ParameterizedTest
  @EnumSource
  void countsRowsAndLinesOfALongStream(Form form) throws SQLException {
    byte[] rows = "text\t1\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    int rounds = 300;
    session.savepoint("s");
    CopyStream stream = session.copyInto(TABLE, COLUMNS, large(form));
    for (int i = 0; i < rounds; i++) {
      stream.write(rows, 0, rows.length);
    }
    assertThat(stream.finish()).isEqualTo(rounds * 10_000L);
    session.rollbackTo("s");

    CopyStream failing = session.copyInto(TABLE, COLUMNS, large(form));
    for (int i = 0; i < rounds; i++) {
      failing.write(rows, 0, rows.length);
    }
    Failures.of(
        () -> {
          write(failing, "text\tno number\n");
          failing.finish();
        });
    assertThat(failing.failedLine()).hasValue(rounds * 10_000L + 1);
  }

  private static OptionalInt large(Form form) {
    return form.chunkBytes.isPresent() ? OptionalInt.of(1 << 20) : OptionalInt.empty();
  }

  @Test
  void leavesTheConnectionFreeBetweenChunks() throws SQLException {
    CopyStream stream = copy(Form.CHUNKED);
    try (Statement statement = session.warehouse().createStatement()) {
      statement.setFetchSize(10);
      try (ResultSet cursor = statement.executeQuery("SELECT generate_series(1, 1000)")) {
        while (cursor.next()) {
          write(stream, "from a cursor\t" + cursor.getInt(1) + "\n");
        }
      }
    }
    session.offsets().apply(List.of(OffsetChange.insert(5, 2, 9)), Duration.ofSeconds(5));

    assertThat(stream.finish()).isEqualTo(1000);
    session.commit();
    assertThat(loaded()).isEqualTo("1000 500500");
  }

  @Test
  void refusesOtherUseOfTheConnectionDuringAStreamingCopy() throws SQLException {
    CopyStream stream = copy(Form.STREAMING);
    writeRows(stream, 0, 10);

    for (KadbException error :
        List.of(
            Failures.of(() -> session.offsets().readAll()),
            Failures.of(session::warehouse),
            Failures.of(() -> session.savepoint("x")))) {
      assertThat(error.code()).isEqualTo(ErrorCode.OBJECT_IN_USE);
    }
    writeRows(stream, 10, 20);
    assertThat(stream.finish()).isEqualTo(20);
    session.offsets().readAll();
    session.commit();
    assertThat(loaded()).isEqualTo("20 190");
  }

  @Test
  void doesNotCommitAStreamThatIsNotFinished() throws SQLException {
    CopyStream stream = copy(Form.STREAMING);
    writeRows(stream, 0, 10);

    assertThat(Failures.of(session::commit).code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(session.inTransaction()).isFalse();
    assertThat(postgres.queryLong("SELECT count(*) FROM " + SQL_NAME)).isZero();
    session.offsets().readAll();
  }

  @Test
  void abortsTheStreamWhenTheSessionIsClosed() throws SQLException {
    CopyStream stream = copy(Form.STREAMING);
    writeRows(stream, 0, 10);
    session.close();

    assertThat(postgres.queryLong("SELECT count(*) FROM " + SQL_NAME)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void saysThatThereIsNoSuchTable(Form form) {
    KadbException error =
        Failures.of(
            () -> {
              CopyStream stream =
                  session.copyInto(new TableName("public", "no"), COLUMNS, form.chunkBytes);
              writeRows(stream, 0, 10);
            });

    assertThat(error.sqlState()).isEqualTo("42P01");
  }

  @Test
  void listsTheColumnsOfATable() throws SQLException {
    postgres.execute(
        "DROP TABLE IF EXISTS public.wide",
        "CREATE TABLE public.wide(id bigserial PRIMARY KEY, gone int, \"N um\" numeric(12,2),"
            + " ts timestamptz(3) DEFAULT now(), who int GENERATED ALWAYS AS IDENTITY,"
            + " twice numeric GENERATED ALWAYS AS (\"N um\" * 2) STORED, v varchar(5) NOT NULL)",
        "ALTER TABLE public.wide DROP COLUMN gone");

    assertThat(session.warehouseColumns(new TableName("public", "wide")))
        .containsExactly(
            new WarehouseColumn("id", "bigint", true, true),
            new WarehouseColumn("N um", "numeric(12,2)", false, false),
            new WarehouseColumn("ts", "timestamp(3) with time zone", false, true),
            new WarehouseColumn("who", "integer", true, true),
            new WarehouseColumn("twice", "numeric", false, true),
            new WarehouseColumn("v", "character varying(5)", true, false));
    assertThat(session.warehouseColumns(TABLE))
        .extracting(WarehouseColumn::name)
        .containsExactly("n", "a: b", "x");
    assertThat(Failures.of(() -> session.warehouseColumns(new TableName("public", "Wide"))).code())
        .isEqualTo(ErrorCode.UNDEFINED_TABLE);
  }
}
