package io.kadb.sql;

import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;

/**
 * The rows of LIMIT and OFFSET. Unlike the engine's own form it never asks its input for a row that
 * it does not hand out: what a scan gives counts as read.
 */
final class LimitedRows<T> extends AbstractEnumerable<T> {
  private final Enumerable<T> input;
  private final long offset;
  private final long fetch;

  LimitedRows(Enumerable<T> input, long offset, long fetch) {
    this.input = input;
    this.offset = offset;
    this.fetch = fetch;
  }

  @Override
  public Enumerator<T> enumerator() {
    return fetch <= 0 ? Linq4j.emptyEnumerator() : new Limited(input.enumerator());
  }

  private final class Limited implements Enumerator<T> {
    private final Enumerator<T> rows;
    private boolean skipped;
    private long left = fetch;

    Limited(Enumerator<T> rows) {
      this.rows = rows;
    }

    @Override
    public T current() {
      return rows.current();
    }

    @Override
    public boolean moveNext() {
      if (left <= 0 || !skip() || !rows.moveNext()) {
        left = 0;
        return false;
      }
      left--;
      return true;
    }

    private boolean skip() {
      if (!skipped) {
        skipped = true;
        for (long i = 0; i < offset; i++) {
          if (!rows.moveNext()) {
            return false;
          }
        }
      }
      return true;
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("rows are read once");
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
