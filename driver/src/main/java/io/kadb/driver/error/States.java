package io.kadb.driver.error;

/** The SQLStates that arise in the driver itself; the server's own are passed on as they come. */
public final class States {
  /** No server could be reached, or a URL or property is wrong. */
  public static final String CANNOT_CONNECT = "08001";

  /** A connection is used after it was closed. */
  public static final String CONNECTION_CLOSED = "08003";

  /** The server stopped answering. */
  public static final String CONNECTION_LOST = "08006";

  /** The server answered with something that is not an answer. */
  public static final String PROTOCOL_VIOLATION = "08P01";

  public static final String UNSUPPORTED = "0A000";
  public static final String NO_RESULT = "02000";
  public static final String UNEXPECTED_RESULT = "0100E";
  public static final String WARNING = "01000";
  public static final String NUMBER_OUT_OF_RANGE = "22003";
  public static final String BAD_DATETIME = "22007";
  public static final String DATETIME_OUT_OF_RANGE = "22008";
  public static final String BAD_PARAMETER = "22023";
  public static final String BAD_TEXT = "22P02";
  public static final String NO_CURRENT_ROW = "24000";
  public static final String NO_TRANSACTION = "25P01";

  /** The server does not know the statement any more. */
  public static final String NO_SUCH_STATEMENT = "26000";

  public static final String LOGIN_REFUSED = "28000";
  public static final String NO_SUCH_SAVEPOINT = "3B001";
  public static final String NOT_ALLOWED = "42501";
  public static final String SYNTAX = "42601";
  public static final String UNDEFINED_COLUMN = "42703";
  public static final String DATATYPE_MISMATCH = "42804";

  /** A statement or result is used after it was closed. */
  public static final String OBJECT_CLOSED = "55000";

  public static final String CANCELLED = "57014";
  public static final String BAD_OPTION_VALUE = "HV024";
  public static final String INTERNAL = "XX000";

  private States() {}
}
