package io.kadb.jdbc;

import io.kadb.sql.ResultColumn;
import io.kadb.sql.Rows;
import io.kadb.type.ColumnType;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Rows of one integer column that keep the rules of {@link Rows} and remember how they ended. */
final class StubRows implements Rows {
  private final int count;
  private int row;
  private boolean ended;
  private boolean succeeded;
  private @Nullable RuntimeException failure;
  private @Nullable Runnable beforeNext;

  /** Opens when somebody waits in {@link #next}. */
  final CountDownLatch entered = new CountDownLatch(1);

  private StubRows(int count) {
    this.count = count;
  }

  /** Returns rows 1, 2, …, count; the end is known as soon as the last was given. */
  static StubRows counting(int count) {
    return new StubRows(count);
  }

  /** Has the step that finds no more rows fail. */
  StubRows failingAtTheEnd(RuntimeException with) {
    failure = with;
    return this;
  }

  /** Has something done at the beginning of each step. */
  StubRows beforeNext(Runnable action) {
    beforeNext = action;
    return this;
  }

  boolean ended() {
    return ended;
  }

  /** Returns whether offsets would have moved. */
  boolean succeeded() {
    return succeeded;
  }

  @Override
  public List<ResultColumn> columns() {
    return List.of(ResultColumn.of("n", ColumnType.INTEGER));
  }

  @Override
  public boolean next() {
    entered.countDown();
    if (beforeNext != null) {
      beforeNext.run();
    }
    if (row < count) {
      row++;
      return true;
    }
    finish();
    return false;
  }

  private void finish() {
    ended = true;
    if (failure != null) {
      throw failure;
    }
    succeeded = true;
  }

  @Override
  public Object value(int column) {
    return row;
  }

  @Override
  public boolean atEnd() {
    return row == count;
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      if (atEnd()) {
        finish();
      }
    }
  }
}
