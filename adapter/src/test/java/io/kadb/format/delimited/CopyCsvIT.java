package io.kadb.format.delimited;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.FormatOptions;
import io.kadb.format.Formats;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import io.kadb.testing.PostgresTest;
import io.kadb.testing.TestPostgres;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Format csv with {@code csv_dialect 'postgresql'} beside PostgreSQL itself. */
@PostgresTest
class CopyCsvIT {
  private static final int CASES = 1500;
  private static final String[] PIECES = {
    "a", "é", " ", "\"", "\"", ",", ",", "\\", "\n", "\"\"", "N", "1"
  };

  @Test
  void readsWhatCopyReadsAndRefusesWhatItRefuses(TestPostgres postgres) throws Exception {
    Random random = new Random(6);
    try (Connection connection = postgres.connect()) {
      compare(connection, random, "", Map.of());
      compare(
          connection,
          random,
          ", ESCAPE '\\', NULL 'N'",
          Map.of("csv_escape", "\\", "csv_null", "N"));
      compare(connection, random, ", FORCE_NOT_NULL (b)", Map.of("csv_force_not_null", "b"));
    }
  }

  private static void compare(
      Connection connection, Random random, String copyOptions, Map<String, String> options)
      throws SQLException, IOException {
    Map<String, String> all = new HashMap<>(options);
    all.put("csv_dialect", "postgresql");
    Decoder decoder =
        Formats.of("csv", FormatOptions.of(all)).decoder(Shapes.of("a text", "b text"));
    int read = 0;
    for (int i = 0; i < CASES; i++) {
      String message = message(random);
      Optional<List<List<@Nullable Object>>> wanted = copied(connection, message, copyOptions);
      assertThat(decoded(decoder, message)).as(message + copyOptions).isEqualTo(wanted);
      read += wanted.isPresent() ? 1 : 0;
    }
    assertThat(read).as("messages that are right").isBetween(CASES / 20, CASES - 1);
  }

  private static String message(Random random) {
    StringBuilder message = new StringBuilder();
    for (int i = random.nextInt(9); i >= 0; i--) {
      message.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return message.toString();
  }

  private static Optional<List<List<@Nullable Object>>> decoded(Decoder decoder, String message) {
    try {
      return Optional.of(Shapes.rows(decoder, TestMessage.of(message)));
    } catch (KadbException refused) {
      return Optional.empty();
    }
  }

  private static Optional<List<List<@Nullable Object>>> copied(
      Connection connection, String message, String options) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE IF NOT EXISTS t (n serial, a text, b text)");
      statement.execute("DELETE FROM t");
      try {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY t (a, b) FROM STDIN (FORMAT csv" + options + ")", new StringReader(message));
      } catch (SQLException refused) {
        return Optional.empty();
      }
      List<List<@Nullable Object>> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery("SELECT a, b FROM t ORDER BY n")) {
        while (result.next()) {
          rows.add(Arrays.asList(result.getString(1), result.getString(2)));
        }
      }
      return Optional.of(rows);
    }
  }
}
