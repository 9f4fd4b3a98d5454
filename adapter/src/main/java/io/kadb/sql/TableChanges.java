package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.NearestName;
import io.kadb.sql.Command.TableChange;
import io.kadb.sql.Places.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What the actions of ALTER FOREIGN TABLE make of a table. */
final class TableChanges {
  private final Places places;

  /**
   * Creates the changes of one statement.
   *
   * @param places where its names stand
   */
  TableChanges(Places places) {
    this.places = places;
  }

  /** Returns the changed table; it keeps its OID. */
  ForeignTable apply(ForeignTable table, TableChange change) {
    if (change instanceof TableChange.Options options) {
      return table.withOptions(
          OptionChanges.apply(
              table.options(), options.changes(), option -> places.option("", option)));
    } else if (change instanceof TableChange.Rename rename) {
      TableName name = new TableName(table.name().schema(), rename.name());
      return new ForeignTable(
          table.ftoid(), name, table.server(), table.columns(), table.options());
    }
    return new ForeignTable(
        table.ftoid(),
        table.name(),
        table.server(),
        checked(columns(table.columns(), change)),
        table.options());
  }

  private List<ColumnDefinition> columns(List<ColumnDefinition> present, TableChange change) {
    List<ColumnDefinition> columns = new ArrayList<>(present);
    if (change instanceof TableChange.AddColumn add) {
      columns.add(add.column());
    } else if (change instanceof TableChange.DropColumn drop) {
      if (!drop.ifExists() || has(present, drop.name())) {
        columns.remove(place(present, drop.name()));
      }
    } else if (change instanceof TableChange.RetypeColumn retype) {
      change(columns, retype.name(), column -> column.withType(retype.type()));
    } else if (change instanceof TableChange.RenameColumn rename) {
      change(columns, rename.name(), column -> column.withName(rename.newName()));
    } else if (change instanceof TableChange.SetNotNull set) {
      change(columns, set.name(), column -> column.withNotNull(set.notNull()));
    } else if (change instanceof TableChange.SetDefault set) {
      change(columns, set.name(), column -> column.withDefault(set.value()));
    } else if (change instanceof TableChange.ColumnOptions options) {
      change(columns, options.name(), column -> withOptions(column, options));
    }
    return columns;
  }

  private ColumnDefinition withOptions(ColumnDefinition column, TableChange.ColumnOptions options) {
    return column.withOptions(
        OptionChanges.apply(
            column.options(), options.changes(), option -> places.option(column.name(), option)));
  }

  private void change(
      List<ColumnDefinition> columns, String name, UnaryOperator<ColumnDefinition> change) {
    int place = place(columns, name);
    columns.set(place, change.apply(columns.get(place)));
  }

  private static boolean has(List<ColumnDefinition> columns, String name) {
    return columns.stream().anyMatch(c -> c.name().equals(name));
  }

  private int place(List<ColumnDefinition> columns, String name) {
    List<String> names = columns.stream().map(ColumnDefinition::name).toList();
    int place = names.indexOf(name);
    if (place < 0) {
      KadbException error =
          new KadbException(ErrorCode.UNDEFINED_COLUMN, "column " + name + " does not exist");
      throw places.at(
          Part.COLUMN,
          name,
          NearestName.of(name, names)
              .map(nearest -> error.withHint("did you mean " + nearest + "?"))
              .orElse(error));
    }
    return place;
  }

  private Optional<Places.Place> place(ColumnDefinition column) {
    return places.find(Part.DEFAULT, column.name()).or(() -> places.find(Part.TYPE, column.name()));
  }

  /**
   * Checks that names differ and that defaults are values of their columns' types, and returns the
   * columns with their defaults in the simplest form.
   *
   * @throws KadbException 42701 if a name occurs twice, or what there is to say of a default
   */
  List<ColumnDefinition> checked(List<ColumnDefinition> columns) {
    Set<String> names = new HashSet<>();
    List<ColumnDefinition> checked = new ArrayList<>();
    for (ColumnDefinition column : columns) {
      if (!names.add(column.name())) {
        throw places.at(
            Part.COLUMN,
            column.name(),
            new KadbException(
                ErrorCode.DUPLICATE_COLUMN,
                "column " + column.name() + " is given more than once"));
      }
      checked.add(DefaultClause.checked(column, place(column)));
    }
    return checked;
  }
}
