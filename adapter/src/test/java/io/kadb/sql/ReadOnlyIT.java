package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.SqlClient;
import io.kadb.testing.TestTopic;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A read-only connection reads everything and writes nothing, on whatever store. */
class ReadOnlyIT extends TwoStoresFixture {
  private SqlClient reader;

  @BeforeEach
  void createTable() throws SQLException {
    TestTopic topic = kafka.newTopic("readonly", 1);
    topic.send(0, "a", "b");
    table("t (v text)", topic);
    storeOffset("t", 0, 1);
    reader = connect("readOnly=true");
  }

  static Stream<Arguments> writers() {
    return Stream.of(
            "INSERT INTO kadb.offsets VALUES (1, 1, 1)",
            "INSERT INTO kadb.offsets SELECT * FROM kadb.load_partitions('t')",
            "UPDATE kadb.offsets SET off = 0",
            "DELETE FROM kadb.offsets",
            "SELECT kadb.commit_offsets('t')",
            "SELECT kadb.partitions_obtain('t')",
            "SELECT kadb.partitions_clean('t')",
            "SELECT kadb.partitions_reset('t')",
            "SELECT kadb.offsets_to_timestamp('t', 0)",
            "SELECT kadb.offsets_to_earliest('t')",
            "CALL kadb.offsets_to_latest('t')",
            "CALL kadb.offsets_to_committed('t')",
            "CREATE SERVER s FOREIGN DATA WRAPPER kadb_fdw",
            "ALTER SERVER k OPTIONS (DROP k_seg_batch)",
            "DROP SERVER k CASCADE",
            "CREATE FOREIGN TABLE u (v text) SERVER k",
            "ALTER FOREIGN TABLE t ADD COLUMN w text",
            "ALTER FOREIGN TABLE t RENAME TO w",
            "DROP FOREIGN TABLE t",
            "CREATE SCHEMA s",
            "DROP SCHEMA IF EXISTS s",
            "IMPORT FOREIGN SCHEMA topics FROM SERVER k INTO public")
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("writers")
  void refusesWhatWrites(String statement) throws SQLException {
    refused("25006", () -> reader.connection().createStatement().execute(statement));

    assertThat(offsets("t")).containsExactly("0|1");
    assertThat(sql.rows("SELECT v FROM t")).containsExactly("b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT v FROM t",
        "SELECT count(*) FROM t",
        "SELECT off FROM kadb.offsets",
        "SELECT prt FROM kadb.load_partitions('t')",
        "SELECT off FROM kadb.load_offsets_earliest('t')",
        "SELECT off FROM kadb.load_offsets_latest('t')",
        "SELECT off FROM kadb.load_offsets_at_timestamp('t', 0)",
        "SELECT off FROM kadb.load_offsets_committed('t')",
        "SELECT table_name FROM kadb.lag WHERE table_name = 't'",
        "EXPLAIN SELECT v FROM t",
        "SHOW kadb.scan_mode",
      })
  void readsEverything(String query) throws SQLException {
    assertThat(reader.rows(query)).isNotEmpty();

    assertThat(offsets("t")).containsExactly("0|1");
  }
}
