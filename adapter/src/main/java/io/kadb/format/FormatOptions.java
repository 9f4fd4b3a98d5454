package io.kadb.format;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where a format finds its options: by name, as text. */
@FunctionalInterface
public interface FormatOptions {
  /** Returns the value of an option, or empty if it is not given. */
  Optional<String> text(String name);

  /** Returns options from a map. */
  static FormatOptions of(Map<String, String> values) {
    Map<String, String> copy = Map.copyOf(values);
    return name -> Optional.ofNullable(copy.get(name));
  }

  /**
   * Returns a boolean option.
   *
   * @throws KadbException HV024 if it is not {@code true}, {@code false}, {@code on} or {@code off}
   */
  default boolean flag(String name, boolean otherwise) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    return switch (text.get().toLowerCase(Locale.ROOT)) {
      case "true", "on" -> true;
      case "false", "off" -> false;
      default -> throw badValue(name, text.get(), "a boolean (true, false, on, off)");
    };
  }

  /**
   * Returns an option that is a positive number.
   *
   * @throws KadbException HV024 if it is not
   */
  default long positive(String name, long otherwise) {
    return atLeast(1, name, otherwise);
  }

  /**
   * Returns an option that is a number of 0 or more.
   *
   * @throws KadbException HV024 if it is not
   */
  default long natural(String name, long otherwise) {
    return atLeast(0, name, otherwise);
  }

  private long atLeast(long least, String name, long otherwise) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    boolean digits = text.get().matches("[0-9]{1,18}");
    long value = digits ? Long.parseLong(text.get()) : -1;
    if (value < least) {
      throw badValue(name, text.get(), "an integer of " + least + " or more");
    }
    return value;
  }

  /** Returns the error for a wrong value of an option. */
  static KadbException badValue(String name, String found, String wanted) {
    return new KadbException(
        ErrorCode.BAD_OPTION_VALUE,
        "option " + name + ": found " + KadbException.shown(found) + ", wanted " + wanted);
  }
}
