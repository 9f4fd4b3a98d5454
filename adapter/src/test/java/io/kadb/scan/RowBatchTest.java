package io.kadb.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.message.KeptMessage;
import io.kadb.message.RejectedMessage;
import io.kadb.message.TimestampType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowBatchTest {
  private final RowBatchBuilder builder = new RowBatchBuilder();

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "1, '0@10'",
    "2, '0@10 0@11'",
    "3, '0@10 0@11'",
    "4, '0@10 0@11'",
    "5, '0@10 0@11 1@7'"
  })
  void countsAMessageOnceItsFirstRowIsTaken(int rows, String messages) {
    message(0, 10, 1);
    message(0, 11, 3);
    message(1, 7, 1);
    assertThat(taken(builder.take(), rows)).isEqualTo(messages);
  }

  @Test
  void forgetsTheRowsOfAMessageThatIsDropped() {
    message(0, 1, 2);
    builder.row(new Object[] {"half"});
    builder.dropMessage();
    RowBatch batch = builder.take();

    assertThat(batch.size()).isEqualTo(2);
    builder.row(new Object[] {"half"});
    builder.dropMessage();
    assertThat(builder.take().size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, ''", "1, '0@1 0@2'", "2, '0@1 0@2 0@3 0@4'"})
  void countsMessagesWithoutRowsThatLieBeforeATakenOne(int rows, String messages) {
    message(0, 1, 0);
    message(0, 2, 1);
    message(0, 3, 0);
    message(0, 4, 1);
    message(0, 5, 0);
    assertThat(taken(builder.take(), rows)).isEqualTo(messages);
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "1, '0: 1 of 7'",
    "2, '0: 2 of 21'",
    "3, '0: 2 of 21, 1: 1 of 14'",
    "4, '0: 2 of 21, 1: 2 of 14'"
  })
  void countsRowsAndBytesOfEachPartition(int rows, String counts) {
    message(0, 1, 1);
    message(0, 2, 0);
    message(0, 3, 1);
    message(1, 1, 0);
    message(1, 2, 2);
    message(1, 3, 0);
    List<String> found = new ArrayList<>();
    builder.take().counts(rows, (p, r, bytes) -> found.add(p + ": " + r + " of " + bytes));
    assertThat(String.join(", ", found)).isEqualTo(counts);
  }

  @Test
  void countsAllOfABatchAlsoWhatGaveNoRows() {
    message(0, 1, 3);
    message(1, 1, 0);
    message(0, 2, 2);
    message(0, 3, 0);
    List<String> found = new ArrayList<>();
    builder.take().counts((p, rows, bytes) -> found.add(p + ": " + rows + " of " + bytes));
    assertThat(found).containsExactly("0: 3 of 7", "1: 0 of 7", "0: 2 of 14");
  }

  @ParameterizedTest
  @CsvSource({"0, ''", "1, ''", "2, '2'", "3, '2'", "4, '2 4'"})
  void givesRejectedMessagesThatLieBeforeATakenRow(int rows, String offsets) {
    message(0, 1, 1);
    rejected(2);
    message(0, 3, 2);
    rejected(4);
    message(0, 5, 1);
    rejected(6);
    RowBatch batch = builder.take();

    assertThat(batch.size()).isEqualTo(4);
    assertThat(offsets(batch.rejected(rows))).isEqualTo(offsets);
    assertThat(offsets(batch.rejected())).isEqualTo("2 4 6");
    assertThat(builder.take().rejected()).isEmpty();
  }

  private static String offsets(List<RejectedMessage> rejected) {
    return rejected.stream()
        .map(r -> Long.toString(r.message().offset()))
        .collect(Collectors.joining(" "));
  }

  private void rejected(long offset) {
    KeptMessage message =
        new KeptMessage("t", 0, offset, -1, TimestampType.NONE, null, null, List.of());
    builder.row(new Object[] {"half"});
    builder.rejectMessage(new RejectedMessage(message, Optional.empty(), "22P02", "bad"));
    builder.endMessage(0, offset, 7, 10);
  }

  @Test
  void holdsTheRowsInTheirOrder() {
    builder.row(new Object[] {"a", 1});
    builder.row(new Object[] {"b", null});
    builder.endMessage(0, 5, 7, 100);
    builder.row(new Object[] {"c", 3});
    builder.endMessage(0, 6, 7, 20);

    RowBatch batch = builder.take();

    assertThat(batch.size()).isEqualTo(3);
    assertThat(batch.bytes()).isEqualTo(120);
    assertThat(batch.row(0)).containsExactly("a", 1);
    assertThat(batch.row(1)).containsExactly("b", null);
    assertThat(batch.row(2)).containsExactly("c", 3);
  }

  @Test
  void beginsAnewAfterEachBatch() {
    message(0, 1, 2);
    RowBatch first = builder.take();
    assertThat(builder.isEmpty()).isTrue();
    assertThat(builder.bytes()).isZero();
    message(0, 2, 1);
    RowBatch second = builder.take();

    assertThat(taken(first, 2)).isEqualTo("0@1");
    assertThat(second.size()).isEqualTo(1);
    assertThat(taken(second, 1)).isEqualTo("0@2");
  }

  @Test
  void keepsAMessageOfManyRowsInOneBatch() {
    message(3, 9, 5000);
    assertThat(builder.full()).isTrue();
    RowBatch batch = builder.take();
    assertThat(batch.size()).isEqualTo(5000);
    assertThat(taken(batch, 5000)).isEqualTo("3@9");
  }

  @Test
  void isFullAfterManyRows() {
    for (int offset = 0; offset < 1023; offset++) {
      message(0, offset, 1);
    }
    assertThat(builder.full()).isFalse();
    message(0, 1023, 1);
    assertThat(builder.full()).isTrue();
  }

  @Test
  void isFullAfterManyMessagesWithoutRows() {
    for (int offset = 0; offset < 1023; offset++) {
      message(0, offset, 0);
    }
    assertThat(builder.full()).isFalse();
    message(0, 1023, 0);
    assertThat(builder.full()).isTrue();
    assertThat(builder.isEmpty()).isFalse();
  }

  @Test
  void isFullAfterManyBytes() {
    builder.endMessage(0, 0, 7, (1 << 20) - 1);
    assertThat(builder.full()).isFalse();
    builder.endMessage(0, 1, 7, 1);
    assertThat(builder.full()).isTrue();
  }

  private void message(int partition, long offset, int rows) {
    for (int row = 0; row < rows; row++) {
      builder.row(new Object[] {row});
    }
    builder.endMessage(partition, offset, 7, 10);
  }

  private static String taken(RowBatch batch, int rows) {
    List<String> messages = new ArrayList<>();
    batch.taken(rows, (partition, offset) -> messages.add(partition + "@" + offset));
    return String.join(" ", messages);
  }

  @ParameterizedTest
  @CsvSource({"0, 0@2", "1, 0@4", "2, 0@4", "3, 1@9"})
  void knowsTheMessageOfEachRow(int row, String message) {
    message(0, 1, 0);
    message(0, 2, 1);
    message(0, 3, 0);
    message(0, 4, 2);
    message(0, 5, 0);
    message(0, 6, 0);
    message(1, 9, 1);
    List<String> found = new ArrayList<>();
    builder.take().messageOf(row, (partition, offset) -> found.add(partition + "@" + offset));
    assertThat(found).containsExactly(message);
  }

  @Test
  void keepsRowsThatAreTextOneBehindTheOther() {
    RowBatchBuilder text = RowBatchBuilder.ofText();
    text.row("a\n--".getBytes(StandardCharsets.UTF_8), 2);
    text.endMessage(0, 7, 1, 0);
    text.row("lost\n".getBytes(StandardCharsets.UTF_8), 5);
    text.dropMessage();
    text.row("bc\n".getBytes(StandardCharsets.UTF_8), 3);
    text.row("d\n".getBytes(StandardCharsets.UTF_8), 2);
    text.endMessage(0, 9, 1, 0);
    RowBatch batch = text.take();

    assertThat(new String(batch.text(), 0, batch.textBytes(), StandardCharsets.UTF_8))
        .isEqualTo("a\nbc\nd\n");
    assertThat(batch.size()).isEqualTo(3);
    assertThat(batch.bytes()).isEqualTo(7);
    List<String> messages = new ArrayList<>();
    batch.messages((partition, offset, rows) -> messages.add(offset + ":" + rows));
    assertThat(messages).containsExactly("7:1", "9:2");
    assertThat(text.take().textBytes()).isZero();
  }

  @Test
  void handsTextOverInPortions() {
    RowBatchBuilder text = RowBatchBuilder.ofText();
    byte[] line = new byte[1000];
    int rows = 0;
    for (; !text.full(); rows++) {
      text.row(line, line.length);
      text.endMessage(0, rows, line.length, 0);
    }
    assertThat(rows).isEqualTo(123);
    text.row(new byte[1 << 20], 1 << 20);
    text.endMessage(0, rows, 1, 0);
    assertThat(text.take().textBytes()).isEqualTo(123_000 + (1 << 20));
  }
}
