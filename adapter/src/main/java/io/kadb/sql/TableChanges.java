package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.sql.Command.TableChange;
import io.kadb.type.TextInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the actions of ALTER FOREIGN TABLE make of a table. */
final class TableChanges {
  private TableChanges() {}

  /** Returns the changed table; it keeps its OID. */
  static ForeignTable apply(ForeignTable table, TableChange change) {
    if (change instanceof TableChange.Options options) {
      return table.withOptions(OptionChanges.apply(table.options(), options.changes()));
    } else if (change instanceof TableChange.Rename rename) {
      TableName name = new TableName(table.name().schema(), rename.name());
      return new ForeignTable(
          table.ftoid(), name, table.server(), table.columns(), table.options());
    }
    List<ColumnDefinition> columns = columns(table.columns(), change);
    check(columns);
    return new ForeignTable(table.ftoid(), table.name(), table.server(), columns, table.options());
  }

  private static List<ColumnDefinition> columns(
      List<ColumnDefinition> present, TableChange change) {
    List<ColumnDefinition> columns = new ArrayList<>(present);
    if (change instanceof TableChange.AddColumn add) {
      columns.add(add.column());
    } else if (change instanceof TableChange.DropColumn drop) {
      if (!drop.ifExists() || has(present, drop.name())) {
        columns.remove(place(present, drop.name()));
      }
    } else if (change instanceof TableChange.RetypeColumn retype) {
      int place = place(present, retype.name());
      ColumnDefinition old = present.get(place);
      columns.set(
          place,
          new ColumnDefinition(
              old.name(), retype.type(), old.notNull(), old.defaultText(), old.options()));
    }
    return columns;
  }

  private static boolean has(List<ColumnDefinition> columns, String name) {
    return columns.stream().anyMatch(c -> c.name().equals(name));
  }

  private static int place(List<ColumnDefinition> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new KadbException(ErrorCode.UNDEFINED_COLUMN, "column " + name + " does not exist");
  }

  /**
   * Checks that names differ and that defaults are values of their columns' types.
   *
   * @throws KadbException 42701 if a name occurs twice, or what the type's input says of a default
   */
  static void check(List<ColumnDefinition> columns) {
    Set<String> names = new HashSet<>();
    for (ColumnDefinition column : columns) {
      if (!names.add(column.name())) {
        throw new KadbException(
            ErrorCode.DUPLICATE_COLUMN, "column " + column.name() + " is given more than once");
      }
      try {
        column.defaultText().ifPresent(TextInput.of(column.type())::read);
      } catch (KadbException e) {
        throw e.inColumn(column.name());
      }
    }
  }
}
