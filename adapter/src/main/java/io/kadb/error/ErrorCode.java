package io.kadb.error;

/**
 * Every kind of error kadb reports, with the SQLState a JDBC client sees.
 *
 * <p>States are PostgreSQL's where PostgreSQL has one, and those of SQL/MED (class HV) for foreign
 * servers and tables.
 */
public enum ErrorCode {
  BROKERS_UNREACHABLE(
      "08001",
      "The brokers cannot be reached, or did not answer in time.",
      "Check k_brokers and the network; k_latency_ms bounds how long kadb waits for an answer."),
  CONNECTION_LOST(
      "08006",
      "A connection to the brokers that had worked broke, or a closed connection is used.",
      "Run the statement again; nothing of it took effect."),
  CONNECTION_CLOSED(
      "08003",
      "A JDBC object is used after its connection was closed.",
      "Open a new connection or statement."),
  AUTHENTICATION_FAILED(
      "28000",
      "The brokers refused the credentials.",
      "Check user, password, mechanism and certificates among the options or the connection"
          + " properties."),
  NOT_AUTHORIZED(
      "42501",
      "The brokers or the store refused the operation to this user.",
      "Have the right granted: a Kafka ACL for the topic or group, or a right in the store's"
          + " database."),

  SYNTAX(
      "42601",
      "A statement cannot be parsed.",
      "Correct the statement at the line and column given."),
  UNDEFINED_TABLE(
      "42P01",
      "No such table, or no table with this OID.",
      "Check the name, its schema and its case: names fold to lower case unless in double quotes."),
  UNDEFINED_COLUMN("42703", "No such column.", "Check the name and its case."),
  UNDEFINED_FUNCTION(
      "42883",
      "No such function, or not with these arguments.",
      "Check the name and the types of the arguments."),
  AMBIGUOUS_COLUMN("42702", "A name could mean several columns.", "Put the table before the name."),
  GROUPING(
      "42803",
      "A column that is neither grouped nor aggregated, or an aggregate where none may stand.",
      "Add the column to GROUP BY, or aggregate it; conditions on aggregates belong into HAVING."),
  CANNOT_COERCE("42846", "No cast between these types.", "Cast by way of TEXT, or use CASE."),
  DATATYPE_MISMATCH("42804", "Types that do not go together.", "Cast one side."),
  UNDEFINED_OBJECT(
      "42704", "No such server, option or type.", "Create it first, or correct the name."),
  DUPLICATE_OBJECT(
      "42710",
      "A server of this name exists.",
      "Choose another name, or write IF NOT EXISTS; for an option, SET instead of ADD."),
  DUPLICATE_TABLE(
      "42P07", "A table of this name exists.", "Choose another name, or write IF NOT EXISTS."),
  DUPLICATE_SCHEMA(
      "42P06", "A schema of this name exists.", "Choose another name, or write IF NOT EXISTS."),
  DUPLICATE_COLUMN("42701", "A column of this name exists.", "Give each column a name of its own."),
  TOO_MANY_ROWS(
      "21000",
      "A subquery that stands for one value gives several rows.",
      "Add a condition, an aggregate, or LIMIT 1."),
  UNIQUE_VIOLATION("23505", "A row with this key exists.", "UPDATE the row instead."),
  DEPENDENT_OBJECTS(
      "2BP01",
      "Other objects depend on the one to be dropped.",
      "Drop those first, or write CASCADE."),
  UNDEFINED_SCHEMA("3F000", "No such schema.", "CREATE SCHEMA it, or correct the name."),
  INVALID_DEFINITION(
      "42P17",
      "The definition of an object is not allowed.",
      "Correct the definition as the text says."),

  MISSING_OPTION(
      "HV002",
      "An option that must be given is missing.",
      "ALTER FOREIGN TABLE or ALTER SERVER … OPTIONS (ADD …)."),
  COLUMNS_DO_NOT_SUIT_FORMAT(
      "HV004", "The column list does not suit the format.", "Change the columns or the format."),
  UNKNOWN_PROPERTY(
      "HV00D",
      "A client property that nobody knows, or that may not be set.",
      "Correct the name after the #; the text names the nearest one, or the reason why it is"
          + " refused."),
  NO_SUCH_TOPIC(
      "HV00R", "No such topic.", "Correct k_topic, or create the topic: kadb never does."),
  BAD_OPTION_VALUE(
      "HV024",
      "The value of an option is wrong.",
      "Correct the value; docs/options.md says what each option takes."),

  BAD_TEXT(
      "22P02",
      "A text that is not a value of the column's type.",
      "Correct the column's type, or set k_on_error to reject; the text names message and"
          + " column."),
  BAD_BINARY(
      "22P03",
      "A binary value that is not one of the column's type.",
      "Correct the column's type."),
  BAD_MESSAGE_FORMAT(
      "22P04",
      "A message that does not follow its format.",
      "Compare the columns and the options of the format with the message named."),
  BAD_JSON("22032", "A message that is not JSON.", "Compare the format with the message named."),
  NUMBER_OUT_OF_RANGE("22003", "A number outside the range of its type.", "Declare a wider type."),
  BAD_DATETIME(
      "22007",
      "A text that is not a date or time.",
      "Declare the column TEXT if other forms are meant."),
  DATETIME_OUT_OF_RANGE(
      "22008",
      "A date or time outside the range of its type.",
      "Declare the column TEXT if such values are meant."),
  BAD_ZONE_OFFSET(
      "22009",
      "An offset from UTC of 16 hours or more.",
      "Declare the column TEXT if such values are meant."),
  INTERVAL_FIELD_OVERFLOW(
      "22015",
      "An interval with a number too large for its unit.",
      "Declare the column TEXT if such values are meant."),
  BAD_ENCODING(
      "22021",
      "Bytes that are not valid UTF-8.",
      "Declare the column BYTEA, or have the producer send UTF-8."),
  UNTRANSLATABLE_CHARACTER(
      "22P05",
      "An escaped character that no text can hold: \\u0000.",
      "Declare the column JSON, which keeps the escape, or have the producer leave it out."),
  TEXT_TOO_LONG(
      "22001", "A text longer than its column allows.", "Declare a longer type, or TEXT."),
  NULL_NOT_ALLOWED(
      "23502",
      "A NULL in a column that is NOT NULL.",
      "Drop NOT NULL, or give the column a DEFAULT if the field is merely absent."),
  DIVISION_BY_ZERO(
      "22012", "A division by zero.", "Guard the divisor, for example by NULLIF(x, 0)."),
  BAD_PARAMETER(
      "22023",
      "A parameter or argument that is not allowed here.",
      "Set every parameter to a value of its type."),

  OFFSET_OUT_OF_RANGE(
      "55000",
      "Stored offsets that Kafka does not have, or a partition that it does not have.",
      "UPDATE or DELETE the row in kadb.offsets, or set k_automatic_offsets; the text says which."),
  OBJECT_IN_USE(
      "55006",
      "The object is in use.",
      "End the other use first: read or close the other result, or stop the members of the group."),
  OFFSETS_MOVED(
      "40001",
      "Another session moved the offsets meanwhile.",
      "Run the statement or the transaction again: another session took these messages."),
  READ_ONLY("25006", "A write on a read-only connection.", "Use a connection that may write."),
  NO_TRANSACTION(
      "25P01",
      "Something that needs a transaction, outside one.",
      "BEGIN, or turn autocommit off."),
  TRANSACTION_FAILED(
      "25P02", "A statement in a transaction that a failure ended.", "ROLLBACK, and do it again."),
  NO_SUCH_SAVEPOINT(
      "3B001",
      "A savepoint that does not exist.",
      "Set the savepoint first, inside a transaction."),
  CANCELLED(
      "57014",
      "The statement was cancelled, or ran past its time.",
      "Nothing moved; run the statement again, with more time if it ran past its limit."),
  LIMIT_EXCEEDED(
      "53400",
      "A limit set by configuration was reached.",
      "Raise the limit, or lower what is asked for."),
  TOO_LARGE(
      "54000",
      "A message gives more rows or bytes than allowed.",
      "Raise k_max_message_rows or k_max_message_bytes if such messages are meant."),
  UNSUPPORTED("0A000", "Something kadb does not do.", "The text says what is there instead."),
  STORE_FAILED(
      "58000",
      "The store or the warehouse failed.",
      "Look up the database's own state and text, which are passed on."),
  INTERNAL("XX000", "A defect in kadb.", "Please report it with the statement.");

  private final String sqlState;
  private final String meaning;
  private final String remedy;

  ErrorCode(String sqlState, String meaning, String remedy) {
    this.sqlState = sqlState;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** Returns the five characters a JDBC client gets from {@code SQLException.getSQLState()}. */
  public String sqlState() {
    return sqlState;
  }

  /** Returns what went wrong, in one sentence. */
  public String meaning() {
    return meaning;
  }

  /** Returns what a user can do about it, in one sentence. */
  public String remedy() {
    return remedy;
  }
}
