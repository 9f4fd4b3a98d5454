package io.kadb.server.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard input is taken apart into messages that keep their bytes. */
class MessageInputTest {
  private static InputStream of(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns all messages, each as {@code key=value} or, without a key, as its value. */
  private static List<String> all(MessageInput input) throws IOException {
    List<String> all = new ArrayList<>();
    for (MessageInput.Read read = input.next(); read != null; read = input.next()) {
      String value = new String(read.value(), StandardCharsets.UTF_8);
      all.add(
          read.key() == null
              ? value
              : new String(read.key(), StandardCharsets.UTF_8) + "=" + value);
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n\nb c\n", "a\r\n\r\nb c\r\n", "a\r\rb c\r", "a\n\nb c"})
  void takesEachLineWhateverEndsIt(String text) throws IOException {
    assertThat(all(new TextInput(of(text), Optional.empty()))).containsExactly("a", "", "b c");
  }

  @Test
  void keepsBytesThatAreNoText() throws IOException {
    byte[] bytes = {(byte) 0xff, 0, (byte) 0xc3, '\n'};
    MessageInput input = new TextInput(new ByteArrayInputStream(bytes), Optional.empty());
    MessageInput.Read read = input.next();
    assertThat(read).isNotNull();
    assertThat(read.value()).containsExactly(0xff, 0, 0xc3);
    assertThat(input.next()).isNull();
  }

  @Test
  void splitsTheKeyOffATextAtTheFirstSeparator() throws IOException {
    assertThat(all(new TextInput(of("k1::v::1\n::v2\n"), Optional.of("::"))))
        .containsExactly("k1=v::1", "=v2");
  }

  @Test
  void namesTheLineWithoutASeparator() {
    assertThatThrownBy(() -> all(new TextInput(of("a|b\nc\n"), Optional.of("|"))))
        .hasMessageContaining("line 2");
  }

  @Test
  void keepsLineEndsAndQuotesOfARecord() throws IOException {
    assertThat(
            all(new CsvInput(of("1,\"a\n\"\"b\"\"\r\n\",x\r\n\n2,c,y"), false, Optional.empty())))
        .containsExactly("1,\"a\n\"\"b\"\"\r\n\",x", "2,c,y");
  }

  @Test
  void takesTheKeyFromAFieldByNumberOrName() throws IOException {
    String text = "id,name\n1,\"a,b\"\n2,c\n";
    assertThat(all(new CsvInput(of(text), true, Optional.of("name"))))
        .containsExactly("a,b=1,\"a,b\"", "c=2,c");
    assertThat(all(new CsvInput(of(text), true, Optional.of("1"))))
        .containsExactly("1=1,\"a,b\"", "2=2,c");
  }

  @Test
  void refusesAKeyThatIsNotThere() {
    assertThatThrownBy(() -> all(new CsvInput(of("a,b\n1,2\n"), true, Optional.of("c"))))
        .hasMessageContaining("no field c")
        .hasMessageContaining("a, b");
    assertThatThrownBy(() -> all(new CsvInput(of("1,2\n3\n"), false, Optional.of("2"))))
        .hasMessageContaining("line 2");
  }

  @Test
  void namesTheLineOfAQuoteThatIsNotClosed() {
    assertThatThrownBy(
            () -> all(new CsvInput(of("1,\"x\ny\"\n2,\"z\n3,4\n"), false, Optional.empty())))
        .hasMessageContaining("line 3");
  }

  @Test
  void takesJsonTextsHoweverTheyAreLaidOut() throws IOException {
    String text = "{\"a\": 1.00}\n{\n  \"a\": [1, 2]\n} {\"a\":\"ä\"}17 \"s\"\nnull";
    assertThat(all(new JsonInput(of(text), Optional.empty())))
        .containsExactly(
            "{\"a\": 1.00}", "{\n  \"a\": [1, 2]\n}", "{\"a\":\"ä\"}", "17", "\"s\"", "null");
  }

  @Test
  void takesManyJsonTextsLargerThanItsBuffer() throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String document = "{\"n\":" + i + ",\"t\":\"" + "é".repeat(i * 37 % 5000) + "\"}";
      wanted.add(document);
      text.append(document).append(i % 3 == 0 ? "\n" : " ");
    }
    assertThat(all(new JsonInput(of(text.toString()), Optional.empty()))).isEqualTo(wanted);
  }

  @Test
  void takesTheKeyFromAPlaceInJson() throws IOException {
    String text = "{\"u\":{\"id\":7,\"n/m\":\"x\"}}\n{\"u\":{\"id\":null,\"n/m\":\"y\"}}";
    assertThat(all(new JsonInput(of(text), Optional.of("/u/id"))))
        .containsExactly(
            "7={\"u\":{\"id\":7,\"n/m\":\"x\"}}", "{\"u\":{\"id\":null,\"n/m\":\"y\"}}");
    assertThat(all(new JsonInput(of("{\"a/b\":\"k\"}"), Optional.of("a/b"))))
        .containsExactly("k={\"a/b\":\"k\"}");
  }

  @Test
  void namesThePlaceOfWhatIsNotJson() {
    assertThatThrownBy(() -> all(new JsonInput(of("{\"a\":1}\n{\"a\":}\n"), Optional.empty())))
        .hasMessageContaining("JSON text 2")
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> all(new JsonInput(of("{\"a\":1"), Optional.empty())))
        .hasMessageContaining("JSON text 1");
  }
}
