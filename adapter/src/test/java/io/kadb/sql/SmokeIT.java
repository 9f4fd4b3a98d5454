package io.kadb.sql;

import io.kadb.testing.KafkaCluster;
import io.kadb.testing.KafkaTest;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.TestPostgres;
import io.kadb.testing.TestTopic;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@KafkaTest
@PostgresTest
class SmokeIT {
  private final KafkaCluster kafka;
  private final TestPostgres postgres;

  SmokeIT(KafkaCluster kafka, TestPostgres postgres) {
    this.kafka = kafka;
    this.postgres = postgres;
  }

  static String show(Statement s, String sql) throws Exception {
    System.out.println("> " + sql);
    StringBuilder out = new StringBuilder();
    long t = System.nanoTime();
    if (s.execute(sql)) {
      try (ResultSet r = s.getResultSet()) {
        int n = r.getMetaData().getColumnCount();
        for (int i = 1; i <= n; i++)
          out.append(r.getMetaData().getColumnLabel(i))
              .append(':')
              .append(r.getMetaData().getColumnTypeName(i))
              .append(" | ");
        out.append('\n');
        while (r.next()) {
          for (int i = 1; i <= n; i++) out.append(r.getString(i)).append(" | ");
          out.append('\n');
        }
      }
    } else out.append("count " + s.getUpdateCount() + "\n");
    for (var w = s.getWarnings(); w != null; w = w.getNextWarning())
      out.append("W " + w.getSQLState() + " " + w.getMessage() + "\n");
    System.out.println(out + "" + (System.nanoTime() - t) / 1000000 + " ms");
    return out.toString();
  }

  @Test
  void smoke(@TempDir Path home) throws Exception {
    TestTopic topic = kafka.newTopic("smoke", 3);
    for (int p = 0; p < 3; p++)
      topic.send(
          p, p + ",a,1.50,2024-02-29 12:00:00.123", (p + 10) + ",\"b,c\",2.25,", (p + 20) + ",,,");
    for (String store : new String[] {"kadb.home=" + home, "store=" + postgres.jdbcUrl()}) {
      var props = new java.util.Properties();
      props.setProperty(
          store.substring(0, store.indexOf('=')), store.substring(store.indexOf('=') + 1));
      try (Connection c = DriverManager.getConnection("jdbc:kadb:", props);
          Statement s = c.createStatement()) {
        show(
            s,
            "CREATE SERVER k FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
                + kafka.bootstrapServers()
                + "')");
        show(
            s,
            "CREATE FOREIGN TABLE t (id bigint not null, name text, amount numeric(10,2), at"
                + " timestamp) SERVER k OPTIONS (k_topic '"
                + topic.name()
                + "', format 'csv', k_consumer_group 'g', k_seg_batch '2', k_timeout_ms '1000',"
                + " k_segments '2', k_stop_at_end 'true')");
        show(s, "SELECT 't'::regclass::oid");
        show(s, "EXPLAIN SELECT name, amount FROM t WHERE _partition IN (0, 2) and id > 5");
        show(s, "SET kadb.scan_mode = 'snapshot'");
        show(s, "SELECT count(*), sum(amount), min(at) FROM t");
        show(s, "SELECT *, _partition, _offset FROM t WHERE _partition >= 1 AND _partition < 2");
        show(s, "SET kadb.scan_mode TO DEFAULT");
        show(s, "SELECT * FROM t");
        show(s, "SELECT * FROM kadb.offsets");
        show(s, "SELECT * FROM t");
        show(s, "SELECT * FROM kadb.offsets");
        show(s, "UPDATE kadb.offsets SET off = 0 WHERE prt = 1");
        show(s, "SELECT a.id, b.id FROM t a JOIN t b ON a.id = b.id");
        show(s, "UPDATE kadb.offsets SET off = 0");
        show(s, "SELECT id FROM t LIMIT 1");
        show(s, "SELECT * FROM kadb.offsets");
        show(s, "SELECT a.id, b.id FROM t a JOIN t b ON a.id < b.id");
        if (store.startsWith("store")) {
          postgres.execute("create table dst(id bigint, name text, amount numeric, at timestamp)");
          show(s, "UPDATE kadb.offsets SET off = 0");
          show(s, "INSERT INTO pg.public.dst SELECT * FROM t");
          show(s, "SELECT * FROM pg.public.dst");
          show(s, "SELECT * FROM kadb.offsets");
          show(s, "SELECT t.id, d.name FROM t JOIN pg.public.dst d ON t.id = d.id");
        }
      }
    }
  }
}
