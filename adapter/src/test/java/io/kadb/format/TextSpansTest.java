package io.kadb.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts that stand for values stay as they are until their row is taken. */
class TextSpansTest {
  private static final String[] COLUMNS = {
    "a integer",
    "b text",
    "c timestamp",
    "d numeric(6,2)",
    "e text",
    "f boolean",
    "g double precision"
  };

  @Test
  void agreeInCsv() {
    String rows =
        "1,\"q \"\"1\"\", x\",2024-02-29 12:34:56.500000,1.50,\"second \"\"q\"\"\",true,2.50\n"
            + "02,plain,2024-02-29T12:34:56,1.5,naïve,t,1e3\n"
            + ",,,,,,\n"
            + "4, blanks ,2024-02-29 12:34:56,-1.50,\"x\",false,-0.0\n";
    assertThat(PrintedRows.agree("csv", Map.of(), TestMessage.of(rows), COLUMNS)).isEqualTo(15);
    Map<String, String> dialect = Map.of("csv_dialect", "postgresql");
    TestMessage quoted = TestMessage.of("a,\"b \"\"c\"\"\"\n\"d\"\"\",e\n");
    assertThat(PrintedRows.agree("csv", dialect, quoted, "a text", "b text")).isEqualTo(4);
  }

  @Test
  void agreeInDelimited() {
    String rows = "1|'a|''b'|2024-02-29 12:34:56|1.50|'c''d'|true|2.5\n2|x||||f|\n";
    Map<String, String> options =
        Map.of("delimited_delimiter", "|", "delimited_quote", "'", "delimited_escape", "'");
    assertThat(PrintedRows.agree("delimited", options, TestMessage.of(rows), COLUMNS)).isPositive();
  }

  @Test
  void agreeInJson() {
    String rows =
        "{\"a\":1,\"b\":\"tab\\t1\",\"c\":\"2024-02-29 12:34:56\",\"d\":1.50,\"e\":\"tab\\t2\","
            + "\"f\":true,\"g\":2.5}"
            + "{\"e\":\"x\",\"a\":\"2\",\"b\":{\"deep\":[1]},\"g\":1e3,\"d\":\"1.5\"}"
            + "{\"a\":null,\"b\":12.0}";
    assertThat(PrintedRows.agree("json", Map.of(), TestMessage.of(rows), COLUMNS)).isEqualTo(11);
  }

  @Test
  void agreeInText() {
    assertThat(PrintedRows.agree("text", Map.of(), TestMessage.of("a\tb\nc"), "v text"))
        .isEqualTo(1);
    assertThat(PrintedRows.agree("text", Map.of(), TestMessage.of("2.50"), "v double precision"))
        .isEqualTo(1);
  }
}
