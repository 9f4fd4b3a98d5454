package io.kadb.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RecordFileTest {
  @Test
  void hasTheRecordsWithoutTheHeader() throws IOException {
    assertThat(RecordFile.AIRPORTS.records())
        .hasSize(3376)
        .startsWith("00M,Thigpen,Bay Springs,MS,USA,31.95376472,-89.23450472")
        .doesNotHaveDuplicates();
    assertThat(RecordFile.WEATHER.records()).hasSize(2922).noneMatch(r -> r.startsWith("location"));
  }
}
