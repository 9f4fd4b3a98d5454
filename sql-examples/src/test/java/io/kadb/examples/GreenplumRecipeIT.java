package io.kadb.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.server.demo.DemoEnvironment;
import io.kadb.server.demo.RecordFile;
import io.kadb.server.demo.TopicFiller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The function of {@code greenplum/install.sql} on PostgreSQL. A temporary table takes the place of
 * the external one: each load fills it anew with what the thin driver gives in mode peek, partition
 * by partition as PXF asks for them, and commits, as PXF does.
 */
class GreenplumRecipeIT {
  private static final int PARTITIONS = 4;
  private static final int BATCH = PARTITIONS * 300;

  /** Rows that come at a time: several times for a batch. */
  private static final int FETCH_SIZE = 100;

  private static final String QUERY =
      "SELECT iata, name, latitude, _partition, _offset FROM public.airports WHERE ";
  private static final String LOAD =
      "SELECT kadb.load_batch('public.airports', 'airports_kafka', 'airports',"
          + " ARRAY['iata', 'name', 'latitude'])";

  @TempDir static Path temporary;

  private static DemoEnvironment environment;
  private static ServerProcess server;

  private Connection kadb;
  private Connection postgres;
  private Connection other;

  @BeforeAll
  static void fillTheTopic() throws Exception {
    environment = DemoEnvironment.start();
    TopicFiller topics = new TopicFiller(environment.brokers());
    topics.createTopics();
    topics.produceAirports(RecordFile.AIRPORTS.records());
    server = ServerProcess.start(temporary, Map.of(), environment.storeUrl());
    try (Connection first = DriverManager.getConnection(server.url());
        Connection postgres = environment.postgres()) {
      assertThat(first.isValid(5)).as("makes the tables of schema kadb").isTrue();
      String install = Files.readString(Repository.examples().resolve("greenplum/install.sql"));
      run(postgres, install);
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    environment.close();
  }

  @BeforeEach
  void define() throws SQLException {
    kadb = DriverManager.getConnection(server.url() + "?scanMode=peek");
    postgres = environment.postgres();
    other = environment.postgres();
    run(kadb, "DROP SERVER IF EXISTS greenplum CASCADE");
    run(
        kadb,
        "CREATE SERVER greenplum FOREIGN DATA WRAPPER kadb_fdw OPTIONS (k_brokers '"
            + environment.brokers()
            + "', k_consumer_group 'g', k_seg_batch '"
            + BATCH / PARTITIONS
            + "', k_timeout_ms '30000', k_latency_ms '20000', k_segments '2',"
            + " k_stop_at_end 'true')");
    run(
        kadb,
        "CREATE FOREIGN TABLE airports (iata TEXT, name TEXT, city TEXT, state TEXT, country TEXT,"
            + " latitude DOUBLE PRECISION, longitude DOUBLE PRECISION) SERVER greenplum OPTIONS"
            + " (k_topic 'airports', format 'csv')");
    run(postgres, "DROP TABLE IF EXISTS airports");
    run(postgres, "CREATE TABLE airports (iata TEXT, name TEXT, latitude DOUBLE PRECISION)");
    for (Connection session : new Connection[] {postgres, other}) {
      run(
          session,
          "CREATE TEMPORARY TABLE airports_kafka (iata TEXT, name TEXT, latitude DOUBLE PRECISION,"
              + " _partition INTEGER, _offset BIGINT)");
      session.setAutoCommit(false);
    }
  }

  @AfterEach
  void disconnect() throws SQLException {
    other.close();
    postgres.close();
    kadb.close();
  }

  @Test
  void loadsEveryMessageOnceBatchByBatch() throws Exception {
    long batches = 0;
    long loaded;
    do {
      fill(postgres);
      loaded = number(postgres, LOAD);
      postgres.commit();
      batches++;
    } while (loaded > 0);

    assertThat(batches).isGreaterThan(2);
    assertThat(number(postgres, "SELECT count(*) FROM airports"))
        .isEqualTo(RecordFile.AIRPORTS.records().size());
    assertThat(number(postgres, "SELECT count(DISTINCT iata) FROM airports"))
        .isEqualTo(RecordFile.AIRPORTS.records().size());
    assertThat(number(kadb, "SELECT count(*) FROM airports")).isZero();
  }

  @Test
  void leavesRowsAndOffsetsAloneWhenItIsRolledBack() throws SQLException {
    fill(postgres);
    assertThat(number(postgres, LOAD)).isEqualTo(BATCH);
    postgres.rollback();

    assertThat(number(postgres, "SELECT count(*) FROM airports")).isZero();
    assertThat(storedOffsets()).isZero();
  }

  @Test
  void letsOneOfTwoThatReadTheSameBatchWin() throws SQLException {
    load(postgres);
    fill(postgres);
    fill(other);
    assertThat(number(postgres, LOAD)).isEqualTo(BATCH);
    postgres.commit();
    long moved = storedOffsets();

    assertThatThrownBy(() -> number(other, LOAD))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
    other.rollback();

    assertThat(storedOffsets()).isEqualTo(moved);
    assertThat(number(postgres, "SELECT count(*) FROM airports")).isEqualTo(2 * BATCH);
  }

  @Test
  void refusesATableThatIsNotThere() {
    assertThatThrownBy(
            () ->
                number(
                    postgres, "SELECT kadb.load_batch('public.nosuch', 'a', 'b', ARRAY['iata'])"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P01"));
  }

  @Test
  void thePageShowsTheExample() throws IOException {
    String example = Files.readString(Repository.examples().resolve("greenplum/example.sql"));
    for (String statement : Readme.read("docs/greenplum.md").texts("sql").get(0).split("\n\n")) {
      assertThat(example).contains(statement);
    }
  }

  private void load(Connection session) throws SQLException {
    fill(session);
    number(session, LOAD);
    session.commit();
  }

  /** What the external table would give now. */
  private static void fill(Connection session) throws SQLException {
    run(session, "DELETE FROM airports_kafka");
    fill(session, "_partition < 0");
    for (int partition = 0; partition < PARTITIONS; partition++) {
      fill(session, "_partition >= " + partition + " AND _partition < " + (partition + 1));
    }
    fill(session, "_partition >= " + PARTITIONS);
    fill(session, "_partition IS NULL");
  }

  /** One of PXF's queries, on a connection of its own. */
  private static void fill(Connection session, String condition) throws SQLException {
    try (Connection pxf = DriverManager.getConnection(server.url() + "?scanMode=peek")) {
      pxf.setAutoCommit(false);
      try (Statement read = pxf.createStatement();
          PreparedStatement write =
              session.prepareStatement("INSERT INTO airports_kafka VALUES (?, ?, ?, ?, ?)")) {
        read.setFetchSize(FETCH_SIZE);
        ResultSet rows = read.executeQuery(QUERY + condition);
        while (rows.next()) {
          for (int column = 1; column <= 5; column++) {
            write.setObject(column, rows.getObject(column));
          }
          write.addBatch();
        }
        write.executeBatch();
      }
      pxf.commit();
    }
  }

  private long storedOffsets() throws SQLException {
    return number(
        kadb,
        "SELECT coalesce(sum(off), 0) FROM kadb.offsets"
            + " WHERE ftoid = 'public.airports'::regclass::oid");
  }

  private static long number(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static void run(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }
}
