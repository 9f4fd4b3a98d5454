package io.kadb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.KadbException;
import io.kadb.testing.GeneratedPage;
import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import io.kadb.type.TextOutput;
import io.kadb.type.TypeKind;
import java.io.IOException;
import java.sql.JDBCType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables on the page {@code docs/types.md} are made from the code. */
class TypesPageTest {
  /** Names that the page shows besides PostgreSQL's own; each is put with its type. */
  private static final List<String> OTHER_NAMES =
      List.of(
          "int2",
          "int4",
          "int",
          "int8",
          "float4",
          "float(1) to float(24)",
          "float8",
          "float",
          "float(25) to float(53)",
          "double",
          "decimal",
          "dec",
          "bool",
          "varchar",
          "char varying",
          "char",
          "nchar",
          "timestamp",
          "timestamptz",
          "time");

  /** Inputs worth showing: the type and the text. */
  private static final List<List<String>> INPUTS =
      List.of(
          List.of("integer", " 42 "),
          List.of("integer", "1_000_000"),
          List.of("integer", "0x1F"),
          List.of("integer", "2147483648"),
          List.of("integer", "1.0"),
          List.of("double precision", "1e-3"),
          List.of("double precision", "Infinity"),
          List.of("double precision", "1e400"),
          List.of("numeric", "1.10"),
          List.of("numeric", "1.5e3"),
          List.of("numeric(6,2)", "1.005"),
          List.of("numeric(6,2)", "10000"),
          List.of("numeric(5,-2)", "1250"),
          List.of("numeric", "NaN"),
          List.of("boolean", "YES"),
          List.of("boolean", "0"),
          List.of("boolean", "maybe"),
          List.of("varchar(3)", "abc  "),
          List.of("varchar(3)", "abcd"),
          List.of("char(5)", "ab"),
          List.of("bytea", "\\x00ff"),
          List.of("bytea", "a\\\\b\\001"),
          List.of("date", "2024-02-29"),
          List.of("date", "20240229"),
          List.of("date", "Feb 29, 2024"),
          List.of("date", "29-Feb-2024"),
          List.of("date", "2/29/2024"),
          List.of("date", "J2451187"),
          List.of("date", "2023-02-29"),
          List.of("date", "0044-03-15 BC"),
          List.of("date", "today"),
          List.of("time", "04:05 PM"),
          List.of("time", "040506.789"),
          List.of("time(0)", "12:34:56.5"),
          List.of("time", "24:00:00"),
          List.of("timestamp", "2024-02-29T12:34:56.123456"),
          List.of("timestamp", "2024-02-29 12:34:56.1234565"),
          List.of("timestamp", "2024-02-29 12:34:56+02"),
          List.of("timestamp", "infinity"),
          List.of("timestamptz", "2024-02-29 12:34:56+02"),
          List.of("timestamptz", "2024-02-29 12:34:56"),
          List.of("timestamptz", "2024-07-01 12:00 America/New_York"),
          List.of("timestamptz", "2024-02-29 12:34:56+16"),
          List.of("interval", "1 year 2 days 03:04:05.6"),
          List.of("interval", "P1Y2M3DT4H"),
          List.of("interval", "1 fortnight"),
          List.of("uuid", "{123E4567E89B12D3A456426614174000}"),
          List.of("json", "{\"a\" : 1.10}"),
          List.of("json", "{a: 1}"),
          List.of("oid", "4294967295"),
          List.of("inet", "10.0.0.1"));

  @Test
  void showsTheTablesThatFollowFromTheCode() throws IOException {
    GeneratedPage.check("docs/types.md", Map.of("types", types(), "inputs", inputs()));
  }

  private static String types() {
    String rows =
        Arrays.stream(TypeKind.values()).map(TypesPageTest::row).collect(Collectors.joining("\n"));
    return "| type | also written | JDBC type | `getObject` gives |\n|---|---|---|---|\n" + rows;
  }

  private static String row(TypeKind kind) {
    JdbcType jdbc = JdbcType.of(kind);
    String name =
        switch (kind) {
          case OTHER -> "any other name";
          case CHAR -> "`character(n)`";
          case VARCHAR -> "`character varying(n)`";
          case NUMERIC -> "`numeric`, `numeric(p)`, `numeric(p,s)`";
          default -> "`" + ColumnType.of(kind).sql() + "`";
        };
    return String.format(
        "| %s | %s | `%s` | `%s` |",
        name, otherNames(kind), JDBCType.valueOf(jdbc.code()), jdbc.valueClass().getSimpleName());
  }

  private static String otherNames(TypeKind kind) {
    return OTHER_NAMES.stream()
        .filter(name -> ColumnType.parse(name.replaceFirst(" to .*", "")).kind() == kind)
        .map(name -> "`" + name + "`")
        .collect(Collectors.joining(", "));
  }

  private static String inputs() {
    String rows =
        INPUTS.stream()
            .map(input -> inputRow(input.get(0), input.get(1)))
            .collect(Collectors.joining("\n"));
    return "| type | text | value, or SQLState |\n|---|---|---|\n" + rows;
  }

  private static String inputRow(String sql, String text) {
    ColumnType type = ColumnType.parse(sql);
    String outcome;
    try {
      outcome = "`" + TextOutput.of(type).text(TextInput.of(type).read(text)) + "`";
    } catch (KadbException e) {
      assertThat(e.sqlState()).startsWith("22");
      outcome = "refused, " + e.sqlState();
    }
    return "| `" + sql + "` | `" + text + "` | " + outcome + " |";
  }
}
