package io.kadb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Place;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransactionRollbackException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SqlExceptionsTest {
  static Stream<Arguments> classes() {
    return Stream.of(
        Arguments.of(ErrorCode.BROKERS_UNREACHABLE, SQLNonTransientConnectionException.class),
        Arguments.of(ErrorCode.UNSUPPORTED, SQLFeatureNotSupportedException.class),
        Arguments.of(ErrorCode.BAD_TEXT, SQLDataException.class),
        Arguments.of(ErrorCode.NULL_NOT_ALLOWED, SQLIntegrityConstraintViolationException.class),
        Arguments.of(ErrorCode.AUTHENTICATION_FAILED, SQLInvalidAuthorizationSpecException.class),
        Arguments.of(ErrorCode.OFFSETS_MOVED, SQLTransactionRollbackException.class),
        Arguments.of(ErrorCode.UNDEFINED_TABLE, SQLSyntaxErrorException.class),
        Arguments.of(ErrorCode.NO_SUCH_TOPIC, SQLException.class),
        Arguments.of(ErrorCode.CANCELLED, SQLException.class));
  }

  @ParameterizedTest
  @MethodSource("classes")
  void stateDecidesTheClass(ErrorCode code, Class<?> expected) {
    assertThat((Object) SqlExceptions.of(new KadbException(code, "x")))
        .isExactlyInstanceOf(expected);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyCodeKeepsItsStateTextAndCause(ErrorCode code) {
    KadbException failure =
        new KadbException(code, "what").at(new Place("t", 1, 2)).withHint("do this");
    SQLException translated = SqlExceptions.of(failure);
    assertThat(translated.getSQLState()).isEqualTo(code.sqlState());
    assertThat(translated.getMessage()).isEqualTo("t[1]@2: what (hint: do this)");
    assertThat(translated.getCause()).isSameAs(failure);
  }

  @Test
  void theStoresOwnStateIsPassedOn() {
    KadbException failure =
        new KadbException(ErrorCode.STORE_FAILED, "duplicate").withForeignState("23505");
    assertThat((Throwable) SqlExceptions.of(failure))
        .isInstanceOf(SQLIntegrityConstraintViolationException.class)
        .extracting("SQLState")
        .isEqualTo("23505");
  }

  @Test
  void anythingElseIsADefect() {
    SQLException translated = SqlExceptions.of(new IllegalStateException("broken"));
    assertThat(translated.getSQLState()).isEqualTo("XX000");
    assertThat(translated.getMessage()).isEqualTo("internal error: IllegalStateException: broken");
    assertThat(SqlExceptions.of(new OutOfMemoryError("heap")).getMessage())
        .contains("out of memory");
  }

  @Test
  void sqlExceptionsStayWhatTheyAre() {
    SQLException given = new SQLException("x", "12345");
    assertThat((Throwable) SqlExceptions.of(given)).isSameAs(given);
  }
}
