package io.kadb.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

class TextFuzzTest {
  private final DecoderProbe probe = new DecoderProbe("text", Map.of());

  @FuzzTest
  void readsAnyBytesAsAnyType(byte[] value) {
    for (String type : DecoderProbe.TYPES) {
      probe.decode(value, "v " + type);
    }
  }
}
