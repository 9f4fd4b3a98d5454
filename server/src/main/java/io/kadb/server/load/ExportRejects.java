package io.kadb.server.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kadb rejects export}: the messages with their bytes, for other programs. */
@Command(
    name = "export",
    description = {
      "Write rejected messages as CSV or JSON lines, UTF-8.",
      "",
      "Bytes of keys and values that are UTF-8 are written as text; what is not, or begins with \\x,",
      "as PostgreSQL writes bytea: \\x0aff.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExportRejects extends StoreCommand {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(arity = "0..1", paramLabel = "TABLE", description = "only those of this table")
  private @Nullable String table;

  @Option(names = "--format", paramLabel = "FORMAT", description = "csv or json (default: csv)")
  private Format format = Format.CSV;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "file to write (default: standard output)")
  private @Nullable Path output;

  /** How rows are written. */
  enum Format {
    CSV,
    JSON
  }

  ExportRejects() {
    super(true);
  }

  @Override
  void run(Connection kadb) throws SQLException, IOException {
    String select =
        "SELECT r.reject_id, r.ftoid, r.topic, r.prt, r.off, r.message_timestamp, r.message_key,"
            + " r.message_value, r.column_name, r.sqlstate, r.reason, r.rejected_at"
            + " FROM kadb.rejects AS r"
            + condition(kadb, Optional.ofNullable(table))
            + " ORDER BY r.reject_id";
    Path file = output;
    OutputStream stream = file == null ? System.out : Files.newOutputStream(file);
    Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    try (Statement statement = kadb.createStatement();
        ResultSet rows = statement.executeQuery(select)) {
      write(rows, out);
      out.flush();
    } finally {
      if (file != null) {
        out.close();
      }
    }
  }

  private void write(ResultSet rows, Writer out) throws SQLException, IOException {
    ResultSetMetaData columns = rows.getMetaData();
    if (format == Format.CSV) {
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        out.write((i == 1 ? "" : ",") + columns.getColumnLabel(i));
      }
      out.write('\n');
    }
    while (rows.next()) {
      out.write(format == Format.CSV ? csv(rows, columns) : json(rows, columns));
      out.write('\n');
    }
  }

  private static String csv(ResultSet row, ResultSetMetaData columns) throws SQLException {
    StringBuilder line = new StringBuilder();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String value = value(row, columns, i);
      line.append(i == 1 ? "" : ",");
      // NULL is nothing at all, an empty text is quoted.
      if (value != null) {
        line.append('"').append(value.replace("\"", "\"\"")).append('"');
      }
    }
    return line.toString();
  }

  private static String json(ResultSet row, ResultSetMetaData columns)
      throws SQLException, IOException {
    ObjectNode object = JSON.createObjectNode();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String value = value(row, columns, i);
      String name = columns.getColumnLabel(i);
      boolean isNumber =
          columns.getColumnType(i) == Types.BIGINT || columns.getColumnType(i) == Types.INTEGER;
      if (value != null && isNumber) {
        object.put(name, Long.parseLong(value));
      } else {
        object.put(name, value);
      }
    }
    return JSON.writeValueAsString(object);
  }

  private static @Nullable String value(ResultSet row, ResultSetMetaData columns, int i)
      throws SQLException {
    if (!columns.getColumnLabel(i).startsWith("message_") || isTime(columns, i)) {
      return row.getString(i);
    }
    byte[] bytes = row.getBytes(i);
    return bytes == null ? null : RejectedBytes.unambiguous(bytes);
  }

  private static boolean isTime(ResultSetMetaData columns, int i) throws SQLException {
    return columns.getColumnLabel(i).endsWith("timestamp");
  }
}
