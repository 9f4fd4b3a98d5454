package io.kadb.type;

/**
 * Recognises texts of a value that are already what {@link TextOutput} would print of the value
 * that {@link TextInput} reads from them, so that nothing has to be read and printed. It knows the
 * usual ones of each type; of the others it says nothing. Without state, safe for several threads.
 */
@FunctionalInterface
public interface PlainText {
  /** Says that a text is not known to be plain; a sentinel on the path of every field. */
  int NOT_PLAIN = -1;

  /**
   * Returns where the printed text ends that begins at {@code from}: at {@code to}, or before zeros
   * that would not be printed; {@value #NOT_PLAIN} if the text is not known to be plain.
   *
   * @param utf8 not checked to be UTF-8 before
   */
  int end(byte[] utf8, int from, int to);

  /** Returns what recognises the texts of a type. */
  static PlainText of(ColumnType type) {
    return switch (type.kind()) {
      case SMALLINT -> (utf8, from, to) -> PlainNumber.whole(utf8, from, to, 4);
      case INTEGER -> (utf8, from, to) -> PlainNumber.whole(utf8, from, to, 9);
      case BIGINT -> (utf8, from, to) -> PlainNumber.whole(utf8, from, to, 18);
      case OID ->
          (utf8, from, to) ->
              from < to && utf8[from] == '-' ? NOT_PLAIN : PlainNumber.whole(utf8, from, to, 9);
      case REAL -> (utf8, from, to) -> PlainNumber.floating(utf8, from, to, 6);
      case DOUBLE -> (utf8, from, to) -> PlainNumber.floating(utf8, from, to, 15);
      case NUMERIC -> numeric(type);
      case BOOLEAN -> PlainText::truth;
      case DATE -> PlainText::date;
      case TIME -> {
        int digits = type.precision().orElse(ColumnType.MAX_FRACTION_DIGITS);
        yield (utf8, from, to) -> time(utf8, from, to, digits);
      }
      case TIMESTAMP -> {
        int digits = type.precision().orElse(ColumnType.MAX_FRACTION_DIGITS);
        yield (utf8, from, to) -> timestamp(utf8, from, to, digits);
      }
      case TEXT, OTHER -> PlainText::text;
      case VARCHAR -> {
        int longest = type.precision().orElse(Integer.MAX_VALUE);
        yield (utf8, from, to) -> to - from <= longest ? text(utf8, from, to) : NOT_PLAIN;
      }
      case UUID -> (utf8, from, to) -> UuidInput.isCanonical(utf8, from, to) ? to : NOT_PLAIN;
      case TIMESTAMPTZ, BYTEA, INTERVAL, JSON, JSONB -> (utf8, from, to) -> NOT_PLAIN;
      case CHAR -> type.precision().isPresent() ? (utf8, from, to) -> NOT_PLAIN : PlainText::text;
    };
  }

  private static PlainText numeric(ColumnType type) {
    if (type.precision().isEmpty()) {
      return PlainNumber::decimal;
    }
    int scale = type.scale().orElseThrow();
    int whole = type.precision().getAsInt() - scale;
    return (utf8, from, to) -> PlainNumber.decimal(utf8, from, to, whole, scale);
  }

  private static int text(byte[] utf8, int from, int to) {
    return Utf8.isText(utf8, from, to) ? to : NOT_PLAIN;
  }

  private static int truth(byte[] utf8, int from, int to) {
    boolean yes =
        to - from == 4
            && utf8[from] == 't'
            && utf8[from + 1] == 'r'
            && utf8[from + 2] == 'u'
            && utf8[from + 3] == 'e';
    boolean no =
        to - from == 5
            && utf8[from] == 'f'
            && utf8[from + 1] == 'a'
            && utf8[from + 2] == 'l'
            && utf8[from + 3] == 's'
            && utf8[from + 4] == 'e';
    return yes || no ? to : NOT_PLAIN;
  }

  private static int date(byte[] utf8, int from, int to) {
    boolean plain =
        to - from == PlainDateTime.DATE_LENGTH
            && PlainDateTime.date(utf8, from) != PlainDateTime.NOT_PLAIN;
    return plain ? to : NOT_PLAIN;
  }

  private static int timestamp(byte[] utf8, int from, int to, int digits) {
    int timeFrom = from + PlainDateTime.DATE_LENGTH + 1;
    boolean plain =
        to >= timeFrom + PlainDateTime.TIME_LENGTH
            && utf8[timeFrom - 1] == ' '
            && PlainDateTime.date(utf8, from) != PlainDateTime.NOT_PLAIN;
    return plain ? time(utf8, timeFrom, to, digits) : NOT_PLAIN;
  }

  private static int time(byte[] utf8, int from, int to, int digits) {
    if (PlainDateTime.time(utf8, from, to) == PlainDateTime.NOT_PLAIN) {
      return NOT_PLAIN;
    }
    int point = from + PlainDateTime.TIME_LENGTH;
    int end = PlainNumber.withoutZeros(utf8, point, to);
    return end - point - 1 <= digits ? end : NOT_PLAIN;
  }
}
