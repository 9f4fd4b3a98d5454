package io.kadb.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class PollBudgetTest {
  private final PollBudget budget = new PollBudget(10);

  private byte[] take(int bytes) {
    return budget.deserialize("orders", new RecordHeaders(), ByteBuffer.wrap(new byte[bytes]));
  }

  @Test
  void leavesValuesOutOnceItIsSpentUntilItIsRenewed() {
    assertThat(take(6)).hasSize(6);
    assertThat(take(6)).hasSize(6);
    assertThat(PollBudget.leftOut(take(1))).isTrue();
    assertThat(PollBudget.leftOut(take(6))).isTrue();

    budget.renew();

    assertThat(take(6)).hasSize(6);
  }

  @Test
  void alwaysGivesTheFirstValueOfAPoll() {
    assertThat(take(1_000)).hasSize(1_000);
    assertThat(PollBudget.leftOut(take(1))).isTrue();
  }

  @Test
  void tellsAnEmptyValueAndNoValueFromOneThatWasLeftOut() {
    byte[] empty = take(0);

    assertThat(empty).isEmpty();
    assertThat(PollBudget.leftOut(empty)).isFalse();
    take(10);
    byte[] none = budget.deserialize("orders", new RecordHeaders(), (ByteBuffer) null);
    assertThat(none).isNull();
    assertThat(PollBudget.leftOut(none)).isFalse();
  }

  @Test
  void givesTheBytesFromTheBuffersPosition() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4});
    buffer.position(2);

    assertThat(budget.deserialize("orders", new RecordHeaders(), buffer)).containsExactly(3, 4);
  }
}
