package io.kadb.option;

/**
 * A value as it was given.
 *
 * @param level where
 * @param name the name it was given under, as the user wrote it
 * @param value the text; it may hold a secret, or references not yet resolved
 */
record Given(Level level, String name, String value) {
  Given withValue(String newValue) {
    return new Given(level, name, newValue);
  }

  /** Names the option and no more: the value may be a secret. */
  @Override
  public String toString() {
    return level.label() + " option " + name;
  }
}
