package io.kadb.driver.jdbc;

import io.kadb.driver.wire.Cells;
import io.kadb.driver.wire.Frame;
import java.sql.SQLException;

/** Where the frames of a result come from, and who wants to know how it ended. */
interface FrameSource {
  /** Rows that are all there already, and whose end interests nobody. */
  FrameSource NONE =
      new FrameSource() {
        @Override
        public Frame fetch(long offset, int rows) {
          return Frame.last(Cells.NONE);
        }

        @Override
        public void confirm() {}

        @Override
        public void abandon() {}

        @Override
        public void interruptFetch() {}
      };

  /**
   * Returns the next rows, which may be none although more follow.
   *
   * @param offset the number of rows that came before
   * @param rows the most rows to fetch
   */
  Frame fetch(long offset, int rows) throws SQLException;

  /** Learns that the program got the last row. */
  void confirm() throws SQLException;

  /** Learns that the program does not want the rest. */
  void abandon() throws SQLException;

  /** Makes a fetch that is under way in another thread come out soon. */
  void interruptFetch();
}
