package io.kadb.sql;

import io.kadb.catalog.ForeignTable;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.kafka.KafkaClients;
import io.kadb.option.Option;
import io.kadb.scan.ScanMode;
import io.kadb.store.Store;
import io.kadb.store.StoreSession;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the parts of a session share: store, transaction, settings, open results. */
final class SessionState {
  private final String user;
  private final Store store;
  private final StoreSession storeSession;
  private final Transaction transaction;
  private final KafkaClients clients;
  private final Map<String, String> defaults;
  private final Set<QueryRows> openRows = new LinkedHashSet<>();
  private final Set<Long> consuming = new HashSet<>();
  private final Optional<BrokerTopics> topics;
  private Optional<ScanMode> scanMode;
  private boolean readOnly;
  private String schema;

  SessionState(Store store, KafkaClients clients, SessionConfig config, String user) {
    this.user = user;
    this.store = store;
    this.storeSession = store.session();
    this.transaction = new Transaction(storeSession, clients);
    this.clients = clients;
    this.defaults = config.defaults();
    this.topics =
        config.brokers().map(brokers -> new BrokerTopics(clients, brokers, config.defaults()));
    this.scanMode = config.scanMode();
    this.readOnly = config.readOnly();
    this.schema = config.schema();
  }

  /** Returns whose session it is, as {@code CURRENT_USER} shows it. */
  String user() {
    return user;
  }

  Store store() {
    return store;
  }

  StoreSession storeSession() {
    return storeSession;
  }

  Transaction transaction() {
    return transaction;
  }

  KafkaClients clients() {
    return clients;
  }

  Map<String, String> defaults() {
    return defaults;
  }

  /** Returns the topics of the brokers that the connection was given, if it was. */
  Optional<BrokerTopics> topics() {
    return topics;
  }

  Optional<ScanMode> scanMode() {
    return scanMode;
  }

  void scanMode(Optional<ScanMode> mode) {
    scanMode = mode;
  }

  boolean readOnly() {
    return readOnly;
  }

  void readOnly(boolean on) {
    readOnly = on;
  }

  String schema() {
    return schema;
  }

  void schema(String name) {
    schema = name;
  }

  /** Returns the mode in which a table is read. */
  ScanMode effectiveMode(KafkaTable table) {
    if (!table.isDefined()) {
      return ScanMode.SNAPSHOT;
    }
    ScanMode option =
        ScanMode.of(table.unchecked().text(Option.SCAN_MODE)).orElse(ScanMode.CONSUME);
    ScanMode mode = scanMode.orElse(option);
    return readOnly && mode == ScanMode.CONSUME ? ScanMode.PEEK : mode;
  }

  /** Checks that this session may write. */
  void checkWritable(String what) {
    if (readOnly) {
      throw new KadbException(
          ErrorCode.READ_ONLY, "cannot execute " + what + " on a read-only connection");
    }
  }

  /**
   * Notes that a statement consumes a table.
   *
   * @throws KadbException 55006 if another result of this session does
   */
  void beginConsuming(long ftoid, String name) {
    if (!consuming.add(ftoid)) {
      throw new KadbException(
              ErrorCode.OBJECT_IN_USE,
              "another result of this connection is consuming foreign table " + name)
          .withHint("read it to its end or close it first");
    }
  }

  /**
   * Checks that no open result of this session consumes a table that is to be dropped: its offsets
   * would be stored for a table that is gone.
   *
   * @throws KadbException 55006 if one does
   */
  void checkDroppable(ForeignTable table) {
    if (consuming.contains(table.ftoid())) {
      throw new KadbException(
              ErrorCode.OBJECT_IN_USE,
              "foreign table "
                  + table.name()
                  + " is being consumed by an open result of this connection")
          .withHint("read it to its end or close it first");
    }
  }

  void endConsuming(Set<Long> ftoids) {
    consuming.removeAll(ftoids);
  }

  void opened(QueryRows rows) {
    openRows.add(rows);
  }

  void closed(QueryRows rows) {
    openRows.remove(rows);
  }

  /**
   * Checks that a statement may use the store's connection.
   *
   * @throws KadbException 55006 if, under autocommit, an open result reads the warehouse: ending
   *     another statement would end its transaction
   */
  void checkStoreFree() {
    if (!transaction.open() && openRows.stream().anyMatch(QueryRows::readsWarehouse)) {
      throw new KadbException(
              ErrorCode.OBJECT_IN_USE,
              "another result of this connection reads tables of the warehouse")
          .withHint("read it to its end, close it, or turn autocommit off");
    }
  }

  /**
   * Checks that a query may read the warehouse.
   *
   * @throws KadbException 55006 if, under autocommit, an open result consumes a table: its offsets
   *     would be stored in a transaction that the other result ends
   */
  void checkNothingConsumes() {
    if (!transaction.open() && !consuming.isEmpty()) {
      throw new KadbException(
              ErrorCode.OBJECT_IN_USE, "another result of this connection consumes a foreign table")
          .withHint("read it to its end, close it, or turn autocommit off");
    }
  }

  /**
   * Closes all open results, of which those that stand on their last row succeed, and commits. If
   * any of it fails, everything is rolled back: a second commit must not keep the half of it.
   */
  void commit() {
    try {
      for (QueryRows rows : List.copyOf(openRows)) {
        rows.close();
      }
    } catch (RuntimeException | Error e) {
      try {
        abandonRows();
        transaction.rollback();
      } catch (KadbException rollback) {
        e.addSuppressed(rollback);
      }
      throw e;
    }
    transaction.commit();
  }

  /** Ends all open results without success. */
  void abandonRows() {
    for (QueryRows rows : Set.copyOf(openRows)) {
      rows.abandon();
    }
  }
}
