package io.kadb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.message.Header;
import io.kadb.message.KeptMessage;
import io.kadb.message.RejectedMessage;
import io.kadb.message.TimestampType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every form of a store does with rejected messages. */
abstract class RejectTableContract extends StoreFixture {
  private static RejectedMessage rejected(long offset) {
    byte[] bytes = {0, 1, (byte) 0xFF, '\\'};
    List<Header> headers = List.of(new Header("h", bytes), new Header("h", null));
    return new RejectedMessage(
        new KeptMessage(
            "Töpfe", 3, offset, 1_700_000_000_123L, TimestampType.LOG_APPEND, bytes, null, headers),
        Optional.of("a b"),
        "22P02",
        "found \"x\"");
  }

  private static RejectedMessage bare() {
    byte[] value = "v".getBytes(StandardCharsets.UTF_8);
    return new RejectedMessage(
        new KeptMessage("t", 0, 5, -1, TimestampType.NONE, null, value, List.of()),
        Optional.empty(),
        "22032",
        "no\0json");
  }

  @Test
  void givesBackEachByteOfAMessage() {
    session.rejects().add(4_000_000_000L, List.of(rejected(1L << 40), bare()));

    List<RejectRow> rows =
        other.rejects().list().stream()
            .map(row -> other.rejects().read(row.rejectId()).orElseThrow())
            .toList();
    assertThat(rows).extracting(RejectRow::ftoid).containsOnly(4_000_000_000L);
    assertThat(rows.get(0).rejected()).usingRecursiveComparison().isEqualTo(rejected(1L << 40));
    assertThat(rows.get(1).rejected())
        .usingRecursiveComparison()
        .ignoringFields("reason")
        .isEqualTo(bare());
    assertThat(rows.get(1).rejected().reason()).isEqualTo("no·json");
  }

  @Test
  void givesNoNumberTwiceAndReadsByTable() {
    session.rejects().add(7, List.of(rejected(1), rejected(2)));
    session.rejects().add(8, List.of(rejected(3)));
    List<Long> first = session.rejects().list().stream().map(RejectRow::rejectId).toList();
    session.rejects().remove(first);
    session.rejects().add(7, List.of(rejected(4)));

    RejectRow last = session.rejects().list(7).get(0);
    assertThat(first).doesNotHaveDuplicates().allMatch(id -> id < last.rejectId());
    assertThat(session.rejects().list(8)).isEmpty();
  }

  @Test
  void removesAllOrNothing() {
    session.rejects().add(7, List.of(rejected(1), rejected(2)));
    List<Long> ids = session.rejects().list().stream().map(RejectRow::rejectId).toList();
    other.rejects().remove(ids.subList(1, 2));

    assertThatThrownBy(() -> session.rejects().remove(ids))
        .isInstanceOfSatisfying(
            KadbException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OFFSETS_MOVED));
    assertThat(session.rejects().list()).hasSize(1);
  }

  @Test
  void listsRowsWithoutTheBodiesOfTheirMessages() {
    session.rejects().add(7, List.of(rejected(1)));

    KeptMessage listed = session.rejects().list().get(0).rejected().message();
    assertThat(listed.key()).isNull();
    assertThat(listed.headers()).isEmpty();
    assertThat(listed.offset()).isEqualTo(1);
    assertThat(session.rejects().read(4_711)).isEmpty();
  }

  @Test
  void keepsTimesBeyondAnyDate() {
    KeptMessage late =
        new KeptMessage(
            "t", 0, 5, Long.MAX_VALUE, TimestampType.CREATE, null, new byte[0], List.of());
    session.rejects().add(7, List.of(new RejectedMessage(late, Optional.empty(), "22P02", "bad")));

    RejectRow row = session.rejects().list(7).get(0);
    assertThat(row.rejected().message().timestampMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void takesPartInTheTransaction() {
    session.begin();
    session.rejects().add(7, List.of(rejected(1)));
    assertThat(session.rejects().list()).hasSize(1);
    assertThat(other.rejects().list()).isEmpty();
    session.rollback();

    assertThat(session.rejects().list()).isEmpty();
  }
}
