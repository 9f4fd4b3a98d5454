package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Rejected messages of loads into the warehouse. */
class RejectedLoadsIT extends WarehouseFixture {
  @Test
  void loadsTheRestWithRejectsAndOffsetsInOneTransaction() throws SQLException {
    topic.send(0, "x,d,1", "4,e,2");
    alter("t", "ADD k_on_error 'reject'");
    postgres.execute("DELETE FROM kadb.loads");

    assertThat(sql.update("INSERT INTO pg.public.target SELECT *, 'n' FROM t")).isEqualTo(4);

    assertThat(sql.warnings()).anySatisfy(w -> assertThat(w).contains("went to kadb.rejects"));
    assertThat(target()).hasSize(4);
    assertThat(sql.rows("SELECT prt, row_count, reject_count FROM kadb.loads ORDER BY prt"))
        .containsExactly("0|3|1", "1|1|0");
    assertThat(
            postgres.queryText(
                "SELECT convert_from(message_value, 'UTF8') FROM kadb.rejects WHERE ftoid ="
                    + sql.value("SELECT 't'::regclass::oid")))
        .isEqualTo("x,d,1");
  }

  /** Rows of a load may share what they are made in: what a message began must leave no trace. */
  @Test
  void loadsNoRowOfAMessageWhoseSecondRowIsRejected() throws SQLException {
    topic.send(0, "7,g,1\nx,h,1\n8,i,1", "4,e,2\n5,f,3");
    alter("t", "ADD k_on_error 'reject'");

    sql.update("INSERT INTO pg.public.target (id, name) SELECT id, name FROM t");

    assertThat(sql.rows("SELECT id, name FROM pg.public.target WHERE name > 'd' ORDER BY id"))
        .containsExactly("4|e", "5|f");
    assertThat(sql.value("SELECT count(*) FROM kadb.rejects WHERE ftoid = 't'::regclass::oid"))
        .isEqualTo("1");
  }

  @Test
  void writesNoRejectsOfALoadThatTheWarehouseRefuses() throws SQLException {
    topic.send(0, "x,d,1", "400,e,2");
    alter("t", "ADD k_on_error 'reject'");

    refused("23514", () -> sql.update("INSERT INTO pg.public.target SELECT *, 'n' FROM t"));

    assertThat(offsets("t")).isEmpty();
    assertThat(sql.value("SELECT count(*) FROM kadb.rejects WHERE ftoid = 't'::regclass::oid"))
        .isEqualTo("0");
  }

  @Test
  void loadsWhatIsRetriedAndForgetsItInTheSameTransaction() throws SQLException {
    topic.send(0, "x,d,1");
    alter("t", "ADD k_on_error 'reject'");
    sql.update("INSERT INTO pg.public.target SELECT *, 'n' FROM t");
    sql.update("ALTER FOREIGN TABLE t ALTER COLUMN id TYPE text");
    String retry =
        "INSERT INTO pg.public.target (name, note) SELECT name, id FROM kadb.retry_rejects('t')";
    sql.connection().setAutoCommit(false);

    assertThat(sql.update(retry)).isEqualTo(1);
    sql.connection().rollback();
    assertThat(sql.update(retry)).isEqualTo(1);
    sql.connection().commit();

    assertThat(sql.rows("SELECT name, note FROM pg.public.target WHERE id IS NULL"))
        .containsExactly("d|x");
    assertThat(sql.update(retry)).isZero();
  }
}
