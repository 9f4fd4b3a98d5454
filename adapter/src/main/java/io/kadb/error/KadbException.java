package io.kadb.error;

import java.util.Optional;
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

  private final ErrorCode code;
  private final String what;
  private final @Nullable String hint;
  private final @Nullable String column;
  private final transient @Nullable Place place;

  /** The store's own SQLState, where the store or the warehouse reported the error. */
  private final @Nullable String foreignState;

  /** Creates an exception with a code and a text. */
  public KadbException(ErrorCode code, String what) {
    this(code, what, null);
  }

  /** Creates an exception with a code, a text and the exception behind it. */
  public KadbException(ErrorCode code, String what, @Nullable Throwable cause) {
    this(code, what, null, null, null, null, cause);
  }

  private KadbException(
      ErrorCode code,
      String what,
      @Nullable String hint,
      @Nullable String column,
      @Nullable Place place,
      @Nullable String foreignState,
      @Nullable Throwable cause) {
    super(what, cause);
    this.code = code;
    this.what = what;
    this.hint = hint;
    this.column = column;
    this.place = place;
    this.foreignState = foreignState;
  }

  /** Returns this exception with a hint: an option or a statement that helps. */
  public KadbException withHint(String newHint) {
    return copy(newHint, column, place, foreignState);
  }

  /** Returns this exception with the column it concerns; a column already known stays. */
  public KadbException inColumn(String newColumn) {
    return column == null ? copy(hint, newColumn, place, foreignState) : this;
  }

  /** Returns this exception with the message it concerns; a message already known stays. */
  public KadbException at(Place newPlace) {
    return place == null ? copy(hint, column, newPlace, foreignState) : this;
  }

  /** Returns this exception with the SQLState that the store reported, to be passed on as it is. */
  public KadbException withForeignState(String state) {
    return copy(hint, column, place, state);
  }

  private KadbException copy(
      @Nullable String newHint,
      @Nullable String newColumn,
      @Nullable Place newPlace,
      @Nullable String newState) {
    KadbException copy =
        new KadbException(code, what, newHint, newColumn, newPlace, newState, getCause());
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

  /** Returns the message this is about, if it is about one. */
  public Optional<Place> place() {
    return Optional.ofNullable(place);
  }

  /** Returns the column this is about, if it is about one. */
  public Optional<String> column() {
    return Optional.ofNullable(column);
  }

  /** Returns the whole text on one line: place, column, what, hint. */
  @Override
  public String getMessage() {
    StringBuilder text = new StringBuilder();
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

  /** Returns a value in quotes as error texts may show it: cut after 64 characters, one line. */
  public static String shown(CharSequence value) {
    boolean cut = value.length() > MAX_SHOWN;
    String head = value.subSequence(0, cut ? MAX_SHOWN : value.length()).toString();
    StringBuilder text = new StringBuilder("\"");
    head.chars().forEach(c -> text.append(Character.isISOControl(c) ? '·' : (char) c));
    return text.append(cut ? "…\"" : "\"").toString();
  }
}
