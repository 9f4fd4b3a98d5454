package io.kadb.server.remote;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import org.apache.calcite.avatica.ColumnMetaData;

/**
 * A column of a result as a client gets it.
 *
 * @param metaData as Avatica describes it
 * @param type how its values travel
 */
record WireColumn(ColumnMetaData metaData, WireType type) {
  /** What the original type of a column begins with, in a place that kadb has no use for. */
  private static final String ORIGINAL = "kadb:";

  private static final String ZONED_TIMESTAMP = "timestamp with time zone";
  private static final int MILLISECOND_DIGITS = 3;

  /**
   * Makes a column.
   *
   * @param number from 1
   */
  static WireColumn of(ResultSetMetaData result, int number, Dialect dialect) throws SQLException {
    int jdbcType = jdbcType(result, number, dialect);
    boolean thin = dialect == Dialect.THIN;
    WireType type =
        WireType.of(isZoned(result, number) ? Types.TIMESTAMP_WITH_TIMEZONE : jdbcType, dialect);
    boolean asText = thin && type.rep() == ColumnMetaData.Rep.STRING;
    ColumnMetaData.AvaticaType avatica =
        ColumnMetaData.scalar(
            asText ? Types.VARCHAR : jdbcType,
            asText ? "VARCHAR" : result.getColumnTypeName(number),
            type.rep());
    return new WireColumn(
        new ColumnMetaData(
            number - 1,
            result.isAutoIncrement(number),
            result.isCaseSensitive(number),
            result.isSearchable(number),
            result.isCurrency(number),
            result.isNullable(number),
            result.isSigned(number),
            result.getColumnDisplaySize(number),
            result.getColumnLabel(number),
            result.getColumnName(number),
            result.getSchemaName(number),
            thin ? result.getPrecision(number) : stockPrecision(result, number, jdbcType),
            result.getScale(number),
            result.getTableName(number),
            thin ? original(result, number, jdbcType) : "",
            avatica,
            result.isReadOnly(number),
            result.isWritable(number),
            result.isDefinitelyWritable(number),
            result.getColumnClassName(number)),
        type);
  }

  /** Avatica's driver cannot tell the two kinds of timestamps apart by anything but the code. */
  private static int jdbcType(ResultSetMetaData result, int number, Dialect dialect)
      throws SQLException {
    return dialect != Dialect.THIN && isZoned(result, number)
        ? Types.TIMESTAMP_WITH_TIMEZONE
        : result.getColumnType(number);
  }

  private static boolean isZoned(ResultSetMetaData result, int number) throws SQLException {
    return ZONED_TIMESTAMP.equals(result.getColumnTypeName(number));
  }

  private static String original(ResultSetMetaData result, int number, int jdbcType)
      throws SQLException {
    return ORIGINAL
        + jdbcType
        + ':'
        + result.getColumnTypeName(number)
        + ':'
        + result.getColumnClassName(number);
  }

  /** Avatica's driver prints times with as many digits after the point as their precision says. */
  private static int stockPrecision(ResultSetMetaData result, int number, int jdbcType)
      throws SQLException {
    boolean time = jdbcType == Types.TIME || jdbcType == Types.TIMESTAMP;
    return time
        ? Math.min(result.getScale(number), MILLISECOND_DIGITS)
        : result.getPrecision(number);
  }
}
