package io.kadb.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {
  private static final References REFERENCES =
      new References(Map.of("USER", "alice", "DOLLAR", "a$1\\b")::get);

  @TempDir Path folder;

  @Test
  void putsEnvironmentVariablesInPlace() {
    assertThat(resolve("${env:USER}")).isEqualTo("alice");
    assertThat(resolve("user=\"${env:USER}\" x=\"${env:USER}\""))
        .isEqualTo("user=\"alice\" x=\"alice\"");
    assertThat(resolve("${env:DOLLAR}")).isEqualTo("a$1\\b");
  }

  @Test
  void readsEntriesOfPropertiesFiles() throws IOException {
    Path file =
        Files.writeString(folder.resolve("secrets.properties"), "a=1\nkafka.password = pä ss\n");
    assertThat(resolve("${file:" + file + ":kafka.password}")).isEqualTo("pä ss");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "$env:X", "${other:x}", "${X}", "{env:X}", "${env:X"})
  void leavesOtherTextAlone(String text) {
    assertThat(References.isIn(text)).isFalse();
    assertThat(resolve(text)).isEqualTo(text);
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    Path file = Files.writeString(folder.resolve("secrets.properties"), "a=geheim\n");
    assertRefused("${env:NOBODY}", "the environment variable NOBODY is not set");
    assertRefused("${file:" + file + ":b}", "has no entry b");
    assertRefused("${file:" + folder.resolve("none") + ":b}", "cannot read the file");
    assertRefused("${file:" + file + "}", "${file:/path:key}");
  }

  private static void assertRefused(String value, String why) {
    assertThatThrownBy(() -> resolve(value))
        .isInstanceOfSatisfying(
            KadbException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE))
        .hasMessageContainingAll("server option #sasl.password", why)
        .hasMessageNotContaining("geheim");
  }

  private static String resolve(String value) {
    return REFERENCES.resolve(new Given(Level.SERVER, "#sasl.password", value));
  }
}
