package io.kadb.sql;

import io.kadb.catalog.ColumnDefault;
import io.kadb.catalog.ColumnDefinition;
import io.kadb.type.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/** A statement other than a query or DML, as parsed. */
sealed interface Command {
  /** A table's name as written. */
  record Name(Optional<String> schema, String table) {}

  /** A change of one option. */
  record OptionChange(Action action, String name, Optional<String> value) {
    enum Action {
      ADD,
      SET,
      DROP
    }
  }

  record CreateServer(
      boolean ifNotExists,
      String name,
      Optional<String> type,
      Optional<String> version,
      Map<String, String> options)
      implements Command {}

  record AlterServer(String name, List<OptionChange> changes) implements Command {}

  record DropServer(boolean ifExists, List<String> names, boolean cascade) implements Command {}

  record CreateForeignTable(
      boolean ifNotExists,
      Name name,
      List<ColumnDefinition> columns,
      String server,
      Map<String, String> options)
      implements Command {}

  record AlterForeignTable(boolean ifExists, Name name, List<TableChange> changes)
      implements Command {}

  record DropForeignTable(boolean ifExists, List<Name> names) implements Command {}

  /**
   * Creates a foreign table for each topic of a server.
   *
   * @param limitTo the only topics to take; empty for all
   * @param except topics to leave out
   */
  record ImportForeignSchema(
      String remoteSchema,
      List<String> limitTo,
      List<String> except,
      String server,
      String schema,
      Map<String, String> options)
      implements Command {}

  record CreateSchema(boolean ifNotExists, String name) implements Command {}

  record DropSchema(boolean ifExists, String name, boolean cascade) implements Command {}

  record SetParameter(String name, Optional<String> value) implements Command {}

  record ShowParameter(String name) implements Command {}

  record Begin() implements Command {}

  record Commit() implements Command {}

  record Rollback(Optional<String> savepoint) implements Command {}

  record Savepoint(String name) implements Command {}

  record Release(String name) implements Command {}

  /** Shows the plan of a query or DML statement. */
  record Explain(SqlNode statement) implements Command {}

  /** One action of ALTER FOREIGN TABLE. */
  sealed interface TableChange {
    record Options(List<OptionChange> changes) implements TableChange {}

    record AddColumn(ColumnDefinition column) implements TableChange {}

    record DropColumn(String name, boolean ifExists) implements TableChange {}

    record RetypeColumn(String name, ColumnType type) implements TableChange {}

    record Rename(String name) implements TableChange {}

    record RenameColumn(String name, String newName) implements TableChange {}

    record ColumnOptions(String name, List<OptionChange> changes) implements TableChange {}

    record SetNotNull(String name, boolean notNull) implements TableChange {}

    /** Gives a column a default, or takes it away. */
    record SetDefault(String name, Optional<ColumnDefault> value) implements TableChange {}
  }
}
