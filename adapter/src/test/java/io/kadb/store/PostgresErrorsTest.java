package io.kadb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class PostgresErrorsTest {
  private final PostgresErrors errors =
      new PostgresErrors(StoreLocation.of("jdbc:postgresql://h/db?password=geheim"));

  private static PSQLException server(String state, String message, String detail) {
    return new PSQLException(
        new ServerErrorMessage("SERROR\0C" + state + "\0M" + message + "\0D" + detail + "\0\0"));
  }

  @ParameterizedTest
  @CsvSource({
    "28P01, AUTHENTICATION_FAILED",
    "28000, AUTHENTICATION_FAILED",
    "42501, NOT_AUTHORIZED",
    "57014, CANCELLED",
    "3D000, STORE_FAILED"
  })
  void keepTheStateOfTheServer(String state, ErrorCode code) {
    SQLException cause = server(state, "so it is", "detail");

    for (KadbException error : new KadbException[] {errors.of(cause), errors.connecting(cause)}) {
      assertThat(error.sqlState()).isEqualTo(state);
      assertThat(error.code()).isEqualTo(code);
      assertThat(error).hasMessageContaining("so it is").hasCause(cause);
      assertThat(error.getMessage()).doesNotContain("detail");
    }
  }

  @Test
  void showNoPasswordOfAUrl() {
    SQLException cause =
        new SQLException("cannot use jdbc:postgresql://h/db?user=u&sslpassword=geheim&x=1");

    KadbException error = errors.connecting(cause);

    assertThat(error).hasNoCause().hasMessageContaining("sslpassword=***&x=1");
    assertThat(error.getMessage()).doesNotContain("geheim");
    assertThat(error.sqlState()).isEqualTo("08001");
  }

  @Test
  void showNoPasswordThatACauseKnows() {
    SQLException cause =
        new SQLException(
            "The connection attempt failed.",
            "08001",
            new UnknownHostException("user:geheim@db.example.com"));

    KadbException error = errors.connecting(cause);

    assertThat(error).hasNoCause().hasMessageContaining("The connection attempt failed.");
    assertThat(error.getMessage()).doesNotContain("geheim");
  }

  @Test
  void keepACauseWithoutSecrets() {
    SQLException cause = new SQLException("refused", "08001", new ConnectException("at h:5432"));

    assertThat(errors.connecting(cause)).hasCause(cause);
  }

  @Test
  void cutLongValuesOfKeys() {
    KadbException error =
        errors.of(
            server(
                "23505",
                "duplicate key value violates unique constraint \"t_pkey\"",
                "Key (a, b)=(" + "x".repeat(80) + ", 1) already exists."));

    assertThat(error)
        .hasMessageContaining("\"t_pkey\"")
        .hasMessageContaining("Key (a, b)=\"" + "x".repeat(64) + "…\" already exists.");
    assertThat(error.getMessage()).doesNotContain("x".repeat(65));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "value \"%s\" is out of range for type integer",
        "invalid input syntax for type json: \"%s\"",
        "invalid input syntax for type integer: \"a \" %s\"",
        "function f(%s) said '%s' and \"%s\"",
      })
  void cutLongValuesInQuotes(String message) {
    String value = "9".repeat(65);

    KadbException error = errors.of(server("22003", message.replace("%s", value), ""));

    assertThat(error.getMessage()).contains("99999", "…").doesNotContain(value);
  }

  @Test
  void keepShortValuesAsTheyAre() {
    String message = "column \"" + "a".repeat(64) + "\" of relation 't' isn't there";

    assertThat(errors.of(server("42703", message, ""))).hasMessageContaining(message);
  }

  @Test
  void showTheErrorBehindThatOfABatch() {
    BatchUpdateException batch = new BatchUpdateException("Batch entry 0 was aborted", new int[0]);
    batch.setNextException(server("40P01", "deadlock detected", ""));

    KadbException error = errors.of(batch);

    assertThat(error.sqlState()).isEqualTo("40P01");
    assertThat(error.getMessage()).contains("deadlock detected").doesNotContain("Batch");
  }

  @Test
  void haveTheStateOfTheStoreIfTheDriverNamesNone() {
    assertThat(errors.of(new SQLException("odd")).sqlState())
        .isEqualTo(ErrorCode.STORE_FAILED.sqlState());
  }
}
