package io.kadb.error;

/**
 * Every kind of error kadb reports, with the SQLState a JDBC client sees.
 *
 * <p>States are PostgreSQL's where PostgreSQL has one, and those of SQL/MED (class HV) for foreign
 * servers and tables.
 */
public enum ErrorCode {
  /** The brokers cannot be reached, or did not answer in time. */
  BROKERS_UNREACHABLE("08001"),
  /** A connection to the brokers that had worked broke, or a closed connection is used. */
  CONNECTION_LOST("08006"),
  /** A JDBC object is used after its connection was closed. */
  CONNECTION_CLOSED("08003"),
  /** The brokers refused the credentials. */
  AUTHENTICATION_FAILED("28000"),
  /** The brokers or the store refused the operation to this user. */
  NOT_AUTHORIZED("42501"),

  /** A statement cannot be parsed. */
  SYNTAX("42601"),
  /** No such table, or no table with this OID. */
  UNDEFINED_TABLE("42P01"),
  /** No such column. */
  UNDEFINED_COLUMN("42703"),
  /** No such function, or not with these arguments. */
  UNDEFINED_FUNCTION("42883"),
  /** A name could mean several columns. */
  AMBIGUOUS_COLUMN("42702"),
  /** Types that do not go together. */
  DATATYPE_MISMATCH("42804"),
  /** No such server, option or type. */
  UNDEFINED_OBJECT("42704"),
  /** A server of this name exists. */
  DUPLICATE_OBJECT("42710"),
  /** A table of this name exists. */
  DUPLICATE_TABLE("42P07"),
  /** A schema of this name exists. */
  DUPLICATE_SCHEMA("42P06"),
  /** A column of this name exists. */
  DUPLICATE_COLUMN("42701"),
  /** A row with this key exists. */
  UNIQUE_VIOLATION("23505"),
  /** Other objects depend on the one to be dropped. */
  DEPENDENT_OBJECTS("2BP01"),
  /** No such schema. */
  UNDEFINED_SCHEMA("3F000"),
  /** The definition of an object is not allowed. */
  INVALID_DEFINITION("42P17"),

  /** An option that must be given is missing. */
  MISSING_OPTION("HV002"),
  /** The column list does not suit the format. */
  COLUMNS_DO_NOT_SUIT_FORMAT("HV004"),
  /** A client property that nobody knows, or that may not be set. */
  UNKNOWN_PROPERTY("HV00D"),
  /** No such topic. */
  NO_SUCH_TOPIC("HV00R"),
  /** The value of an option is wrong. */
  BAD_OPTION_VALUE("HV024"),

  /** A text that is not a value of the column's type. */
  BAD_TEXT("22P02"),
  /** A binary value that is not one of the column's type. */
  BAD_BINARY("22P03"),
  /** A message that does not follow its format. */
  BAD_MESSAGE_FORMAT("22P04"),
  /** A message that is not JSON. */
  BAD_JSON("22032"),
  /** A number outside the range of its type. */
  NUMBER_OUT_OF_RANGE("22003"),
  /** A text that is not a date or time. */
  BAD_DATETIME("22007"),
  /** A date or time outside the range of its type. */
  DATETIME_OUT_OF_RANGE("22008"),
  /** Bytes that are not valid UTF-8. */
  BAD_ENCODING("22021"),
  /** A text longer than its column allows. */
  TEXT_TOO_LONG("22001"),
  /** A NULL in a column that is NOT NULL. */
  NULL_NOT_ALLOWED("23502"),
  /** A division by zero. */
  DIVISION_BY_ZERO("22012"),
  /** A parameter or argument that is not allowed here. */
  BAD_PARAMETER("22023"),

  /** Stored offsets that Kafka does not have, or a partition that it does not have. */
  OFFSET_OUT_OF_RANGE("55000"),
  /** The object is in use. */
  OBJECT_IN_USE("55006"),
  /** Another session moved the offsets meanwhile. */
  OFFSETS_MOVED("40001"),
  /** A write on a read-only connection. */
  READ_ONLY("25006"),
  /** A savepoint that does not exist. */
  NO_SUCH_SAVEPOINT("3B001"),
  /** The statement was cancelled, or ran past its time. */
  CANCELLED("57014"),
  /** A limit set by configuration was reached. */
  LIMIT_EXCEEDED("53400"),
  /** A message gives more rows or bytes than allowed. */
  TOO_LARGE("54000"),
  /** Something kadb does not do. */
  UNSUPPORTED("0A000"),
  /** The store or the warehouse failed. */
  STORE_FAILED("58000"),
  /** A defect in kadb. */
  INTERNAL("XX000");

  private final String sqlState;

  ErrorCode(String sqlState) {
    this.sqlState = sqlState;
  }

  /** Returns the five characters a JDBC client gets from {@code SQLException.getSQLState()}. */
  public String sqlState() {
    return sqlState;
  }
}
