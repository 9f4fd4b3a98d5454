package io.kadb.scan;

import java.util.Locale;
import java.util.Optional;

/** What a SELECT from a foreign table takes from Kafka, and whether it moves offsets. */
public enum ScanMode {
  /** The next batch from the stored offsets on; offsets move when the statement succeeds. */
  CONSUME,
  /** The batch that consume would give next; nothing moves. */
  PEEK,
  /** Every message from the earliest to the end offset; stored offsets play no part. */
  SNAPSHOT;

  /** Returns the mode of this name in any case; empty if there is none. */
  public static Optional<ScanMode> of(String name) {
    for (ScanMode mode : values()) {
      if (mode.name().equalsIgnoreCase(name)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  /** Returns the name as options and settings write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether the mode starts at the stored offsets. */
  public boolean fromStoredOffsets() {
    return this != SNAPSHOT;
  }
}
