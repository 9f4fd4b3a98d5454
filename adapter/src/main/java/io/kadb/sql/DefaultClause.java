package io.kadb.sql;

import io.kadb.catalog.ColumnDefault;
import io.kadb.catalog.ColumnDefinition;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import io.kadb.type.TypeKind;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The text after DEFAULT. A constant that is written as the input of the column's type takes it is
 * kept as that text; anything else is an expression.
 */
final class DefaultClause {
  /** Possessive, because otherwise a long text would need a deep stack. */
  private static final String STRING = "'([^']*+(?:''[^']*+)*+)'";

  private static final Pattern TEXT = Pattern.compile(STRING);
  private static final Pattern CAST_TEXT = Pattern.compile(STRING + "\\s*::\\s*([^:|+*/%<>=-]+)");
  private static final Pattern TYPED_TEXT =
      Pattern.compile("([A-Za-z][A-Za-z0-9 ]*+)\\s*+" + STRING);
  private static final Pattern WHOLE = Pattern.compile("([+-]?)\\s*(\\d+)");
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?)\\s*((?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)");
  private static final Pattern NULL =
      Pattern.compile("null(\\s*::\\s*[^:|+*/%<>=-]+)?", Pattern.CASE_INSENSITIVE);

  private DefaultClause() {}

  /** Returns whether a text says NULL, which is what a column holds without any DEFAULT. */
  static boolean isNull(String text) {
    return NULL.matcher(text).matches();
  }

  /** Returns whether a text is a text with a type, which the engine may not know. */
  static boolean isTypedText(String text) {
    return Stream.of(CAST_TEXT, TYPED_TEXT)
        .map(form -> form.matcher(text))
        .anyMatch(form -> form.matches() && isType(form));
  }

  private static boolean isType(Matcher form) {
    try {
      ColumnType.parse(form.group(form.pattern() == CAST_TEXT ? 2 : 1));
      return true;
    } catch (KadbException e) {
      return false;
    }
  }

  /**
   * Returns a text with blanks and line ends before it, so that errors in it show its place in the
   * statement.
   */
  static String inPlace(String text, Optional<Places.Place> place) {
    return place.map(p -> "\n".repeat(p.line() - 1) + " ".repeat(p.column() - 1)).orElse("") + text;
  }

  /**
   * Checks the default of a column and returns the column with it in its simplest form.
   *
   * @param place where the default stands in the statement, if it does
   * @throws KadbException what parser, planner or the type's input say of it
   */
  static ColumnDefinition checked(ColumnDefinition column, Optional<Places.Place> place) {
    if (column.defaultValue().isEmpty()) {
      return column;
    }
    ColumnDefault value = column.defaultValue().get();
    try {
      if (value instanceof ColumnDefault.Expression) {
        value = literal(value.text(), column.type()).orElse(value);
      }
      if (value instanceof ColumnDefault.Literal) {
        TextInput.of(column.type()).read(value.text());
      } else {
        DefaultExpression.planned(inPlace(value.text(), place)).check(column.type());
      }
    } catch (KadbException e) {
      KadbException placed = place.isPresent() ? place.get().of(e) : e;
      throw placed.inColumn(column.name());
    }
    return column.withDefault(Optional.of(value));
  }

  /** Returns what a text is as input of a type, if that can be seen without the engine. */
  private static Optional<ColumnDefault> literal(String text, ColumnType type) {
    Matcher string = TEXT.matcher(text);
    if (string.matches()) {
      return literal(unquoted(string.group(1)));
    }
    Matcher cast = CAST_TEXT.matcher(text);
    if (cast.matches()) {
      return typed(unquoted(cast.group(1)), cast.group(2), type);
    }
    Matcher prefixed = TYPED_TEXT.matcher(text);
    if (prefixed.matches()) {
      return typed(unquoted(prefixed.group(2)), prefixed.group(1).strip(), type);
    }
    return number(text, type).or(() -> truth(text, type));
  }

  private static String unquoted(String string) {
    return string.replace("''", "'");
  }

  private static Optional<ColumnDefault> literal(String text) {
    return Optional.of(new ColumnDefault.Literal(text));
  }

  /** A text that says its own type is input of the column's if both are of one kind. */
  private static Optional<ColumnDefault> typed(String text, String own, ColumnType type) {
    ColumnType ownType;
    try {
      ownType = ColumnType.parse(own);
    } catch (KadbException e) {
      // Not a type after all: the engine will say what it makes of it.
      return Optional.empty();
    }
    boolean fits =
        isText(ownType.kind()) ? isText(type.kind()) : ownType.kind().equals(type.kind());
    boolean same = ownType.kind() == type.kind() && ownType.precision().isEmpty();
    return fits && (same || reads(ownType, text)) ? literal(text) : Optional.empty();
  }

  private static boolean reads(ColumnType type, String text) {
    try {
      TextInput.of(type).read(text);
      return true;
    } catch (KadbException e) {
      return false;
    }
  }

  private static boolean isText(TypeKind kind) {
    return kind == TypeKind.TEXT || kind == TypeKind.VARCHAR || kind == TypeKind.CHAR;
  }

  private static Optional<ColumnDefault> number(String text, ColumnType type) {
    Pattern form =
        switch (type.kind()) {
          case SMALLINT, INTEGER, BIGINT, OID -> WHOLE;
          case NUMERIC, REAL, DOUBLE -> NUMBER;
          default -> null;
        };
    Matcher number = form == null ? null : form.matcher(text);
    return number != null && number.matches()
        ? literal((number.group(1).equals("-") ? "-" : "") + number.group(2))
        : Optional.empty();
  }

  private static Optional<ColumnDefault> truth(String text, ColumnType type) {
    String lower = text.toLowerCase(Locale.ROOT);
    return type.kind() == TypeKind.BOOLEAN && (lower.equals("true") || lower.equals("false"))
        ? literal(lower)
        : Optional.empty();
  }
}
