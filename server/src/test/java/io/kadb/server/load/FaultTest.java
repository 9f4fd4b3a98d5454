package io.kadb.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.SQLException;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "08000", "08001", "08003", "08006", "08007", "57P01", "57P02", "57P03", "53100", "53200",
        "53300", "40001", "40P01", "55P03", "25P03", "57P05", "25006", "HYT00"
      })
  void triesAgainWhatMayPass(String state) {
    assertThat(Fault.of(new SQLException("x", state)).passes()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "22P02, 65",
    "23505, 65",
    "23502, 65",
    "53400, 65",
    "54000, 65",
    "42501, 1",
    "42P01, 1",
    "HV00R, 1",
    "28P01, 1",
    "08004, 1",
    "XX000, 1",
    "57014, 1",
    "55000, 1"
  })
  void stopsForWhatStays(String state, int exitCode) {
    Fault fault = Fault.of(new SQLException("x", state));
    assertThat(fault.passes()).isFalse();
    assertThat(fault.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void triesAgainWhenMessagesWereRemovedWhileTheyWereRead() {
    OffsetOutOfRangeException removed =
        new OffsetOutOfRangeException(Map.of(new TopicPartition("t", 0), 5L));
    KadbException failure =
        new KadbException(ErrorCode.OFFSET_OUT_OF_RANGE, "not there any more", removed);
    assertThat(Fault.of(new SQLException("x", "55000", failure)).passes()).isTrue();
  }

  @Test
  void stopsForAConnectionThatIsItselfReadOnly() {
    KadbException failure = new KadbException(ErrorCode.READ_ONLY, "read-only connection");
    assertThat(Fault.of(new SQLException("x", "25006", failure)).passes()).isFalse();
  }

  @Test
  void stopsForAFailureWithoutAState() {
    assertThat(Fault.of(new SQLException("x")).passes()).isFalse();
  }
}
