package io.kadb.format.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SchemaTextTest {
  @Test
  void parsesATextOnceForAllWhoMeetIt() {
    String json = AvroBytes.record("{\"name\":\"parsed_once\",\"type\":\"long\"}").toString();
    byte[] bytes = ("x" + json).getBytes(StandardCharsets.UTF_8);

    assertThat(SchemaText.parse(json)).isSameAs(SchemaText.parse(json));
    assertThat(SchemaText.parse(bytes, 1, bytes.length)).isSameAs(SchemaText.parse(json));
  }

  @Test
  void doesNotKeepLongTexts() {
    String json = AvroBytes.schema("{\"type\":\"int\",\"doc\":\"d\"}").toString();
    String blank = " ".repeat(10_000);

    assertThat(SchemaText.parse(json + blank)).isNotSameAs(SchemaText.parse(json + blank));
  }
}
