package io.kadb.testing;

import java.util.concurrent.atomic.AtomicInteger;

/** Names for topics and databases that no other test of this JVM uses. */
public final class UniqueNames {
  private static final AtomicInteger LAST = new AtomicInteger();

  private UniqueNames() {}

  /** The next name, {@code <stem><separator><number>}. */
  public static String next(String stem, char separator) {
    return stem + separator + LAST.incrementAndGet();
  }
}
