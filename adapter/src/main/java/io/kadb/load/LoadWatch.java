package io.kadb.load;

/** Is told how far a load has come, on the thread that writes; must not wait. */
@FunctionalInterface
public interface LoadWatch {
  /** Tells nobody. */
  LoadWatch NOBODY = (rows, bytes) -> {};

  /**
   * Takes progress.
   *
   * @param rows the rows handed to the warehouse since the statement began
   * @param bytes the bytes of them, as COPY text
   */
  void progress(long rows, long bytes);
}
