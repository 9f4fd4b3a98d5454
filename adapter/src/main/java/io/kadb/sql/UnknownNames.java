package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.ServerDefinition;
import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** What a name that nobody knows probably means: hints for errors. */
final class UnknownNames {
  private static final Pattern OBJECT =
      Pattern.compile("(?:Table|Object) '([^']+)' not found(?: within '([^']+)')?");
  private static final Pattern COLUMN =
      Pattern.compile("(?:Column '([^']+)' not found|column (.+) of the target does not exist)");

  private static final Pattern PLACE = Pattern.compile("line ([0-9]{1,9}), column ([0-9]{1,9})");

  private final Definitions definitions;
  private final String schema;

  /**
   * Creates hints.
   *
   * @param definitions what there is
   * @param schema the schema of names without one
   */
  UnknownNames(Definitions definitions, String schema) {
    this.definitions = definitions;
    this.schema = schema;
  }

  /** Returns the error for a foreign table that does not exist. */
  KadbException table(TableName name) {
    return hinted(
        new KadbException(ErrorCode.UNDEFINED_TABLE, "foreign table " + name + " does not exist"),
        table(name, List.of()));
  }

  /** Returns the error for a server that does not exist. */
  KadbException server(String name) {
    List<String> servers = definitions.servers().stream().map(ServerDefinition::name).toList();
    return hinted(
        new KadbException(ErrorCode.UNDEFINED_OBJECT, "server " + name + " does not exist"),
        NearestName.of(name, servers).map(UnknownNames::didYouMean));
  }

  /** Returns an error of planning a statement with a hint, if it is about an unknown name. */
  KadbException hinted(KadbException error, SqlNode statement) {
    boolean hasHint = error.getMessage().contains("did you mean");
    if (hasHint) {
      return error;
    } else if (error.code() == ErrorCode.UNDEFINED_TABLE) {
      Matcher found = OBJECT.matcher(error.getMessage());
      boolean named = found.find();
      if (named && found.group(1).equals(SchemaTree.WAREHOUSE) && found.group(2) == null) {
        return noWarehouse(error);
      }
      return named ? hinted(error, object(found.group(1), found.group(2))) : error;
    } else if (error.code() == ErrorCode.UNDEFINED_COLUMN) {
      Matcher found = COLUMN.matcher(error.getMessage());
      return found.find()
          ? hinted(
              error, column(found.group(1) == null ? found.group(2) : found.group(1), statement))
          : error;
    }
    return error;
  }

  /** The schema of the warehouse is missing only if the store has none. */
  private static KadbException noWarehouse(KadbException error) {
    KadbException explained =
        new KadbException(
                ErrorCode.UNSUPPORTED, "the store has no warehouse, so no schema pg", error)
            .withHint("connect with the property store=jdbc:postgresql://…");
    Matcher place = PLACE.matcher(error.getMessage());
    return place.lookingAt()
        ? explained.inStatement(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)))
        : explained;
  }

  private static KadbException hinted(KadbException error, Optional<String> hint) {
    return hint.map(error::withHint).orElse(error);
  }

  private static String didYouMean(String name) {
    return "did you mean " + name + "?";
  }

  /** A name without a schema may be one of a table or, before a dot, of a schema. */
  private Optional<String> object(String name, @Nullable String within) {
    List<String> schemas = new ArrayList<>(definitions.schemas());
    schemas.add(OffsetsTable.SCHEMA);
    String inSchema = within == null ? schema : within;
    Optional<String> table = table(new TableName(inSchema, name), systemTables());
    return within == null
        ? table.or(() -> NearestName.of(name, schemas).map(UnknownNames::didYouMean))
        : table;
  }

  private static List<TableName> systemTables() {
    List<TableName> tables = new ArrayList<>();
    tables.add(new TableName(OffsetsTable.SCHEMA, OffsetsTable.NAME));
    SystemViews.all().forEach(view -> tables.add(new TableName(OffsetsTable.SCHEMA, view.name())));
    return tables;
  }

  private Optional<String> table(TableName name, List<TableName> further) {
    List<TableName> all = new ArrayList<>(further);
    definitions.tables().forEach(table -> all.add(table.name()));
    Optional<String> elsewhere =
        all.stream()
            .filter(other -> other.table().equals(name.table()))
            .map(other -> other + " exists")
            .findFirst();
    List<String> siblings =
        all.stream()
            .filter(other -> other.schema().equals(name.schema()))
            .map(TableName::table)
            .toList();
    boolean qualified = !name.schema().equals(schema);
    return elsewhere
        .or(
            () ->
                NearestName.of(name.table(), siblings)
                    .map(near -> qualified ? name.schema() + "." + near : near)
                    .map(UnknownNames::didYouMean))
        .or(
            () ->
                NearestName.of(name.toString(), all.stream().map(TableName::toString).toList())
                    .map(UnknownNames::didYouMean));
  }

  private Optional<String> column(String name, SqlNode statement) {
    Set<String> columns = new LinkedHashSet<>();
    statement.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier identifier) {
            columnsOf(identifier.names).forEach(columns::add);
            return null;
          }
        });
    return NearestName.of(name, columns).map(UnknownNames::didYouMean);
  }

  /** Returns the columns of a table, if these names are one. */
  private List<String> columnsOf(List<String> names) {
    int last = names.size() - 1;
    if (last > 1) {
      return List.of();
    }
    TableName name = new TableName(last == 0 ? schema : names.get(0), names.get(last));
    if (name.schema().equals(OffsetsTable.SCHEMA)) {
      return name.table().equals(OffsetsTable.NAME)
          ? OffsetsTable.COLUMNS
          : SystemViews.all().stream()
              .filter(view -> view.name().equals(name.table()))
              .flatMap(view -> view.description().columns().stream())
              .map(ResultColumn::label)
              .toList();
    }
    return definitions.table(name).map(UnknownNames::columnsOf).orElse(List.of());
  }

  private static List<String> columnsOf(ForeignTable table) {
    List<String> columns =
        new ArrayList<>(table.columns().stream().map(ColumnDefinition::name).toList());
    for (HiddenColumn hidden : HiddenColumn.values()) {
      columns.add(hidden.label());
    }
    return columns;
  }
}
