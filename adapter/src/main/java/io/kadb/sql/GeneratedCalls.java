package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
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

  /** Returns the rows of a system view. */
  public static Enumerable<@Nullable Object[]> view(DataContext context, Object spec) {
    return Linq4j.asEnumerable(StatementRun.of(context).viewRows((ViewSpec) spec));
  }

  /** Returns the rows after the first {@code offset}, at most {@code fetch}, taking none more. */
  public static <T> Enumerable<T> limit(Enumerable<T> rows, long offset, long fetch) {
    return new LimitedRows<>(rows, offset, fetch);
  }

  /** Returns the rows, which end with an error once the statement is not wanted any more. */
  public static <T> Enumerable<T> checked(DataContext context, Enumerable<T> rows) {
    return context instanceof StatementRun run ? new CheckedRows<>(run.control(), rows) : rows;
  }

  /**
   * Returns a parameter of the statement that is a number of rows.
   *
   * @param otherwise the number for NULL
   * @throws KadbException 22023 if it is negative
   */
  public static long rowCount(DataContext context, int parameter, long otherwise) {
    Object value = context.get("?" + parameter);
    long count = value instanceof Number number ? number.longValue() : otherwise;
    if (count < 0) {
      throw new KadbException(
          ErrorCode.BAD_PARAMETER,
          "parameter "
              + (parameter + 1)
              + ": found "
              + count
              + ", LIMIT and OFFSET take 0 or more");
    }
    return count;
  }

  /** Calls a function that changes something; returns its empty value, or null on NULL. */
  public static @Nullable String offsetValue(
      DataContext context, String function, @Nullable Object table, @Nullable Object timestamp) {
    return (String)
        StatementRun.of(context)
            .functions()
            .rows(OffsetFunction.valueOf(function), table, timestamp)
            .get(0)[0];
  }

  /** Writes a message; returns an empty text, or null if table or message is NULL. */
  public static @Nullable String produceMessage(
      DataContext context,
      @Nullable Object table,
      @Nullable Object message,
      @Nullable Object partition,
      @Nullable Object key) {
    return StatementRun.of(context).messages().produce(table, message, partition, key);
  }

  /** Returns the rows of a function in FROM, which is called when they are read. */
  public static Enumerable<@Nullable Object[]> offsetRows(
      DataContext context, String function, @Nullable Object table, @Nullable Object timestamp) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        return Linq4j.enumerator(
            StatementRun.of(context)
                .functions()
                .rows(OffsetFunction.valueOf(function), table, timestamp));
      }
    };
  }

  /** Cancels a statement of this process and returns whether there was one of this number. */
  public static boolean cancel(DataContext context, long id) {
    StatementRun.of(context);
    return RunningQuery.cancel(id);
  }

  /** Returns the OID of the foreign table of this name; an OID stays as it is. */
  public static long tableOid(DataContext context, Object table) {
    return table instanceof Number oid
        ? oid.longValue()
        : StatementRun.of(context).tableOid(table.toString());
  }

  /** Returns the name of the foreign table of this OID or name. */
  public static String tableName(DataContext context, Object table) {
    return StatementRun.of(context).tableName(table);
  }
}
