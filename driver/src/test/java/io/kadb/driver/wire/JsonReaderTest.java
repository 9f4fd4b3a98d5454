package io.kadb.driver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void readsObjectsArraysAndScalars() throws IOException {
    Object read =
        read(" {\"a\" : [1, -2,\t\"x\", true,false , null, {}, []],\r\n\"b\":{\"c\":\"\"}} ");
    assertThat(read).isInstanceOf(Map.class);
    Map<?, ?> fields = (Map<?, ?>) read;
    Object[] array = (Object[]) fields.get("a");
    assertThat(array).hasSize(8).startsWith(1, -2, "x", true, false, null, Map.of());
    assertThat((Object[]) array[7]).isEmpty();
    assertThat(fields.get("b")).isEqualTo(Map.of("c", ""));
  }

  @Test
  void readsWholeNumbersAsNumbersAndOthersAsTheyAreWritten() throws IOException {
    assertThat(read("0")).isEqualTo(0);
    assertThat(read("2147483647")).isEqualTo(Integer.MAX_VALUE);
    assertThat(read("2147483648")).isEqualTo(2147483648L);
    assertThat(read("-999999999999999999")).isEqualTo(-999999999999999999L);
    assertThat(read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(read("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    for (String text : List.of("9223372036854775808", "-0", "1.50", "1e+15", "-2E-3", "0.0")) {
      assertThat(read(text)).isEqualTo(text);
    }
  }

  @Test
  void readsTextsOfAllCharacters() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int c = ' '; c < 0x11000; c += c < 0x1000 ? 1 : 37) {
      if (c < 0xD800 || c > 0xDFFF) {
        all.appendCodePoint(c);
      }
    }
    all.appendCodePoint(0x10FFFF);
    String plain = all.toString();
    String json = plain.replace("\\", "\\\\").replace("\"", "\\\"");
    assertThat(read('"' + json + '"')).isEqualTo(plain);
    assertThat(read("\"\\b\\f\\n\\r\\t\\/\\\"\\\\ä\\u00e4\\uD83D\\uDE00\\ud800\""))
        .isEqualTo("\b\f\n\r\t/\"\\ää😀\ud800");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "1 2",
        "{} x",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "tru",
        "nul",
        "NaN",
        "\"",
        "\"a",
        "\"\\",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12\"",
        "\"\n\"",
        "'a'",
        "[1}",
        "{\"rows\":[1]}",
        "{\"rows\":[[1],[1,2]]}",
        "{\"rows\":[[[1]]]}",
        "{\"rows\":[[{}]]}",
        "{\"rows\":[[1]"
      })
  void refusesWhatIsNoJson(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    int[][] wrong = {
      {0x80},
      {0xC0, 0x80},
      {0xC1, 0xBF},
      {0xC3},
      {0xC3, 0x28},
      {0xE0, 0x9F, 0xBF},
      {0xE4, 0xB8},
      {0xED, 0xA0, 0x80},
      {0xF0, 0x8F, 0xBF, 0xBF},
      {0xF0, 0x9F, 0x98},
      {0xF4, 0x90, 0x80, 0x80},
      {0xF5, 0x80, 0x80, 0x80},
      {0xFF}
    };
    for (int[] bytes : wrong) {
      byte[] json = new byte[bytes.length + 2];
      json[0] = '"';
      for (int i = 0; i < bytes.length; i++) {
        json[i + 1] = (byte) bytes[i];
      }
      json[json.length - 1] = '"';
      assertThatThrownBy(() -> Json.read(json)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesMessagesThatEndAnywhereTooEarly() {
    byte[] whole =
        "{\"a\":[1,{\"rows\":[[1,\"ä\\u00e4\",null],[-2.5e3,\"\",true]]}],\"b\":false}"
            .getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Json.read(part)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesBracketsWithoutEnd() {
    assertThatThrownBy(() -> read("[".repeat(1_000_000))).isInstanceOf(IOException.class);
  }

  /** Room for cells is guessed by those before; one long text must not make it large. */
  @Test
  void makesLittleRoomForALongTextBehindShortOnes() throws IOException {
    StringBuilder json = new StringBuilder("{\"rows\":[");
    for (int row = 0; row < 200; row++) {
      json.append('[').append(row).append(",null],");
    }
    json.append("[\"").append("x".repeat(20 << 20)).append("\",null]]}");
    byte[] utf8 = json.toString().getBytes(StandardCharsets.UTF_8);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    Object read = Json.read(utf8);
    long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(((Cells) ((Map<?, ?>) read).get("rows")).rows()).isEqualTo(201);
    assertThat(allocated).isLessThan(1 << 20);
  }

  @Test
  void keepsRowsAsCells() throws IOException {
    StringBuilder json = new StringBuilder("{\"rows\":[");
    for (int i = 0; i < 1_000; i++) {
      json.append(i == 0 ? "" : ",").append("[").append(i).append(",\"é").append(i).append("\"]");
    }
    Cells cells = (Cells) ((Map<?, ?>) read(json + "]}")).get("rows");
    assertThat(cells.rows()).isEqualTo(1_000);
    assertThat(cells.width()).isEqualTo(2);
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < 1_000; row++) {
      int first = cells.firstOf(row);
      assertThat(cells.isWhole(first)).isTrue();
      assertThat(cells.whole(first)).isEqualTo(row);
      assertThat(cells.value(first)).isEqualTo(row);
      values.add(cells.value(first + 1));
    }
    assertThat(values).startsWith("é0", "é1").endsWith("é999");
    assertThat(((Cells) ((Map<?, ?>) read("{\"rows\":[]}")).get("rows")).rows()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 129, 500, 999, 1_000})
  void keepsAllRowsHoweverTheirLengthsChange(int change) throws IOException {
    for (String[] texts : new String[][] {{"", "x".repeat(200)}, {"x".repeat(200), ""}}) {
      StringBuilder json = new StringBuilder("{\"rows\":[");
      for (int i = 0; i < 1_000; i++) {
        String text = texts[i < change ? 0 : 1];
        json.append(i == 0 ? "" : ",")
            .append("[")
            .append(i)
            .append(",\"")
            .append(text)
            .append("\"]");
      }
      Cells cells = (Cells) ((Map<?, ?>) read(json + "]}")).get("rows");
      assertThat(cells.rows()).isEqualTo(1_000);
      for (int row = 0; row < 1_000; row++) {
        assertThat(cells.value(cells.firstOf(row))).isEqualTo(row);
        assertThat(cells.value(cells.firstOf(row) + 1)).isEqualTo(texts[row < change ? 0 : 1]);
      }
    }
  }

  private static Object read(String text) throws IOException {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
