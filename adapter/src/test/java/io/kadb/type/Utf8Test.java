package io.kadb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text is strict UTF-8 without a zero byte, whatever stands around it. */
class Utf8Test {
  private static final int LONGEST = 40;

  @ParameterizedTest
  @ValueSource(strings = {"a", "\u0001", "é", "€", "😀", "\u0080", "\uFFFD"})
  void readsTextOfAnyLengthAtAnyPlace(String letter) {
    for (int length = 0; length < LONGEST; length++) {
      String text = letter.repeat(length);
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      for (int from = 0; from < 9; from++) {
        byte[] around = new byte[from + utf8.length + 9];
        System.arraycopy(utf8, 0, around, from, utf8.length);
        assertThat(Utf8.decode(around, from, from + utf8.length)).isEqualTo(text);
      }
    }
  }

  @Test
  void refusesAZeroByteAtEveryPlace() {
    for (int length = 1; length < LONGEST; length++) {
      for (int zero = 0; zero < length; zero++) {
        byte[] utf8 = new byte[length];
        Arrays.fill(utf8, (byte) 1);
        utf8[zero] = 0;
        refused(utf8, "character " + zero);
        Arrays.fill(utf8, (byte) 'x');
        utf8[zero] = 0;
        refused(utf8, "character " + zero);
      }
    }
    refused("äöüäöüäöü\0".getBytes(StandardCharsets.UTF_8), "character 9");
  }

  @Test
  void refusesAMalformedByteAtEveryPlace() {
    for (int length = 1; length < LONGEST; length++) {
      for (int bad = 0; bad < length; bad++) {
        byte[] utf8 = "x".repeat(length).getBytes(StandardCharsets.UTF_8);
        utf8[bad] = (byte) 0xC0;
        refused(utf8, "0xC0 at position " + bad);
      }
    }
    // The long form of U+0000, which Java's own files have.
    refused(new byte[] {'a', (byte) 0xC0, (byte) 0x80}, "0xC0 at position 1");
  }

  private static void refused(byte[] utf8, String where) {
    KadbException error =
        catchThrowableOfType(KadbException.class, () -> Utf8.decode(utf8, 0, utf8.length));
    assertThat(error).as(Arrays.toString(utf8)).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.BAD_ENCODING);
    assertThat(error).hasMessageContaining(where);
  }
}
