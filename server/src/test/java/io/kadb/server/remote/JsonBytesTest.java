package io.kadb.server.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String written(String text) {
    JsonBytes json = new JsonBytes(0);
    json.textOrNull(text);
    return new String(json.toByteArray(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "\"", "\\", "a\"b\\c\n\r\t\u0000\u001f\u007f", "é", "€", "😀", "x😀\"é"})
  void textsAreReadBackAsTheyWere(String text) throws IOException {
    assertThat(JSON.readValue(written(text), String.class)).isEqualTo(text);
  }

  @Test
  void halvesOfPairsAreKept() throws IOException {
    assertThat(JSON.readValue(written("a\ud83dz"), String.class)).isEqualTo("a\ud83dz");
    assertThat(JSON.readValue(written("\ude00"), String.class)).isEqualTo("\ude00");
  }

  @Test
  void textsOfAnyCharactersAreReadBackAsTheyWere() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(3_000); length > 0; length--) {
        int bits = 1 + random.nextInt(20);
        text.appendCodePoint(random.nextInt(1 << bits));
      }
      assertThat(JSON.readValue(written(text.toString()), String.class))
          .as("seed %d", seed)
          .isEqualTo(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 9, 10, -10, 1234567890123456789L, Long.MAX_VALUE, Long.MIN_VALUE})
  void numbersAreWrittenInDigits(long number) {
    JsonBytes json = new JsonBytes(0);
    json.number(number);
    assertThat(new String(json.toByteArray(), StandardCharsets.UTF_8))
        .isEqualTo(Long.toString(number));
  }
}
