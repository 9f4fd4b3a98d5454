package io.kadb.server.remote;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;

/** The columns of a result as a client gets them. Safe for many threads. */
final class WireColumns {
  private final WireColumn[] columns;
  private final Encoding encoding;

  private WireColumns(WireColumn[] columns, Encoding encoding) {
    this.columns = columns;
    this.encoding = encoding;
  }

  /**
   * Makes the columns of a result.
   *
   * @param dialect how values travel
   * @param encoding in which form
   */
  static WireColumns of(ResultSetMetaData result, Dialect dialect, Encoding encoding) {
    try {
      WireColumn[] columns = new WireColumn[result.getColumnCount()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = WireColumn.of(result, i + 1, dialect);
      }
      return new WireColumns(columns, encoding);
    } catch (SQLException e) {
      throw new IllegalStateException("a result does not know its columns", e);
    }
  }

  /** Returns the columns as Avatica describes them. */
  List<ColumnMetaData> metaData() {
    return Arrays.stream(columns).map(WireColumn::metaData).toList();
  }

  /** Returns Avatica's description of a query with these columns. */
  Meta.Signature signature(String sql, List<AvaticaParameter> parameters) {
    return Meta.Signature.create(
        metaData(), sql, parameters, Meta.CursorFactory.LIST, Meta.StatementType.SELECT);
  }

  /**
   * Returns an empty buffer for rows.
   *
   * @param bytes how many bytes they will have, as far as is known
   */
  RowBuffer newBuffer(int bytes) {
    return encoding.newBuffer(columns, bytes);
  }

  /** Returns an empty buffer for rows as JSON. */
  JsonRowBuffer newJsonBuffer() {
    return new JsonRowBuffer(columns, 0);
  }
}
