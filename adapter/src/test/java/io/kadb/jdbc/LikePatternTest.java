package io.kadb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
  @ParameterizedTest
  @CsvSource({
    "my_topic,   my_topic, true",
    "my_topic,   my-topic, true",
    "my\\_topic, my_topic, true",
    "my\\_topic, my-topic, false",
    "%,          anything, true",
    "a%z,        a...z,    true",
    "a.z,        abz,      false",
    "a.z,        a.z,      true",
    "A%,         abc,      false",
    "100\\%,     100%,     true",
    "100\\%,     1000,     false",
    "a\\\\b,     a\\b,     true",
    "(x)+,       (x)+,     true",
    "имя%,       имя_2,    true",
    "'',         x,        false"
  })
  void matchesAsJdbcSays(String pattern, String name, boolean matches) {
    assertThat(new LikePattern(pattern).matches(name)).isEqualTo(matches);
  }

  @Test
  void nullMatchesEverything() {
    assertThat(new LikePattern(null).matches("x")).isTrue();
  }
}
