package io.kadb.store;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * A store in PostgreSQL or Greenplum, in schema {@code kadb}. All SQL is PostgreSQL 9.4's.
 *
 * <p>Names in {@code kadb.foreign_tables} are kept unique by the one row of {@code
 * kadb.catalog_state}, which every change of a definition updates first: Greenplum has no second
 * unique index on a distributed table.
 */
final class PostgresStore extends JdbcStore {
  /** Far above what the OID counter of a PostgreSQL reaches in practice. */
  private static final long FIRST_FTOID = 3_000_000_000L;

  /** Any number will do as long as all who migrate use the same: "kadb" in ASCII. */
  private static final String ATTRIBUTES =
      " FROM pg_catalog.pg_attribute a"
          + " WHERE a.attrelid = '{offsets}'::regclass AND a.attnum > 0 AND NOT a.attisdropped";

  private static final String LOGIN_SECONDS = "20";
  private static final long MIGRATION_LOCK = 0x6B616462L;

  /** The server ended the session, or does not take one. */
  private static final Set<String> ENDED = Set.of("57P01", "57P02", "57P03", "57P05");

  private final PostgresErrors errors;

  PostgresStore(StoreLocation location) {
    super(location);
    errors = new PostgresErrors(location);
    if (Driver.parseURL(location.url(), null) == null) {
      throw new KadbException(ErrorCode.BAD_OPTION_VALUE, "store: malformed URL " + location)
          .withHint("wanted jdbc:postgresql://<host>[:<port>]/<database>");
    }
  }

  @Override
  Connection connect() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "kadb");
    properties.setProperty("tcpKeepAlive", "true");
    // A server that takes the connection and then says nothing. Statements may take any time.
    properties.setProperty("loginTimeout", LOGIN_SECONDS);
    location().user().ifPresent(user -> properties.setProperty("user", user));
    location().password().ifPresent(password -> properties.setProperty("password", password));
    try {
      // Not by DriverManager, whose own error would show the whole URL.
      Connection connection = new Driver().connect(location().url(), properties);
      if (connection == null) {
        throw new KadbException(ErrorCode.BAD_OPTION_VALUE, "store: malformed URL " + location());
      }
      setTimeZone(connection);
      return connection;
    } catch (SQLException e) {
      throw errors.connecting(e);
    }
  }

  /** Makes the session's zone UTC: the driver sets the JVM's, which would shift TIMESTAMPTZ. */
  private static void setTimeZone(Connection connection) throws SQLException {
    try {
      execute(connection, "SET TIME ZONE 'UTC'");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  void start(Connection connection, Duration lockWait, BooleanSupplier cancelled)
      throws SQLException {
    connection.setAutoCommit(false);
  }

  @Override
  void commit(Connection connection) throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  @Override
  void rollback(Connection connection) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  @Override
  boolean startsWithReads() {
    return true;
  }

  @Override
  void limitLockWait(Connection connection, Duration lockWait) throws SQLException {
    // 0 would mean to wait for ever.
    long millis = Math.min(Math.max(1, lockWait.toMillis()), Integer.MAX_VALUE);
    execute(connection, "SET LOCAL lock_timeout = " + millis);
  }

  @Override
  void unlimitLockWait(Connection connection) throws SQLException {
    execute(connection, "SET LOCAL lock_timeout TO DEFAULT");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  void cancel(Connection connection) throws SQLException {
    connection.unwrap(PGConnection.class).cancelQuery();
  }

  @Override
  boolean broken(SQLException error) {
    String state = error.getSQLState();
    return state != null && (state.startsWith("08") || ENDED.contains(state));
  }

  @Override
  KadbException failure(SQLException error) {
    return errors.of(error);
  }

  @Override
  String tablePrefix() {
    return "kadb.";
  }

  @Override
  long firstFtoid() {
    return FIRST_FTOID;
  }

  @Override
  String nextLoadId() {
    return "SELECT nextval('{load_ids}')";
  }

  @Override
  String newRejectId() {
    return "nextval('kadb.reject_ids')";
  }

  @Override
  String timeOfMillis(String millis) {
    return "to_timestamp(CAST(" + millis + " AS BIGINT) / 1000.0)";
  }

  @Override
  String millisOfTime(String time) {
    return "CAST(extract(epoch FROM " + time + ") * 1000 AS BIGINT)";
  }

  @Override
  String migrations() {
    return "postgresql";
  }

  @Override
  boolean hasMigrations(StoreSql sql) throws SQLException {
    return sql.exists(
        "SELECT 1 FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = 'kadb' AND c.relname = 'migrations'");
  }

  @Override
  void lockMigrations(StoreSql sql) throws SQLException {
    sql.query("SELECT pg_advisory_xact_lock(?)", row -> true, MIGRATION_LOCK);
    // CREATE SCHEMA IF NOT EXISTS would ask for the right to create even where it exists.
    if (!sql.exists("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'kadb'")) {
      sql.run("CREATE SCHEMA kadb");
    }
  }

  @Override
  void checkAdopted(StoreSql sql) throws SQLException {
    List<String> columns =
        sql.query(
            "SELECT a.attname || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod)"
                + ATTRIBUTES
                + " ORDER BY a.attnum",
            row -> row.getString(1));
    boolean filled =
        sql.exists(
            "SELECT 1"
                + ATTRIBUTES
                + " AND a.attname NOT IN ('ftoid', 'prt', 'off') AND a.attnotnull"
                + " AND NOT a.atthasdef");
    if (filled || !columns.containsAll(List.of("ftoid oid", "prt integer", "off bigint"))) {
      throw notAdoptable("columns " + String.join(", ", columns));
    }
    boolean unique =
        sql.exists(
            "SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = '{offsets}'::regclass"
                + " AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL"
                + " AND i.indnatts = 2 AND 2 = (SELECT count(*)"
                + ATTRIBUTES
                + " AND a.attname IN ('ftoid', 'prt') AND a.attnum = ANY (i.indkey))");
    if (!unique) {
      throw notAdoptable("no primary key (ftoid, prt)");
    }
  }

  private static KadbException notAdoptable(String found) {
    return new KadbException(
            ErrorCode.INVALID_DEFINITION, "the existing table kadb.offsets has " + found)
        .withHint(
            "wanted kadb.offsets(ftoid OID, prt INTEGER, off BIGINT, PRIMARY KEY (ftoid, prt)),"
                + " with no further column that must be given");
  }
}
