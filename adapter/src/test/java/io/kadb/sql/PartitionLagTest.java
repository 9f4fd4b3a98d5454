package io.kadb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.message.OffsetRange;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionLagTest {
  @ParameterizedTest
  @CsvSource({
    "10, 0, '[10, 20)'",
    "20, 0, '[20, 20)'",
    "21, 0, ",
    "3, 0, '[5, 20)'",
    ", 0, '[5, 20)'",
    ", 12, '[12, 20)'",
    ", 30, ",
    ", , "
  })
  void isWhatTheNextSelectsRead(
      @Nullable Long stored, @Nullable Long initial, @Nullable String unread) {
    assertThat(
            PartitionLag.unread(optional(stored), optional(initial), new OffsetRange(5, 20))
                .map(OffsetRange::toString)
                .orElse(null))
        .isEqualTo(unread);
  }

  private static OptionalLong optional(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
