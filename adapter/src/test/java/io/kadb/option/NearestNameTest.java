package io.kadb.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNameTest {
  private static final List<String> KNOWN = List.of("k_topic", "k_brokers", "format", "path");

  @ParameterizedTest
  @ValueSource(strings = {"k_topi", "k_topicc", "k_topik", "k_tpoic", "topic", "ktopic"})
  void findsWhatIsMisspelledByALetterOrTwo(String name) {
    assertThat(NearestName.of(name, KNOWN)).contains("k_topic");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "compression", "zzzzzzz", "k_whatever"})
  void findsNothingForOtherWords(String name) {
    assertThat(NearestName.of(name, KNOWN)).isEmpty();
  }

  @Test
  void prefersTheNearest() {
    assertThat(NearestName.of("formt", List.of("forms", "format"))).contains("format");
  }
}
