package io.kadb.kafka;

import static io.kadb.kafka.ScanRun.NOWHERE;
import static io.kadb.kafka.ScanRun.from;
import static io.kadb.kafka.ScanRun.range;
import static io.kadb.kafka.ScanRun.unlimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kadb.message.OffsetRange;
import io.kadb.message.PartitionRange;
import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ScanRequestTest {
  @Test
  void refusesAPartitionThatIsDealtTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ScanRequest(
                    NOWHERE,
                    "t",
                    List.of(List.of(from(1, 0)), List.of(range(1, 5, 6))),
                    unlimited()))
        .withMessageContaining("1");
  }

  @Test
  void refusesLimitsThatLetNothingThrough() {
    OptionalLong none = OptionalLong.empty();
    Duration second = Duration.ofSeconds(1);

    assertThatIllegalArgumentException().isThrownBy(() -> new ScanLimits(0, none, second, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ScanLimits(1, none, second, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScanLimits(1, none, Duration.ZERO, 1));
  }

  @Test
  void knowsWatermarksOfThePartitionsAskedForOnly() {
    Watermarks watermarks = new Watermarks(Map.of(1, new OffsetRange(3, 4)));

    assertThat(watermarks.range(1)).isEqualTo(new OffsetRange(3, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> watermarks.range(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Watermarks(Map.of(0, OffsetRange.from(1))));
  }

  @Test
  void readsFewMessagesWithoutWaitingForMore() {
    assertThat(request(NOWHERE, range(0, 5, 6)).consumer().values())
        .containsEntry("fetch.max.wait.ms", "1")
        .containsAllEntriesOf(NOWHERE.values());
    assertThat(request(NOWHERE, range(0, 5, 6), range(1, 0, 63)).consumer().values())
        .containsKey("max.partition.fetch.bytes");
    assertThat(request(NOWHERE, range(0, 5, 6), from(1, 0)).consumer()).isEqualTo(NOWHERE);

    ClientProperties patient = new ClientProperties(Map.of("fetch.max.wait.ms", "77"));
    assertThat(request(patient, range(0, 5, 6)).consumer().values())
        .containsEntry("fetch.max.wait.ms", "77");
  }

  @Test
  void readsManyMessagesThatAreThereInLargePartsWithoutWaitingForMore() {
    long most = Long.MAX_VALUE - 1;
    for (PartitionRange many : List.of(range(0, 5, 70), range(0, 0, most), range(0, 1, most))) {
      assertThat(request(NOWHERE, many, range(1, 0, most)).consumer().values())
          .containsEntry("fetch.max.wait.ms", "1")
          .doesNotContainKey("max.partition.fetch.bytes")
          .containsAllEntriesOf(NOWHERE.values());
    }
    assertThat(request(NOWHERE, range(0, 5, 70), from(1, 0)).consumer()).isEqualTo(NOWHERE);

    ClientProperties patient = new ClientProperties(Map.of("fetch.max.wait.ms", "77"));
    assertThat(request(patient, range(0, 0, 1000)).consumer()).isEqualTo(patient);
  }

  private static ScanRequest request(ClientProperties client, PartitionRange... ranges) {
    return new ScanRequest(client, "t", List.of(List.of(ranges)), unlimited());
  }
}
