package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.testing.TestTopic;
import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import io.kadb.type.TextOutput;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What INSERT writes, SELECT reads back: values of every type, in every format. */
class WrittenValuesIT extends TableFixture {
  private static final long SEED = 20_260_101;
  private static final int ROWS = 60;

  private static final List<String> TYPES =
      List.of(
          "smallint",
          "integer",
          "bigint",
          "real",
          "double precision",
          "numeric",
          "numeric(12,2)",
          "numeric(5,-2)",
          "boolean",
          "text",
          "varchar",
          "varchar(5)",
          "char(5)",
          "bytea",
          "date",
          "time",
          "time(3)",
          "timestamp",
          "timestamp(0)",
          "timestamptz",
          "interval",
          "uuid",
          "json",
          "jsonb",
          "oid",
          "inet");

  private static final String[] PIECES = {
    "a", "Z", "ä", "漢", "😀", " ", "\t", "\n", "\r", ",", "|", "||", "\"", "'", "\\", "NULL", "{",
    "}"
  };

  private final Random random = new Random(SEED);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format 'csv'",
        "format 'csv', csv_delimeter '|', csv_quote '''', csv_attribute_trim_whitespace 'false'",
        "format 'csv', csv_null 'NULL', csv_ignore_header 'true', csv_strict 'true'",
        "format 'csv', csv_dialect 'postgresql'",
        "format 'csv', csv_dialect 'postgresql', csv_escape '\\', csv_null 'NULL'",
        "format 'delimited', delimited_delimiter '||', delimited_quote '\"', delimited_escape '\\'",
        "format 'json'"
      })
  void readsBackWhatItWroteIn(String format) throws SQLException {
    TestTopic topic = kafka.newTopic("values", 1);
    StringBuilder columns = new StringBuilder("t (no int");
    for (int i = 0; i < TYPES.size(); i++) {
      columns.append(", c").append(i).append(' ').append(TYPES.get(i));
    }
    table(columns + ")", topic, "k_scan_mode 'snapshot'", format);
    List<List<String>> rows = new ArrayList<>();
    sql.connection().setAutoCommit(false);
    try (PreparedStatement insert =
        sql.connection()
            .prepareStatement("INSERT INTO t VALUES (?" + ", ?".repeat(TYPES.size()) + ")")) {
      for (int row = 0; row < ROWS; row++) {
        List<String> values = new ArrayList<>();
        insert.setInt(1, row);
        for (int i = 0; i < TYPES.size(); i++) {
          boolean libcsv = format.startsWith("format 'csv'") && !format.contains("postgresql");
          String value = random.nextInt(8) == 0 ? null : value(TYPES.get(i), libcsv);
          insert.setString(i + 2, value);
          values.add(normal(TYPES.get(i), value));
        }
        insert.addBatch();
        rows.add(values);
      }
      insert.executeBatch();
    }
    sql.connection().commit();

    assertThat(read("SELECT * FROM t ORDER BY no", TYPES.size(), 2)).isEqualTo(rows);
  }

  @Test
  void readsBackOneColumnInTextAndBinary() throws SQLException {
    for (String type : TYPES) {
      TestTopic topic = kafka.newTopic("value", 1);
      sql.update("DROP FOREIGN TABLE IF EXISTS t");
      String format = type.equals("bytea") ? "format 'binary'" : "format 'text'";
      table("t (c " + type + ")", topic, "k_scan_mode 'snapshot'", format);
      List<List<String>> rows = new ArrayList<>();
      try (PreparedStatement insert =
          sql.connection().prepareStatement("INSERT INTO t VALUES (?), (?), (?)")) {
        for (int i = 1; i <= 3; i++) {
          String value = i == 2 ? null : value(type, true);
          insert.setString(i, value);
          List<String> row = new ArrayList<>();
          row.add(normal(type, value));
          rows.add(row);
        }
        insert.executeUpdate();
      }
      assertThat(read("SELECT c FROM t ORDER BY _offset", 1, 1)).as(type).isEqualTo(rows);
    }
  }

  private List<List<String>> read(String query, int width, int first) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = sql.connection().createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < width; i++) {
          row.add(result.getString(i + first));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String normal(String type, String text) {
    ColumnType column = ColumnType.parse(type);
    return text == null ? null : TextOutput.of(column).text(TextInput.of(column).read(text));
  }

  private String value(String type, boolean notEmpty) {
    return switch (type) {
      case "smallint" -> Integer.toString((short) random.nextInt());
      case "integer" -> Integer.toString(random.nextInt());
      case "bigint" -> Long.toString(random.nextLong());
      case "real" -> oneOf(Float.toString(Float.intBitsToFloat(random.nextInt())), "-Infinity");
      case "double precision" ->
          oneOf(Double.toString(Double.longBitsToDouble(random.nextLong())), "-0", "NaN", "1e20");
      case "numeric" -> oneOf("1.10", "-0.000", random.nextLong() + "." + random.nextInt(1 << 20));
      case "numeric(12,2)" -> Double.toString(random.nextInt() / 1000.0);
      case "numeric(5,-2)" -> Integer.toString(random.nextInt(100_000));
      case "boolean" -> oneOf("t", "false");
      case "varchar(5)", "char(5)" -> text(3, notEmpty);
      case "bytea" -> "\\x" + String.format("%08x", random.nextInt());
      case "date" -> LocalDate.ofEpochDay(random.nextInt(2_000_000) - 700_000).toString();
      case "time", "time(3)" ->
          "12:34:" + (10 + random.nextInt(49)) + "." + random.nextInt(999_999);
      case "timestamp", "timestamp(0)", "timestamptz" ->
          LocalDateTime.of(1 + random.nextInt(9998), 2, 28, 23, 59, random.nextInt(60), micros())
              .toString();
      case "interval" -> random.nextInt(99) + " mons " + random.nextInt(99) + " days 00:00:01.5";
      case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
      case "json", "jsonb" ->
          oneOf("{\"a\" : [1.10, \"ä\\n\"]}", "[]", "\"x\"", "12.50", "true", "{\n\"b\":null}");
      case "oid" -> Long.toString(random.nextInt() & 0xFFFF_FFFFL);
      case "inet" -> "10.0.0." + random.nextInt(256);
      default -> text(12, notEmpty);
    };
  }

  private int micros() {
    return random.nextInt(1_000_000) * 1000;
  }

  private String oneOf(String... values) {
    return values[random.nextInt(values.length)];
  }

  /** The text of NULL, and in libcsv's dialect an empty text, are refused: see WritingIT. */
  private String text(int pieces, boolean notEmpty) {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(pieces + 1);
    for (int i = 0; i < count; i++) {
      String piece = PIECES[random.nextInt(PIECES.length)];
      text.append(pieces < 5 && piece.length() > 2 ? "y" : piece);
    }
    boolean isNull = text.toString().equals("NULL") || (notEmpty && text.toString().isBlank());
    return isNull ? "n" : text.toString();
  }
}
