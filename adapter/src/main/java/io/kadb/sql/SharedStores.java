package io.kadb.sql;

import io.kadb.store.Store;
import io.kadb.store.StoreLocation;
import java.util.HashMap;
import java.util.Map;

/** The stores that are open in this process: sessions with the same location share one. */
final class SharedStores {
  private static final Map<StoreLocation, Shared> OPEN = new HashMap<>();

  private SharedStores() {}

  private static final class Shared {
    final Store store;
    int users;

    Shared(Store store) {
      this.store = store;
    }
  }

  /** Returns a store, opened if nobody uses it yet; {@link #release} must follow. */
  static Store acquire(StoreLocation location) {
    synchronized (OPEN) {
      Shared shared = OPEN.get(location);
      if (shared == null) {
        shared = new Shared(Store.open(location));
        OPEN.put(location, shared);
      }
      shared.users++;
      return shared.store;
    }
  }

  /** Gives a store back; the last user closes it. */
  static void release(Store store) {
    synchronized (OPEN) {
      Shared shared = OPEN.get(store.location());
      if (shared != null && --shared.users == 0) {
        OPEN.remove(store.location());
        store.close();
      }
    }
  }
}
