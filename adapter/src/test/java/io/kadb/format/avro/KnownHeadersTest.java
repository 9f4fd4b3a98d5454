package io.kadb.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.error.KadbException;
import io.kadb.format.MessageLimits;
import io.kadb.format.Shapes;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class KnownHeadersTest {
  private static final int KEPT = 8;

  private final KnownHeaders headers =
      new KnownHeaders(
          new PlanCache(
              new PlanMaker(Shapes.of("a integer"), AvroOptions.DEFAULT, MessageLimits.DEFAULT)));

  private static byte[] message(int schema) {
    return AvroBytes.file(schema(schema, ""), 1);
  }

  private static Schema schema(int number, String doc) {
    return AvroBytes.record(
        "{\"name\":\"f" + number + "\",\"type\":\"int\",\"doc\":\"" + doc + "\"}");
  }

  @Test
  void areFoundAgainWhenSchemasAlternate() {
    KnownHeaders.Known[] first = new KnownHeaders.Known[KEPT];
    for (int i = 0; i < KEPT; i++) {
      first[i] = headers.of(message(i));
    }
    for (int i = 0; i < 3 * KEPT; i++) {
      assertThat(headers.of(message(i % KEPT))).isSameAs(first[i % KEPT]);
    }
    assertThat(first).doesNotHaveDuplicates();
  }

  @Test
  void theOneNotUsedForLongestIsForgotten() {
    KnownHeaders.Known first = headers.of(message(0));
    KnownHeaders.Known second = headers.of(message(1));
    for (int i = 2; i <= KEPT; i++) {
      headers.of(message(i));
      assertThat(headers.of(message(1))).isSameAs(second);
    }
    KnownHeaders.Known again = headers.of(message(0));
    assertThat(again).isNotSameAs(first);
    assertThat(again.plan()).isSameAs(first.plan());
  }

  @Test
  void areKeptUpToSomeBytesTogether() {
    byte[] small = message(0);
    KnownHeaders.Known known = headers.of(small);
    byte[] huge = AvroBytes.file(schema(1, "x".repeat(1 << 20)), 1);
    assertThat(headers.of(huge)).isNotSameAs(headers.of(huge));
    assertThat(headers.of(huge).end()).isGreaterThan(1 << 20);
    assertThat(headers.of(small)).isSameAs(known);

    byte[] large = AvroBytes.file(schema(2, "x".repeat((1 << 20) - 200)), 1);
    KnownHeaders.Known largest = headers.of(large);
    assertThat(headers.of(large)).isSameAs(largest);
    assertThat(headers.of(small)).isNotSameAs(known);
  }

  @Test
  void aHeaderThatFailsIsNotKnown() {
    byte[] cut = Arrays.copyOf(message(0), 40);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> headers.of(cut)).isInstanceOf(KadbException.class);
    }
    assertThat(headers.of(message(0)).end()).isGreaterThan(cut.length);
  }
}
