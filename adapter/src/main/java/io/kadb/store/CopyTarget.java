package io.kadb.store;

import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Where a COPY goes: the table, its columns, the connection; and what went wrong there. */
final class CopyTarget {
  /**
   * An error of a COPY.
   *
   * @param error the error, with the line in its text
   * @param line the line of the whole stream, from 1
   */
  record Failure(KadbException error, OptionalLong line) {}

  /** What follows the table's name in PostgreSQL's context; the words depend on its language. */
  private static final Pattern PLACE = Pattern.compile("^, \\S+ (\\d+)(?:, \\S+ )?(.*)$");

  private final Connection connection;
  private final TableName table;
  private final List<String> columns;
  private final Function<SQLException, KadbException> failure;

  /**
   * Creates a target.
   *
   * @param failure makes kadb's error of the database's
   */
  CopyTarget(
      Connection connection,
      TableName table,
      List<String> columns,
      Function<SQLException, KadbException> failure) {
    if (columns.isEmpty()) {
      throw new KadbException(ErrorCode.INTERNAL, "a COPY without columns into " + table);
    }
    this.connection = connection;
    this.table = table;
    this.columns = List.copyOf(columns);
    this.failure = failure;
  }

  /** Begins a COPY. */
  CopyIn begin() throws SQLException {
    String names = Identifiers.quote(columns);
    return connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY " + Identifiers.quote(table) + " (" + names + ") FROM STDIN");
  }

  /** Returns how many rows end in bytes: in text format every line end is one. */
  static long lines(byte[] buf, int off, int len) {
    long lines = 0;
    for (int i = off; i < off + len; i++) {
      if (buf[i] == '\n') {
        lines++;
      }
    }
    return lines;
  }

  /** Ends a COPY that may have ended already. */
  static void cancel(CopyIn copy) {
    if (copy.isActive()) {
      try {
        copy.cancelCopy();
      } catch (SQLException e) {
        // PostgreSQL answers a cancelled COPY with an error: that is what was wanted.
      }
    }
  }

  /**
   * Returns an error of a COPY.
   *
   * @param linesBefore the lines of the stream that earlier COPYs took
   */
  Failure failed(SQLException e, long linesBefore) {
    KadbException plain = failure.apply(e);
    ServerErrorMessage server =
        e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    if (server == null || server.getWhere() == null) {
      return new Failure(plain, OptionalLong.empty());
    }
    Optional<Matcher> place =
        server
            .getWhere()
            .lines()
            .filter(line -> line.startsWith("COPY " + table.table()))
            .map(line -> PLACE.matcher(line.substring("COPY ".length() + table.table().length())))
            .filter(Matcher::find)
            .findFirst();
    if (place.isEmpty()) {
      return new Failure(plain, OptionalLong.empty());
    }
    long line = linesBefore + Long.parseLong(place.get().group(1));
    String column =
        column(place.get().group(2))
            .or(() -> Optional.ofNullable(server.getColumn()))
            .map(name -> ", column " + name)
            .orElse("");
    KadbException error =
        new KadbException(
                plain.code(),
                plain.getMessage() + " (COPY " + table.table() + ", line " + line + column + ")",
                e)
            .withForeignState(plain.sqlState());
    return new Failure(error, OptionalLong.of(line));
  }

  /** Finds the column; what follows it is the value, which is not repeated. */
  private Optional<String> column(String rest) {
    return columns.stream()
        .filter(name -> rest.equals(name) || rest.startsWith(name + ":"))
        .max(Comparator.comparingInt(String::length));
  }
}
