package io.kadb.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.KadbException;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Text input against a PostgreSQL server: of thousands of inputs, each is accepted or refused as
 * the server does it, with the same value or the same SQLState.
 */
@PostgresTest
class TypeInputIT {
  /** Change it to look further; the message of a failure names it. */
  private static final long SEED = Long.getLong("kadb.test.seed", 20_240_229);

  private static final int INPUTS = Integer.getInteger("kadb.test.inputs", 3_200);

  private final TestPostgres postgres;

  TypeInputIT(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smallint",
        "integer",
        "bigint",
        "oid",
        "real",
        "double precision",
        "numeric",
        "numeric(10,2)",
        "numeric(3,5)",
        "numeric(5,-2)",
        "numeric(1000,20)",
        "boolean",
        "text",
        "varchar",
        "varchar(5)",
        "char(5)",
        "bytea",
        "date",
        "time",
        "time(0)",
        "time(3)",
        "timestamp",
        "timestamp(0)",
        "timestamp(3)",
        "timestamptz",
        "timestamptz(0)",
        "interval",
        "interval(2)",
        "uuid",
        "json",
        "jsonb"
      })
  void agreesWithPostgres(String sql) throws SQLException {
    ColumnType type = ColumnType.parse(sql);
    List<String> inputs = inputs(type);
    List<String> theirs = askPostgres(type, inputs);
    List<String> differences = new ArrayList<>();
    int accepted = 0;
    for (int i = 0; i < inputs.size(); i++) {
      String text = inputs.get(i);
      String ours = read(type, text);
      String wanted = KnownDifferences.expected(type, text, theirs.get(i));
      accepted += wanted.startsWith("=") ? 1 : 0;
      if (!ours.equals(wanted)) {
        differences.add("[" + text + "] ours " + ours + ", PostgreSQL " + wanted);
      }
    }
    assertThat(differences).as("%s, seed %d", sql, SEED).isEmpty();
    assertThat(accepted).as("inputs accepted, so that not all were broken").isGreaterThan(100);
  }

  private static List<String> inputs(ColumnType type) {
    InputGrammar grammar = InputGrammar.of(type, SEED + type.sql().hashCode());
    Set<String> inputs = new LinkedHashSet<>();
    for (int i = 0; i < 20 * INPUTS && inputs.size() < INPUTS; i++) {
      inputs.add(grammar.next());
    }
    assertThat(inputs).hasSizeGreaterThanOrEqualTo(INPUTS);
    return List.copyOf(inputs);
  }

  /** Returns {@code =} and the value's text, or {@code !} and the SQLState, by both entries. */
  private static String read(ColumnType type, String text) {
    TextInput input = TextInput.of(type);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String ofText = outcome(type, () -> input.read(text));
    String ofBytes = outcome(type, () -> input.read(bytes, 0, bytes.length));
    return ofText.equals(ofBytes) ? ofText : ofText + " but of bytes " + ofBytes;
  }

  private static String outcome(ColumnType type, Supplier<Object> reading) {
    try {
      return "=" + TextOutput.of(type).text(reading.get());
    } catch (KadbException e) {
      return "!" + e.sqlState();
    }
  }

  /** Asks the server in one query; a function turns errors into their SQLStates. */
  private List<String> askPostgres(ColumnType type, List<String> inputs) throws SQLException {
    // A variable is assigned as a column is, so that a text too long is refused and not cut.
    String printed =
        switch (type.kind()) {
          case BOOLEAN -> "v::text";
          case JSON, JSONB -> "input";
          default -> "format('%s', v)";
        };
    try (Connection connection = postgres.connect()) {
      connection
          .createStatement()
          .execute(
              "SET timezone = 'UTC'; SET intervalstyle = 'iso_8601';"
                  + " CREATE OR REPLACE FUNCTION outcome(input text) RETURNS text LANGUAGE plpgsql"
                  + " AS $f$ DECLARE v "
                  + type.sql()
                  + "; BEGIN v := input; RETURN '=' || "
                  + printed
                  + "; EXCEPTION WHEN OTHERS THEN RETURN '!' || SQLSTATE; END $f$");
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT outcome(i) FROM unnest(?::text[]) WITH ORDINALITY AS u(i, n) ORDER BY n")) {
        Object[] asked = inputs.stream().map(i -> KnownDifferences.asked(type, i)).toArray();
        query.setArray(1, connection.createArrayOf("text", asked));
        List<String> outcomes = new ArrayList<>();
        try (ResultSet result = query.executeQuery()) {
          while (result.next()) {
            outcomes.add(result.getString(1));
          }
        }
        return outcomes;
      }
    }
  }
}
