package io.kadb.error;

/** Takes the notices of a statement in the order they arise. Safe to call from any thread. */
@FunctionalInterface
public interface Notices {
  /** Takes one notice. */
  void add(Notice notice);
}
