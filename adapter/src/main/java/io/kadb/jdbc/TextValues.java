package io.kadb.jdbc;

import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import io.kadb.type.TextOutput;
import io.kadb.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** Values as text and bytes, and dates and times out of text. */
final class TextValues {
  private static final TextInput DATE = TextInput.of(ColumnType.DATE);
  private static final TextInput TIME = TextInput.of(ColumnType.of(TypeKind.TIME));
  private static final TextInput TIMESTAMP = TextInput.of(ColumnType.of(TypeKind.TIMESTAMP));
  private static final TextInput TIMESTAMPTZ = TextInput.of(ColumnType.of(TypeKind.TIMESTAMPTZ));

  private TextValues() {}

  /** Returns a value as PostgreSQL prints it. */
  static String toText(Object value, ColumnType type) {
    return TextOutput.of(type).text(value);
  }

  /** Returns the bytes of BYTEA, and of any other value those of its text in UTF-8. */
  static byte[] toBytes(Object value, ColumnType type) {
    return type.kind() == TypeKind.BYTEA
        ? ((byte[]) value).clone()
        : toText(value, type).getBytes(StandardCharsets.UTF_8);
  }

  static LocalDate parseDate(String text) {
    return LocalDate.ofEpochDay((Integer) DATE.read(text));
  }

  static LocalTime parseTime(String text) {
    return LocalTime.ofNanoOfDay((Long) TIME.read(text) * 1_000);
  }

  static LocalDateTime parseTimestamp(String text) {
    return DateTimeValues.wallTime((Long) TIMESTAMP.read(text));
  }

  /** Returns the UTC wall time of a text with a zone, or without one, which means UTC. */
  static LocalDateTime parseTimestampTz(String text) {
    return DateTimeValues.wallTime((Long) TIMESTAMPTZ.read(text));
  }
}
