package io.kadb.driver.wire;

import io.kadb.driver.value.ColumnShape;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the descriptions of columns and parameters. */
final class Columns {
  private Columns() {}

  /** Reads Avatica's ColumnMetaData. */
  static List<ColumnShape> columns(@Nullable Object[] array) throws SQLException {
    List<ColumnShape> columns = new ArrayList<>();
    for (Object element : array) {
      columns.add(column(Fields.of(element)));
    }
    return Collections.unmodifiableList(columns);
  }

  /** Reads Avatica's AvaticaParameter. */
  static List<ColumnShape> parameters(@Nullable Object[] array) throws SQLException {
    List<ColumnShape> parameters = new ArrayList<>();
    for (Object element : array) {
      parameters.add(parameter(Fields.of(element)));
    }
    return Collections.unmodifiableList(parameters);
  }

  private static ColumnShape column(Fields column) throws SQLException {
    Fields type = column.object("type");
    ColumnShape.TypeShape travelling =
        new ColumnShape.TypeShape(
            type == null ? Types.VARCHAR : type.integer("id"),
            type == null ? "" : type.text("name"),
            column.text("columnClassName"),
            column.isTrue("signed"),
            column.isTrue("caseSensitive"));
    String name = column.text("columnName");
    String label = column.text("label");
    return new ColumnShape(
        new ColumnShape.Names(
            label.isEmpty() ? name : label,
            name.isEmpty() ? label : name,
            column.text("schemaName"),
            column.text("tableName")),
        travelling.original(column.text("catalogName")),
        new ColumnShape.Size(
            column.integer("precision"), column.integer("scale"), column.integer("displaySize")),
        column.integer("nullable"));
  }

  private static ColumnShape parameter(Fields parameter) {
    String name = parameter.text("name");
    return new ColumnShape(
        new ColumnShape.Names(name, name, "", ""),
        new ColumnShape.TypeShape(
            parameter.integer("parameterType"),
            parameter.text("typeName"),
            parameter.text("className"),
            parameter.isTrue("signed"),
            false),
        new ColumnShape.Size(parameter.integer("precision"), parameter.integer("scale"), 0),
        java.sql.ParameterMetaData.parameterNullable);
  }
}
