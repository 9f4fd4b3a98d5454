package io.kadb.server.load.gpkafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What job files are refused for, and what is only worth a warning. */
class GpkafkaRefusalsTest {
  @TempDir private Path folder;
  private JobFiles files = new JobFiles(Path.of(""));

  @BeforeEach
  void open() {
    files = new JobFiles(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          USERS: x                  | 23 | unknown key "USERS", did you mean USER?
          kafka: {}                 | 23 | unknown key "kafka", did you mean KAFKA?
          '  COMIT: {MAX_ROW: 1}'   | 23 | unknown key "COMIT" below KAFKA, did you mean COMMIT?
          '    MAX_ROWS: 1'         | 23 | unknown key "MAX_ROWS" below KAFKA.COMMIT, did you mean MAX_ROW?
          '    wholly_other: 1'     | 23 | known are MAX_ROW, MINIMAL_INTERVAL, SAVE_FAILING_BATCH
          '    MAX_ROW: 1'          | 23 | found "MAX_ROW" a second time below KAFKA.COMMIT
          """)
  void namesAnUnknownKeyWithItsLineAndTheNearestOne(String line, int number, String text) {
    KadbException e = files.refusal(JobFiles.and(line));
    assertThat(e.getMessage()).contains("job.yaml:" + number + ": ", text);
    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DEFINITION);
  }

  @Test
  void looksForUnknownKeysInEveryBlock() {
    KadbException e =
        files.refusal(
            """
            DATABASE: d
            VERSION: 2
            KAFKA:
              INPUT:
                SOURCE: {BROKERS: b, TOPIC: t, X1: 1}
                X2: 1
                VALUE: {COLUMNS: [{NAME: a, TYPE: text, X3: 1}], FORMAT: csv, X4: 1, CSV_OPTION: {X5: 1}}
                KEY: {COLUMNS: [{NAME: k, TYPE: json}], FORMAT: avro, AVRO_OPTION: {X6: 1}}
                META: {COLUMNS: [{NAME: m, TYPE: json, X7: 1}], X8: 1}
              OUTPUT: {TABLE: t, X9: 1, MAPPING: [{NAME: a, EXPRESSION: a, X10: 1}]}
              METADATA: {X11: 1}
              COMMIT: {X12: 1}
              POLL: {X13: 1}
              TASK: {X14: 1}
              X15: 1
            X16: 1
            """);
    for (int i = 1; i <= 16; i++) {
      assertThat(e.getMessage()).contains("unknown key \"X" + i + "\"");
    }
  }

  static Stream<Arguments> unsupported() {
    return Stream.of(
        Arguments.of(JobFiles.with("      FORMAT: csv", "      FORMAT: custom"), "FORMAT custom"),
        Arguments.of(
            JobFiles.with(
                "      FORMAT: csv", "      FORMAT: csv", "      CUSTOM_OPTION: {NAME: f}"),
            "CUSTOM_OPTION below KAFKA.INPUT.VALUE"),
        Arguments.of(
            JobFiles.with("  OUTPUT:", "    TRANSFORMER: {PATH: x.so}", "  OUTPUT:"),
            "TRANSFORMER below KAFKA.INPUT"),
        Arguments.of(
            JobFiles.with(
                "    TABLE: orders", "    TABLE: orders", "    TRANSFORMER: {TRANSFORM: f}"),
            "TRANSFORMER below KAFKA.OUTPUT"),
        Arguments.of(
            JobFiles.with("  OUTPUT:", "    ENCODING: LATIN1", "  OUTPUT:"), "ENCODING \"LATIN1\""),
        Arguments.of(JobFiles.and("SCHEDULE: {MAX_RETRIES: 1}"), "SCHEDULE is not"),
        Arguments.of(JobFiles.and("ALERT: {COMMAND: x}"), "ALERT is not"),
        Arguments.of(JobFiles.and("S3: {URL: x}"), "S3 is not"),
        Arguments.of(
            JobFiles.and("    RECOVER_FAILING_BATCH: true"), "RECOVER_FAILING_BATCH below"),
        Arguments.of(JobFiles.and("  TASK: {PREPARE_SQL: x}"), "PREPARE_SQL below KAFKA.TASK"),
        Arguments.of(JobFiles.and("  TASK: {TEARDOWN_SQL: x}"), "TEARDOWN_SQL below KAFKA.TASK"),
        Arguments.of(JobFiles.with("VERSION: 2", "VERSION: 3"), "VERSION \"3\""),
        Arguments.of(
            JobFiles.with("PASSWORD: swordfish", "PASSWORD: SHADOW:ABCDEF"), "gpsscli shadow"),
        Arguments.of(JobFiles.with("HOST: db", "HOST: 'x{{host}}'"), "variables of templates"),
        Arguments.of(JobFiles.with("HOST: db", "HOST: {{host}}"), "variables of templates"),
        Arguments.of("version: v3\ntargets:\n- gpdb: {}\n", "version 3"));
  }

  @ParameterizedTest
  @MethodSource("unsupported")
  void refusesWhatKadbDoesNotDoByName(String text, String named) {
    KadbException e = files.refusal(text);
    assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(e.getMessage()).contains(named, "not supported");
  }

  @Test
  void refusesSeveralOutputs() {
    String text =
        JobFiles.RIGHT.replace("  OUTPUT:\n    TABLE: orders\n", "  OUTPUTS:\n  - TABLE: x\n");
    assertThat(files.refusal(text).getMessage())
        .contains("OUTPUTS below KAFKA is not supported")
        .doesNotContain("missing OUTPUT");
  }

  static Stream<Arguments> wrong() {
    String csv = "      FORMAT: csv";
    return Stream.of(
        Arguments.of(JobFiles.with("DATABASE: warehouse"), "1: missing DATABASE"),
        Arguments.of(JobFiles.with("PORT: 6432", "PORT: 70000"), "5: PORT: found \"70000\""),
        Arguments.of(
            JobFiles.with("      TOPIC: orders"), "9: missing TOPIC below KAFKA.INPUT.SOURCE"),
        Arguments.of(
            JobFiles.with("      TOPIC: orders", "      TOPIC: or ders"), "11: option k_topic:"),
        Arguments.of(
            JobFiles.with("      BROKERS: b1:9092, b2:9092"),
            "missing BROKERS below KAFKA.INPUT.SOURCE"),
        Arguments.of(
            JobFiles.with("      TOPIC: orders", "      TOPIC: orders", "      PARTITIONS: (1, x)"),
            "12: PARTITIONS below KAFKA.INPUT.SOURCE: found \"(1, x)\""),
        Arguments.of(
            JobFiles.with("      TOPIC: orders", "      TOPIC: orders", "      FALLBACK_OFFSET: 5"),
            "12: FALLBACK_OFFSET below KAFKA.INPUT.SOURCE: found \"5\", wanted earliest or latest"),
        Arguments.of(JobFiles.with(csv), "12: missing FORMAT below KAFKA.INPUT.VALUE"),
        Arguments.of(JobFiles.with(csv, "      FORMAT: cvs"), "did you mean csv?"),
        Arguments.of(
            JobFiles.with(csv, "      FORMAT: json"), "wants exactly one column of type json"),
        Arguments.of(
            JobFiles.with(csv, "      FORMAT: binary"), "exactly one column of type bytea"),
        Arguments.of(JobFiles.with(csv, "      FORMAT: delimited"), "missing DELIMITED_OPTION"),
        Arguments.of(
            JobFiles.with(csv, csv, "      DELIMITED_OPTION: {DELIMITER: x}"),
            "19: DELIMITED_OPTION belongs to FORMAT delimited, found FORMAT csv"),
        Arguments.of(
            JobFiles.with(csv, csv, "      CSV_OPTION: {QUOTE: ','}"),
            "may not be the same character"),
        Arguments.of(
            JobFiles.with(csv, csv, "      CSV_OPTION:", "        DELIMITER: ab"),
            "20: option csv_delimeter:"),
        Arguments.of(
            JobFiles.with(csv, csv, "      CSV_OPTION: {FORCE_NOT_NULL: 'id,nota'}"),
            "found \"nota\""),
        Arguments.of(
            JobFiles.with(
                csv, "      FORMAT: delimited", "      DELIMITED_OPTION: {DELIMITER: x, QUOTE: q}"),
            "missing ESCAPE"),
        Arguments.of(JobFiles.with("          TYPE: int", "          TYPE: numeric(0)"), "15: "),
        Arguments.of(JobFiles.with("          TYPE: int"), "14: missing TYPE below"),
        Arguments.of(
            JobFiles.with("        - NAME: note", "        - NAME: ID"),
            "two columns have the name \"id\""),
        Arguments.of(
            JobFiles.with("  OUTPUT:", "    ERROR_LIMIT: 101%", "  OUTPUT:"), "19: ERROR_LIMIT"),
        Arguments.of(
            JobFiles.with("    TABLE: orders", "    TABLE: orders", "    MODE: UPSERT"),
            "21: MODE"),
        Arguments.of(
            JobFiles.with("    TABLE: orders", "    TABLE: orders", "    MODE: MERGE"),
            "missing MATCH_COLUMNS below KAFKA.OUTPUT: MODE is MERGE"),
        Arguments.of(
            JobFiles.with(
                "    TABLE: orders",
                "    TABLE: orders",
                "    MODE: merge",
                "    MATCH_COLUMNS: [key]"),
            "22: MATCH_COLUMNS below KAFKA.OUTPUT: found \"key\""),
        Arguments.of(
            JobFiles.with("    TABLE: orders", "    SCHEMA: x"),
            "missing TABLE below KAFKA.OUTPUT"),
        Arguments.of(JobFiles.with("    MAX_ROW: 10", "    MAX_ROW: -1"), "22: MAX_ROW"),
        Arguments.of(JobFiles.and("    SAVE_FAILING_BATCH: perhaps"), "wanted true or false"),
        Arguments.of(JobFiles.and("    CONSISTENCY: weak"), "CONSISTENCY"),
        Arguments.of(
            JobFiles.and("  PROPERTIES:", "    goup.id: x"), "24: client property goup.id"),
        Arguments.of(
            JobFiles.and("  PROPERTIES:", "    enable.auto.commit: true"),
            "24: client property enable.auto.commit: may not be set"),
        Arguments.of(
            JobFiles.with("VERSION: 2", "VERSION: 1"),
            "VALUE below KAFKA.INPUT belongs to version 2"),
        Arguments.of(
            JobFiles.with("    VALUE:", "    FORMAT: csv", "    VALUE:"),
            "FORMAT below KAFKA.INPUT belongs to version 1"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhatIsWrongInWhichLine(String text, String said) {
    assertThat(files.refusal(text).getMessage()).contains(said);
  }

  @Test
  void reportsEverythingThatIsWrongTogetherInTheOrderOfTheLines() {
    String text =
        JobFiles.with("    MAX_ROW: 10", "    MAX_ROW: ten")
            .replace("PORT: 6432", "PORT: none")
            .replace("FORMAT: csv", "FORMAT: xml");
    String message = files.refusal(text).getMessage();
    assertThat(message.split("; ")).hasSize(3);
    assertThat(message).containsSubsequence("job.yaml:5: ", "job.yaml:18: ", "job.yaml:22: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b: swordfish",
        "PASSWORD: 'swordfish",
        "PASSWORD: swordfish\n\t- x",
        "- [swordfish"
      })
  void saysWhereAFileIsNoYamlAndQuotesNothingOfIt(String text) {
    assertThat(files.refusal(text).getMessage()).contains("not YAML").doesNotContain("swordfish");
  }

  /** Whatever stands in a file, it is a job or an error of ours. */
  @Test
  void failsInNoOtherWay() {
    Random random = new Random(6);
    String pieces = "\n\n  ::--{}[]'\"#&*a!|>%@0%,?~<\t\\";
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder(JobFiles.RIGHT);
      for (int change = random.nextInt(3); change >= 0; change--) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
        }
        text.insert(Math.min(at, text.length()), pieces.charAt(random.nextInt(pieces.length())));
      }
      Throwable thrown = catchThrowable(() -> files.read(text.toString()));
      assertThat(thrown == null || thrown instanceof KadbException)
          .as(() -> text + " gives " + thrown)
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing", "just text", "- a list"})
  void refusesAFileWithoutKeys(String text) {
    assertThat(files.refusal(text).code()).isEqualTo(ErrorCode.INVALID_DEFINITION);
  }

  @Test
  void namesAFileThatCannotBeRead() throws IOException {
    Path missing = folder.resolve("none.yaml");
    KadbException e = catchThrowableOfType(KadbException.class, () -> GpkafkaJob.read(missing));
    assertThat(e.getMessage()).contains(missing.toString(), "NoSuchFile");
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xFF});
    assertThat(
            catchThrowableOfType(KadbException.class, () -> GpkafkaJob.read(binary)).getMessage())
        .contains("not UTF-8");
  }

  @Test
  void neverShowsAPassword() {
    String text =
        JobFiles.and(
            "  PROPERTIES:",
            "    sasl.password: {swordfish: 1}",
            "    ssl.key.password: swordfish",
            "    wrong: x");
    assertThat(files.refusal(text).getMessage()).doesNotContain("swordfish");
    assertThat(files.read(JobFiles.RIGHT).warehouse().orElseThrow().toString())
        .doesNotContain("swordfish");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '  POLL: {BATCHSIZE: 5, TIMEOUT: 3}' | 23: BATCHSIZE below KAFKA.POLL has no effect
          '    CONSISTENCY: at-least'          | 23: CONSISTENCY below KAFKA.COMMIT has no effect
          '    CONSISTENCY: ATLEAST'           | every message exactly once
          '    IDLE_DURATION: 5'               | IDLE_DURATION below KAFKA.COMMIT has no effect
          '  TASK: {BATCH_INTERVAL: 5}'        | BATCH_INTERVAL below KAFKA.TASK has no effect
          '  PROPERTIES: {queued.min.messages: 5}' | client property queued.min.messages is ignored
          """)
  void warnsOfKeysWithoutEffect(String line, String said) {
    List<String> warnings = new ArrayList<>();
    files.read(JobFiles.and(line), warnings);
    assertThat(warnings).anyMatch(warning -> warning.contains(said));
    assertThat(warnings).allMatch(warning -> warning.startsWith(folder + "/job.yaml:23: "));
  }

  @Test
  void warnsOfWhatAnInsertDoesNotUse() {
    List<String> warnings = new ArrayList<>();
    files.read(
        JobFiles.with(
            "    TABLE: orders",
            "    TABLE: orders",
            "    MATCH_COLUMNS: [id]",
            "    DELETE_CONDITION: x"),
        warnings);
    assertThat(warnings).hasSize(2).allMatch(warning -> warning.contains("MODE is INSERT"));
  }
}
