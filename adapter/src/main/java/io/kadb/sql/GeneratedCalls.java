package io.kadb.sql;

import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.jspecify.annotations.Nullable;

/**
 * What the engine's generated code calls. The class is public because that code lies in no package;
 * it is not meant for anybody else.
 */
public final class GeneratedCalls {
  private GeneratedCalls() {}

  /** Returns the rows of a scan node. */
  public static Enumerable<@Nullable Object[]> scan(DataContext context, Object spec) {
    ScanSpec scan = (ScanSpec) spec;
    ScanHost host = context instanceof ScanHost own ? own : scan.table().host();
    return host.open(scan, context);
  }

  /** Returns the rows after the first {@code offset}, at most {@code fetch}, taking none more. */
  public static <T> Enumerable<T> limit(Enumerable<T> rows, long offset, long fetch) {
    return new LimitedRows<>(rows, offset, fetch);
  }

  /** Returns a parameter of the statement that is a number of rows. */
  public static long rowCount(DataContext context, int parameter) {
    Object value = context.get("?" + parameter);
    return value instanceof Number number && number.longValue() >= 0 ? number.longValue() : 0;
  }

  /** Returns the OID of the foreign table of this name. */
  public static long tableOid(DataContext context, String name) {
    return StatementRun.of(context).tableOid(name);
  }
}
