package io.kadb.sql;

import static io.kadb.sql.TableFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import java.math.BigDecimal;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetsTableTest extends EmbeddedFixture {
  @Test
  void isEmptyAtFirst() throws SQLException {
    assertThat(sql.rows("SELECT * FROM kadb.offsets")).isEmpty();
    assertThat(sql.value("SELECT count(*) FROM kadb.offsets")).isEqualTo("0");
  }

  @Test
  void countsTheRowsThatAStatementWrites() throws SQLException {
    assertThat(sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 10)")).isEqualTo(1);
    assertThat(sql.update("INSERT INTO kadb.offsets VALUES (1, 1, 20), (2, 0, 30)")).isEqualTo(2);
    assertThat(offsets()).containsExactly("1|0|10", "1|1|20", "2|0|30");
    assertThat(sql.update("UPDATE kadb.offsets SET off = off + 5 WHERE ftoid = 1")).isEqualTo(2);
    assertThat(offsets()).containsExactly("1|0|15", "1|1|25", "2|0|30");
    assertThat(sql.update("UPDATE kadb.offsets SET off = 0 WHERE prt = 9")).isZero();
    assertThat(sql.update("DELETE FROM kadb.offsets WHERE prt = 0 AND off > 20")).isEqualTo(1);
    assertThat(offsets()).containsExactly("1|0|15", "1|1|25");
    assertThat(sql.update("DELETE FROM kadb.offsets")).isEqualTo(2);
    assertThat(offsets()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO kadb.offsets (off, ftoid, prt) VALUES (30, 1, 2)",
        "INSERT INTO kadb.offsets (prt, off, ftoid) SELECT 2, 30, 1",
        "INSERT INTO kadb.offsets SELECT CAST(1 AS bigint), 2, 10 + 20",
        "INSERT INTO kadb.offsets VALUES ('1', '2', '30')",
        "INSERT INTO kadb.offsets VALUES (1::oid, 2::int4, 30::int8)",
        "INSERT INTO kadb.offsets VALUES (1.0, 2, 30)"
      })
  void takesRowsInManyForms(String insert) throws SQLException {
    assertThat(sql.update(insert)).isEqualTo(1);
    assertThat(offsets()).containsExactly("1|2|30");
  }

  @Test
  void isQueriedLikeAnyTable() throws SQLException {
    sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 10), (1, 1, 20), (1, 2, 60), (2, 0, 30)");
    assertThat(sql.rows("SELECT ftoid, sum(off) FROM kadb.offsets GROUP BY ftoid ORDER BY 1"))
        .containsExactly("1|90", "2|30");
    assertThat(
            sql.rows(
                "SELECT o.prt, o.off FROM kadb.offsets o"
                    + " JOIN (SELECT max(off) AS m FROM kadb.offsets) x ON o.off = x.m"))
        .containsExactly("2|60");
    assertThat(
            sql.rows(
                "SELECT a.prt, b.off FROM kadb.offsets a LEFT JOIN kadb.offsets b"
                    + " ON b.ftoid = 2 AND b.prt = a.prt WHERE a.ftoid = 1 ORDER BY a.prt"))
        .containsExactly("0|30", "1|null", "2|null");
    assertThat(
            sql.rows(
                "SELECT prt FROM kadb.offsets WHERE off > (SELECT avg(off) FROM kadb.offsets)"))
        .containsExactly("2");
  }

  @Test
  void isChangedByWhatSubqueriesSay() throws SQLException {
    sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 10), (1, 1, 20), (2, 0, 30)");
    assertThat(
            sql.update(
                "UPDATE kadb.offsets SET off = (SELECT max(off) FROM kadb.offsets)"
                    + " WHERE ftoid = 1"))
        .isEqualTo(2);
    assertThat(offsets()).containsExactly("1|0|30", "1|1|30", "2|0|30");
    assertThat(sql.update("INSERT INTO kadb.offsets SELECT ftoid + 10, prt, 0 FROM kadb.offsets"))
        .isEqualTo(3);
    assertThat(
            sql.update(
                "DELETE FROM kadb.offsets o WHERE EXISTS"
                    + " (SELECT 1 FROM kadb.offsets p WHERE p.ftoid = o.ftoid + 10)"))
        .isEqualTo(3);
    assertThat(offsets()).containsExactly("11|0|0", "11|1|0", "12|0|0");
  }

  @Test
  void takesParametersOfManyClasses() throws SQLException {
    String insert = "INSERT INTO kadb.offsets VALUES (?, ?, ?)";
    sql.update(insert, 1L, 0, 10L);
    sql.update(insert, 1, 1L, 20);
    sql.update(insert, "1", "2", "30");
    sql.update(insert, BigDecimal.ONE, (short) 3, new BigDecimal("40"));
    assertThat(offsets()).containsExactly("1|0|10", "1|1|20", "1|2|30", "1|3|40");
    assertThat(sql.rows("SELECT off FROM kadb.offsets WHERE ftoid = ? AND prt >= ?", 1, 2L))
        .containsExactly("30", "40");
    assertThat(
            sql.update("UPDATE kadb.offsets SET off = ? WHERE ftoid = ? AND prt = ?", "7", 1, "3"))
        .isEqualTo(1);
    assertThat(sql.update("UPDATE kadb.offsets SET off = off + ? WHERE prt = 0", 5)).isEqualTo(1);
    assertThat(sql.update("DELETE FROM kadb.offsets WHERE prt IN (?, ?)", 1, 2)).isEqualTo(2);
    assertThat(offsets()).containsExactly("1|0|15", "1|3|7");
  }

  @ParameterizedTest
  @CsvSource({"22P02, x", "22003, 99999999999999999999", "22P02, 1.5"})
  void refusesParametersThatAreNoWholeNumbers(String state, String value) throws SQLException {
    assertThat(refused(state, () -> sql.update("INSERT INTO kadb.offsets VALUES (1, 0, ?)", value)))
        .contains("parameter 1");
    assertThat(offsets()).isEmpty();
  }

  @Test
  void runsBatches() throws SQLException {
    try (PreparedStatement insert =
        sql.connection().prepareStatement("INSERT INTO kadb.offsets VALUES (?, ?, ?)")) {
      for (int partition = 0; partition < 20; partition++) {
        insert.setLong(1, 1);
        insert.setInt(2, partition);
        insert.setLong(3, 100L * partition);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).hasSize(20).containsOnly(1);
    }
    try (Statement statement = sql.connection().createStatement()) {
      statement.addBatch("DELETE FROM kadb.offsets WHERE prt > 1");
      statement.addBatch("UPDATE kadb.offsets SET off = 5 WHERE prt = 1");
      assertThat(statement.executeBatch()).containsExactly(18, 1);
    }
    assertThat(offsets()).containsExactly("1|0|0", "1|1|5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO kadb.offsets VALUES (1, 0, 99)",
        "INSERT INTO kadb.offsets VALUES (3, 0, 1), (3, 0, 2)",
        "INSERT INTO kadb.offsets VALUES (3, 0, 1), (1, 0, 2)",
        "INSERT INTO kadb.offsets SELECT * FROM kadb.offsets",
        "UPDATE kadb.offsets SET prt = 0 WHERE ftoid = 1",
        "UPDATE kadb.offsets SET ftoid = 1 WHERE ftoid = 2"
      })
  void refusesASecondRowForAPartition(String dml) throws SQLException {
    sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 10), (1, 1, 20), (2, 0, 30)");
    assertThat(refused("23505", () -> sql.update(dml))).contains("kadb.offsets", "ftoid", "prt");
    assertThat(offsets()).containsExactly("1|0|10", "1|1|20", "2|0|30");
    sql.connection().setAutoCommit(false);
    refused("23505", () -> sql.update(dml));
    sql.connection().commit();
    assertThat(offsets()).containsExactly("1|0|10", "1|1|20", "2|0|30");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO kadb.offsets VALUES (NULL, 0, 1)",
        "INSERT INTO kadb.offsets VALUES (1, NULL, 1)",
        "INSERT INTO kadb.offsets VALUES (1, 0, NULL)",
        "INSERT INTO kadb.offsets (ftoid, prt) VALUES (1, 0)",
        "INSERT INTO kadb.offsets (off) VALUES (1)",
        "UPDATE kadb.offsets SET off = NULL",
        "UPDATE kadb.offsets SET prt = NULL"
      })
  void refusesNull(String dml) throws SQLException {
    sql.update("INSERT INTO kadb.offsets VALUES (7, 7, 7)");
    assertThat(refused("23502", () -> sql.update(dml))).contains("kadb.offsets");
    assertThat(offsets()).containsExactly("7|7|7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42703|INSERT INTO kadb.offsets (ftoid, prt, nosuch) VALUES (1, 2, 3)",
        "42703|UPDATE kadb.offsets SET nosuch = 1",
        "42703|DELETE FROM kadb.offsets WHERE nosuch = 1",
        "42701|INSERT INTO kadb.offsets (ftoid, ftoid, prt) VALUES (1, 2, 3)",
        "42601|INSERT INTO kadb.offsets VALUES (1, 2, 3, 4)",
        "42601|INSERT INTO kadb.offsets (ftoid, prt, off) VALUES (1, 2)",
        "42P01|SELECT * FROM kadb.nosuch",
        "22003|INSERT INTO kadb.offsets VALUES (1, 3000000000, 3)",
        "22P02|INSERT INTO kadb.offsets VALUES (1, 2, 'x')",
        "22023|INSERT INTO kadb.offsets VALUES (1, -2, 3)",
        "22023|INSERT INTO kadb.offsets VALUES (1, 2, -3)",
        "22023|UPDATE kadb.offsets SET off = -1",
        "22003|INSERT INTO kadb.offsets VALUES (1, 2, 9223372036854775808)",
        "22003|UPDATE kadb.offsets SET off = off + 9223372036854775807",
        "22003|INSERT INTO kadb.offsets VALUES (4294967296, 2, 3)",
        "22003|INSERT INTO kadb.offsets VALUES (-1, 2, 3)",
        "0A000|UPDATE kadb.nosuch SET a = 1",
        "42P01|INSERT INTO public.t VALUES (1)"
      })
  void saysWhatIsWrongWithAStatement(String state, String dml) throws SQLException {
    sql.update("INSERT INTO kadb.offsets VALUES (7, 7, 7)");
    refused(state, () -> sql.update(dml));
    assertThat(offsets()).containsExactly("7|7|7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO kadb.offsets VALUES (1, 0, 1)",
        "UPDATE kadb.offsets SET off = 1",
        "DELETE FROM kadb.offsets"
      })
  void isNotChangedByAReadOnlyConnection(String dml) throws SQLException {
    sql.update("INSERT INTO kadb.offsets VALUES (7, 7, 7)");
    SqlClient reader = connect("readOnly=true");

    refused("25006", () -> reader.update(dml));

    assertThat(offsets(reader)).containsExactly("7|7|7");
  }

  @Test
  void changesKeysInAnyOrder() throws SQLException {
    sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 10), (1, 1, 20), (1, 2, 30)");
    assertThat(sql.update("UPDATE kadb.offsets SET prt = prt + 1")).isEqualTo(3);
    assertThat(offsets()).containsExactly("1|1|10", "1|2|20", "1|3|30");
    assertThat(sql.update("UPDATE kadb.offsets SET prt = 4 - prt, off = 0 WHERE prt <> 2"))
        .isEqualTo(2);
    assertThat(offsets()).containsExactly("1|1|0", "1|2|20", "1|3|0");
  }

  @Test
  void seesTheRowsOfBeforeTheStatementWhileItWrites() throws SQLException {
    sql.update("INSERT INTO kadb.offsets VALUES (1, 0, 1), (1, 1, 2)");
    sql.update("UPDATE kadb.offsets SET off = (SELECT sum(off) FROM kadb.offsets) WHERE ftoid = 1");
    assertThat(offsets()).containsExactly("1|0|3", "1|1|3");
  }

  @Test
  void isListedAsATableOfTheSystem() throws SQLException {
    DatabaseMetaData metaData = sql.connection().getMetaData();
    List<String> columns = new ArrayList<>();
    try (ResultSet result = metaData.getColumns(null, "kadb", "offsets", "%")) {
      while (result.next()) {
        columns.add(result.getString("COLUMN_NAME") + " " + result.getInt("DATA_TYPE"));
      }
    }
    assertThat(columns)
        .containsExactly("ftoid " + Types.BIGINT, "prt " + Types.INTEGER, "off " + Types.BIGINT);
  }
}
