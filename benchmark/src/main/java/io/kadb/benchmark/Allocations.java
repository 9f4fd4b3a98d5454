package io.kadb.benchmark;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * What this JVM allocates, on all its threads, those that ended included: told by how the heap
 * grows from one collection to the next. The last steps of a program are as coarse as the buffers
 * in which its threads allocate.
 */
final class Allocations {
  private static final Allocations ALL = new Allocations();

  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();
  private final Set<String> heapPools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
          .map(pool -> pool.getName())
          .collect(Collectors.toSet());
  private long collections;
  private long allocated;
  private long lastUsed;
  private long mostLeft;

  private Allocations() {
    collections = collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    lastUsed = used();
    for (GarbageCollectorMXBean collector : collectors) {
      ((NotificationEmitter) collector)
          .addNotificationListener((notification, handback) -> note(notification), null, null);
    }
  }

  /** The only one: a JVM has one heap. */
  static Allocations ofThisJvm() {
    return ALL;
  }

  private static long used() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private synchronized void note(Notification notification) {
    String kind = GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION;
    if (notification.getType().equals(kind)) {
      GcInfo info =
          GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
              .getGcInfo();
      allocated += Math.max(0, sum(info.getMemoryUsageBeforeGc()) - lastUsed);
      lastUsed = sum(info.getMemoryUsageAfterGc());
      mostLeft = Math.max(mostLeft, lastUsed);
      collections++;
    }
  }

  private long sum(Map<String, MemoryUsage> pools) {
    return pools.entrySet().stream()
        .filter(pool -> heapPools.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }

  /** Bytes allocated since the JVM started. */
  synchronized long bytes() {
    return allocated + Math.max(0, used() - lastUsed);
  }

  /** Begins anew with {@link #mostLeft}. */
  synchronized void forgetMostLeft() {
    mostLeft = 0;
  }

  /** The most bytes that a collection left on the heap; zero if there was none. */
  synchronized long mostLeft() {
    return mostLeft;
  }

  /** Waits until all collections there were are counted: they are told of a little later. */
  void settle() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (System.nanoTime() < end) {
      long happened =
          collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
      synchronized (this) {
        if (collections >= happened) {
          return;
        }
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
