package io.kadb.sql;

import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;

/** Rows that end with an error once the statement that reads them is cancelled or out of time. */
final class CheckedRows<T> extends AbstractEnumerable<T> {
  private final RunControl control;
  private final Enumerable<T> input;

  CheckedRows(RunControl control, Enumerable<T> input) {
    this.control = control;
    this.input = input;
  }

  @Override
  public Enumerator<T> enumerator() {
    control.check();
    return new Checked(input.enumerator());
  }

  private final class Checked implements Enumerator<T> {
    private final Enumerator<T> rows;

    Checked(Enumerator<T> rows) {
      this.rows = rows;
    }

    @Override
    public T current() {
      return rows.current();
    }

    @Override
    public boolean moveNext() {
      control.check();
      return rows.moveNext();
    }

    @Override
    public void reset() {
      rows.reset();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
