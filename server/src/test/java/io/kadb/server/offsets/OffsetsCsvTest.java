package io.kadb.server.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stored offsets survive the way through CSV, and what is not theirs is refused. */
class OffsetsCsvTest {
  private static List<StoredOffset> read(String text) throws IOException {
    return OffsetsCsv.read(new StringReader(text), "f.csv");
  }

  @Test
  void givesBackWhatItWrote() throws IOException {
    List<StoredOffset> offsets =
        List.of(
            new StoredOffset("public.t", 0, 0),
            new StoredOffset("public.\"A, \"\"b\"\"\"", 17, Long.MAX_VALUE));
    StringBuilder text = new StringBuilder();
    OffsetsCsv.write(offsets, text);
    assertThat(text).startsWith("table,partition,offset\npublic.t,0,0\n");
    assertThat(read(text.toString())).isEqualTo(offsets);
  }

  @Test
  void takesColumnsInAnyOrder() throws IOException {
    assertThat(read("offset,table,partition\r\n5,t,1\r\n"))
        .containsExactly(new StoredOffset("t", 1, 5));
  }

  @Test
  void namesEveryLineThatIsWrong() {
    assertThatThrownBy(
            () -> read("table,partition,offset\nt,0,1\nt,x,1\nt,1,-1\nt,0,2\nt,1\n,2,3\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(
            "f.csv:3: partition: found 'x'",
            "f.csv:4: offset: found '-1'",
            "f.csv:5: t[0] comes twice",
            "f.csv:6: found 2 fields",
            "f.csv:7: no table");
  }

  @Test
  void refusesAnotherHeader() {
    assertThatThrownBy(() -> read("ftoid,prt,off\n1,2,3\n"))
        .hasMessageContaining("f.csv:1: found ftoid,prt,off, wanted table,partition,offset");
    assertThatThrownBy(() -> read("")).hasMessageContaining("no header");
  }
}
