package io.kadb.format.avro;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The headers of container files met last, up to their sync markers, with what they say: messages
 * of several schemas often alternate. Bounded by their number and their bytes. Used by one thread.
 */
final class KnownHeaders {
  private static final int MOST = 8;
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private final PlanCache plans;

  /** The one used last comes first. */
  private final List<Known> known = new ArrayList<>();

  private int bytes;

  /**
   * A header.
   *
   * @param bytes itself; no whole header is the beginning of another one
   * @param end the place behind it, where the sync marker begins
   */
  record Known(byte[] bytes, int end, BlockCodec codec, RecordPlan plan) {
    private boolean begins(byte[] message) {
      return message.length >= end && Arrays.equals(message, 0, end, bytes, 0, end);
    }
  }

  KnownHeaders(PlanCache plans) {
    this.plans = plans;
  }

  /**
   * Returns the header of a message.
   *
   * @throws io.kadb.error.KadbException if it is none, or its schema cannot be read
   */
  Known of(byte[] message) {
    for (int i = 0; i < known.size(); i++) {
      Known each = known.get(i);
      if (each.begins(message)) {
        if (i > 0) {
          known.remove(i);
          known.add(0, each);
        }
        return each;
      }
    }
    ContainerHeader found = ContainerHeader.of(message);
    RecordPlan plan = plans.of(message, found.schemaFrom(), found.schemaTo());
    if (found.end() > MAX_KEPT_BYTES) {
      return new Known(message, found.end(), found.codec(), plan);
    }
    Known added = new Known(Arrays.copyOf(message, found.end()), found.end(), found.codec(), plan);
    add(added);
    return added;
  }

  private void add(Known added) {
    known.add(0, added);
    bytes += added.end;
    while (known.size() > MOST || bytes > MAX_KEPT_BYTES) {
      bytes -= known.remove(known.size() - 1).end;
    }
  }
}
