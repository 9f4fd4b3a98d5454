package io.kadb.server.remote;

/**
 * A frame that was handed to a client.
 *
 * @param offset the number of rows before it
 * @param done whether no frame follows
 * @param rows its rows
 */
record ResultFrame(long offset, boolean done, RowBuffer rows) {
  /** Returns the number of rows before the next frame. */
  long end() {
    return offset + rows.rows();
  }

  /** Returns whether a request for this offset asks for this frame again. */
  boolean answers(long wanted) {
    return wanted == offset && (done || rows.rows() > 0);
  }
}
