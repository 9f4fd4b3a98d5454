package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The same text again and again on one connection, while what it names changes. */
class RepeatedQueriesIT extends WarehouseFixture {
  @Test
  void showsWhatTheWarehouseHasNow() throws SQLException {
    String query = "SELECT * FROM pg.public.names n WHERE n.id = 1";
    assertThat(sql.rows(query)).containsExactly("1|one");
    postgres.execute("ALTER TABLE names ADD COLUMN note text DEFAULT 'new'");
    assertThat(sql.rows(query)).containsExactly("1|one|new");
    String nothing = "SELECT * FROM pg.public.names WHERE 1 = 0";
    assertThat(EmbeddedFixture.columns(sql, "pg.public.names WHERE 1 = 0")).hasSize(3);
    assertThat(sql.rows(nothing)).isEmpty();
    postgres.execute("ALTER TABLE names DROP COLUMN note");
    assertThat(EmbeddedFixture.columns(sql, "pg.public.names WHERE 1 = 0")).hasSize(2);
  }

  @Test
  void readsOnFromTheStoredOffsets() throws SQLException {
    String query = "SELECT id FROM t WHERE id < 100 ORDER BY id";
    assertThat(sql.rows(query)).containsExactly("1", "2", "3");
    assertThat(sql.rows(query)).isEmpty();
    topic.send(1, "4,d,");
    assertThat(sql.rows(query)).containsExactly("4");
    sql.update("ALTER FOREIGN TABLE t OPTIONS (ADD k_scan_mode 'snapshot')");
    assertThat(sql.rows(query)).containsExactly("1", "2", "3", "4");
  }
}
