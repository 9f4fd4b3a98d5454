package io.kadb.sql;

import io.kadb.error.Notice;
import io.kadb.error.Notices;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Warns, once for each column of a statement, of times whose microseconds the engine cuts to
 * milliseconds.
 */
final class PrecisionWatch {
  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private final Notices notices;

  PrecisionWatch(Notices notices) {
    this.notices = notices;
  }

  void lost(String column) {
    if (!warned.contains(column) && warned.add(column)) {
      notices.add(
          Notice.warning(
              "column "
                  + column
                  + " holds microseconds; this statement cuts them to milliseconds"));
    }
  }
}
