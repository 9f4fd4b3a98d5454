package io.kadb.error;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of kadb: a code, a text that says what was found and what was wanted, and as
 * far as known the message and the column it concerns.
 *
 * <p>The text never holds a secret, and never more than {@value #MAX_SHOWN} characters of a value
 * (use {@link #shown}).
 */
public final class KadbException extends RuntimeException {
  /** The most characters of a value that a text shows. */
  public static final int MAX_SHOWN = 64;

  private static final long serialVersionUID = 1L;

  /** Somebody else's text puts a value in quotes of either kind. */
  private static final Pattern LONG_VALUE =
      Pattern.compile("([\"'])((?:(?!\\1).){" + MAX_SHOWN + "})(?:(?!\\1).)+\\1");

  private static final Pattern LONG_NUMBER = Pattern.compile("([0-9]{" + MAX_SHOWN + "})[0-9]+");

  private final ErrorCode code;
  private final String what;
  private final @Nullable String hint;
  private final @Nullable String column;
  private final transient @Nullable Place place;

  /** Where in the statement's text, as line and column. */
  private final @Nullable String position;

  /** The store's own SQLState, where the store or the warehouse reported the error. */
  private final @Nullable String foreignState;

  /** Creates an exception with a code and a text. */
  public KadbException(ErrorCode code, String what) {
    this(code, what, null);
  }

  /** Creates an exception with a code, a text and the exception behind it. */
  public KadbException(ErrorCode code, String what, @Nullable Throwable cause) {
    this(code, what, null, null, null, null, null, cause);
  }

  private KadbException(
      ErrorCode code,
      String what,
      @Nullable String hint,
      @Nullable String column,
      @Nullable Place place,
      @Nullable String position,
      @Nullable String foreignState,
      @Nullable Throwable cause) {
    super(what, cause);
    this.code = code;
    this.what = what;
    this.hint = hint;
    this.column = column;
    this.place = place;
    this.position = position;
    this.foreignState = foreignState;
  }

  /** Returns this exception with a hint: an option or a statement that helps. */
  public KadbException withHint(String newHint) {
    return copy(newHint, column, place, position, foreignState);
  }

  /** Returns this exception with the column it concerns; a column already known stays. */
  public KadbException inColumn(String newColumn) {
    return column == null ? copy(hint, newColumn, place, position, foreignState) : this;
  }

  /** Returns this exception with the message it concerns; a message already known stays. */
  public KadbException at(Place newPlace) {
    return place == null ? copy(hint, column, newPlace, position, foreignState) : this;
  }

  /**
   * Returns this exception with the place in the statement's text that it concerns; a place already
   * known stays.
   *
   * @param lineNumber from 1
   * @param columnNumber from 1
   */
  public KadbException inStatement(int lineNumber, int columnNumber) {
    String newPosition = "line " + lineNumber + ", column " + columnNumber;
    return position == null ? copy(hint, column, place, newPosition, foreignState) : this;
  }

  /** Returns this exception with the SQLState that the store reported, to be passed on as it is. */
  public KadbException withForeignState(String state) {
    return copy(hint, column, place, position, state);
  }

  /** Returns this exception with the part of the message it concerns, other than the value. */
  public KadbException inPart(String part) {
    KadbException copy =
        new KadbException(
            code, part + ": " + what, hint, column, place, position, foreignState, getCause());
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  private KadbException copy(
      @Nullable String newHint,
      @Nullable String newColumn,
      @Nullable Place newPlace,
      @Nullable String newPosition,
      @Nullable String newState) {
    KadbException copy =
        new KadbException(
            code, what, newHint, newColumn, newPlace, newPosition, newState, getCause());
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /** Returns the kind of error. */
  public ErrorCode code() {
    return code;
  }

  /** Returns the SQLState: the store's own where it reported the error, otherwise the code's. */
  public String sqlState() {
    return foreignState != null ? foreignState : code.sqlState();
  }

  /** Returns what is wrong, without the place and the hint. */
  public String what() {
    return what;
  }

  /** Returns the message this is about, if it is about one. */
  public Optional<Place> place() {
    return Optional.ofNullable(place);
  }

  /** Returns the column this is about, if it is about one. */
  public Optional<String> column() {
    return Optional.ofNullable(column);
  }

  /** Returns the whole text on one line: position, place, column, what, hint. */
  @Override
  public String getMessage() {
    StringBuilder text = new StringBuilder();
    if (position != null) {
      text.append(position).append(": ");
    }
    if (place != null) {
      text.append(place).append(column == null ? ": " : ", ");
    }
    if (column != null) {
      text.append("column ").append(column).append(": ");
    }
    text.append(what);
    if (hint != null) {
      text.append(" (hint: ").append(hint).append(')');
    }
    return text.toString();
  }

  /**
   * Returns a text that comes from elsewhere with the values in it cut: what stands in quotes, and
   * numbers.
   */
  public static String withShortValues(String text) {
    String quotedCut = LONG_VALUE.matcher(text).replaceAll("$1$2…$1");
    return LONG_NUMBER.matcher(quotedCut).replaceAll("$1…");
  }

  /** Returns a value in quotes as error texts may show it: cut after 64 characters, one line. */
  public static String shown(CharSequence value) {
    boolean cut = value.length() > MAX_SHOWN;
    String head = value.subSequence(0, cut ? MAX_SHOWN : value.length()).toString();
    StringBuilder text = new StringBuilder("\"");
    head.chars().forEach(c -> text.append(Character.isISOControl(c) ? '·' : (char) c));
    return text.append(cut ? "…\"" : "\"").toString();
  }
}
