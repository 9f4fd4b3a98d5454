package io.kadb.driver.wire;

import io.kadb.driver.error.SqlExceptions;
import io.kadb.driver.error.States;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object, read by name and type and built one after the other. */
final class Fields {
  private final Map<String, @Nullable Object> byName;

  private Fields(Map<String, @Nullable Object> byName) {
    this.byName = byName;
  }

  /** Begins an object with one field. */
  static Fields with(String name, @Nullable Object value) {
    return new Fields(new LinkedHashMap<>()).and(name, value);
  }

  /** Returns the fields of a value that must be an object. */
  @SuppressWarnings("unchecked") // Json makes no other maps.
  static Fields of(@Nullable Object value) throws SQLException {
    if (value instanceof Map) {
      return new Fields((Map<String, @Nullable Object>) value);
    }
    throw unexpected("an object", value);
  }

  /** Adds a field. */
  Fields and(String name, @Nullable Object value) {
    byName.put(name, value);
    return this;
  }

  Map<String, @Nullable Object> asMap() {
    return Collections.unmodifiableMap(byName);
  }

  @Nullable Object any(String name) {
    return byName.get(name);
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(byName.get(name));
  }

  String text(String name) {
    Object value = byName.get(name);
    return value == null ? "" : value.toString();
  }

  int integer(String name) {
    return (int) number(name);
  }

  /** Returns a number; 0 if there is none. */
  long number(String name) {
    Object value = byName.get(name);
    return value instanceof Number ? ((Number) value).longValue() : 0;
  }

  /** Returns the fields of an object inside; null if there is none. */
  @Nullable Fields object(String name) throws SQLException {
    Object value = byName.get(name);
    return value == null ? null : of(value);
  }

  /** Returns an array; an empty one if there is none. */
  @Nullable Object[] array(String name) throws SQLException {
    Object value = byName.get(name);
    if (value == null) {
      return new Object[0];
    }
    if (value instanceof Object[]) {
      return (Object[]) value;
    }
    throw unexpected("an array as " + name, value);
  }

  /** Returns rows; none if there is no such field. */
  Cells cells(String name) throws SQLException {
    Object value = byName.get(name);
    if (value == null) {
      return Cells.NONE;
    }
    if (value instanceof Cells) {
      return (Cells) value;
    }
    throw unexpected("rows", value);
  }

  static SQLException unexpected(String wanted, @Nullable Object found) {
    String shown = found == null ? "nothing" : SqlExceptions.shown(found.toString());
    return SqlExceptions.of(
        "the server's answer: found " + shown + ", wanted " + wanted, States.PROTOCOL_VIOLATION);
  }
}
