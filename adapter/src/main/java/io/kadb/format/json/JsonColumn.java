package io.kadb.format.json;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.WantedColumn;
import io.kadb.type.ColumnType;
import io.kadb.type.TypeKind;
import io.kadb.type.Utf8;
import org.jspecify.annotations.Nullable;

/** A wanted column, and what becomes of a JSON value in it. */
final class JsonColumn {
  /** What takes values of any kind. */
  private enum Intake {
    /** A value of the column's type, from the text of a string, number or boolean. */
    SCALAR,
    /** The same, and the source of objects and arrays. */
    TEXT,
    /** The source of every value. */
    JSON,
    /** The source of every value, once the type's input has looked at it. */
    CHECKED_JSON
  }

  private final WantedColumn column;
  private final ColumnType type;
  private final Intake intake;

  JsonColumn(WantedColumn column, ColumnType type) {
    this.column = column;
    this.type = type;
    this.intake = intake(type.kind());
  }

  private static Intake intake(TypeKind kind) {
    return switch (kind) {
      case JSON -> Intake.JSON;
      case JSONB -> Intake.CHECKED_JSON;
      case TEXT, VARCHAR, CHAR, OTHER -> Intake.TEXT;
      default -> Intake.SCALAR;
    };
  }

  int slot() {
    return column.slot();
  }

  /**
   * Returns the column's value.
   *
   * @param found what the document holds
   * @param number the column's number there
   * @param unescaped takes the characters of a string with escapes
   * @throws KadbException if it is no value of the column's type, with the column
   */
  @Nullable Object value(byte[] message, FoundValues found, int number, Unescaped unescaped) {
    byte kind = found.kind(number);
    if (kind == FoundValues.ABSENT) {
      return column.absentValue();
    } else if (kind == FoundValues.NULL) {
      return column.nullValue();
    }
    int from = found.from(number);
    int to = found.to(number);
    if (intake == Intake.JSON) {
      return source(message, from, to);
    } else if (intake == Intake.CHECKED_JSON) {
      return column.read(message, from, to);
    }
    return switch (kind) {
      case FoundValues.STRING -> column.read(message, from + 1, to - 1);
      case FoundValues.ESCAPED_STRING -> unescaped(message, from + 1, to - 1, unescaped);
      case FoundValues.OBJECT, FoundValues.ARRAY -> structure(message, found, number);
      default -> column.read(message, from, to);
    };
  }

  /** The scanner has seen to it that it is JSON. */
  private Object source(byte[] message, int from, int to) {
    try {
      return Utf8.decode(message, from, to);
    } catch (KadbException e) {
      throw e.inColumn(column.name());
    }
  }

  private Object unescaped(byte[] message, int from, int to, Unescaped text) {
    if (!text.read(message, from, to)) {
      throw text.problem().inColumn(column.name());
    }
    return column.read(text.bytes(), text.from(), text.to());
  }

  private Object structure(byte[] message, FoundValues found, int number) {
    if (intake == Intake.TEXT) {
      return column.read(message, found.from(number), found.to(number));
    }
    throw new KadbException(
            ErrorCode.BAD_TEXT,
            "found " + FoundValues.name(found.kind(number)) + ", wanted " + type.sql())
        .withHint("declare the column JSON, or say by its option path which part it takes")
        .inColumn(column.name());
  }
}
