package io.kadb.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionSetTest {
  private static final Map<String, String> NONE = Map.of();

  @Test
  void prefersTheTableToTheServerToTheConnection() {
    Map<String, String> connection =
        Map.of("k_seg_batch", "1", "k_timeout_ms", "1", "k_latency_ms", "1");
    Map<String, String> server = Map.of("k_seg_batch", "2", "k_timeout_ms", "2");
    OptionSet options = OptionSet.merge(connection, server, Map.of("k_seg_batch", "3"));
    assertThat(options.integer(Option.SEG_BATCH)).isEqualTo(3);
    assertThat(options.integer(Option.TIMEOUT_MS)).isEqualTo(2);
    assertThat(options.duration(Option.LATENCY_MS)).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void prefersAPropertyToItsAliasAtWhateverLevel() {
    OptionSet options =
        OptionSet.merge(
            NONE,
            Map.of("#bootstrap.servers", "server:1", "#group.id", "g1"),
            Map.of("k_brokers", "table:2", "k_consumer_group", "g2"));
    OptionSet outermost =
        OptionSet.merge(
            Map.of("#metadata.broker.list", "connection:1", "#group.id", "g0"),
            Map.of("k_brokers", "server:1"),
            Map.of("k_brokers", "table:2", "k_consumer_group", "g2"));
    assertThat(outermost.clientProperties().values())
        .containsEntry("bootstrap.servers", "connection:1");
    assertThat(outermost.text(Option.BROKERS)).isEqualTo("connection:1");
    assertThat(outermost.groupId()).contains("g0");
    assertThat(options.text(Option.BROKERS)).isEqualTo("server:1");
    assertThat(options.clientProperties().values()).containsEntry("bootstrap.servers", "server:1");
    assertThat(options.groupId()).contains("g1");
  }

  @Test
  void countsTwoNamesOfOnePropertyAsOne() {
    OptionSet options =
        OptionSet.merge(
            NONE,
            Map.of("#bootstrap.servers", "a:1", "#fetch.wait.max.ms", "7"),
            Map.of("#metadata.broker.list", "b:2", "#fetch.max.wait.ms", "9"));
    assertThat(options.clientProperties().values())
        .containsEntry("bootstrap.servers", "b:2")
        .containsEntry("fetch.max.wait.ms", "9")
        .hasSize(2);
  }

  @Test
  void takesTheNearerSpellingOfAnOption() {
    OptionSet options =
        OptionSet.merge(NONE, Map.of("csv_delimeter", ";"), Map.of("csv_delimiter", "|"));
    assertThat(options.oneByte(Option.CSV_DELIMITER)).isEqualTo((byte) '|');
  }

  @Test
  void fillsInDefaults() {
    OptionSet options = OptionSet.merge(NONE, NONE, NONE);
    assertThat(options.duration(Option.LATENCY_MS)).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.bigint(Option.INITIAL_OFFSET)).isZero();
    assertThat(options.bool(Option.AUTOMATIC_OFFSETS)).isTrue();
    assertThat(options.text(Option.SCAN_MODE)).isEqualTo("consume");
    assertThat(options.text(Option.CSV_NULL)).isEmpty();
    assertThat(options.oneByte(Option.CSV_QUOTE)).isEqualTo((byte) '"');
    assertThat(options.integer(Option.SEGMENTS))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(options.optionalText(Option.AVRO_SCHEMA)).isEmpty();
    assertThat(options.optionalBigint(Option.REJECT_LIMIT)).isEmpty();
  }

  @Test
  void readsWordsInAnyCase() {
    OptionSet options = OptionSet.merge(NONE, NONE, Map.of("format", "CSV", "k_stop_at_end", "ON"));
    assertThat(options.text(Option.FORMAT)).isEqualTo("csv");
    assertThat(options.bool(Option.STOP_AT_END)).isTrue();
  }

  @Test
  void namesAllMissingOptionsAndHowToAddThem() {
    OptionSet options =
        OptionSet.merge(NONE, Map.of("k_brokers", "h"), Map.of("k_topic", "t", "format", "csv"));
    KadbException e =
        catchThrowableOfType(KadbException.class, () -> options.require("public.orders"));
    assertThat(e.code()).isEqualTo(ErrorCode.MISSING_OPTION);
    assertThat(e.sqlState()).isEqualTo("HV002");
    assertThat(e)
        .hasMessage(
            "missing options k_consumer_group, k_seg_batch, k_timeout_ms (hint: ALTER FOREIGN"
                + " TABLE public.orders OPTIONS (ADD k_consumer_group '…', ADD k_seg_batch '…',"
                + " ADD k_timeout_ms '…'), or the same with ALTER SERVER)");
  }

  @Test
  void needsNoAliasWhereThePropertyIsGiven() {
    Map<String, String> table =
        Map.of("k_topic", "t", "k_seg_batch", "1", "k_timeout_ms", "0", "format", "text");
    OptionSet options =
        OptionSet.merge(NONE, Map.of("#metadata.broker.list", "h", "#group.id", "g"), table);
    assertThat(options.require()).isSameAs(options);
  }

  @Test
  void asksForAnOptionThatIsReadAndMissing() {
    OptionSet options = OptionSet.merge(NONE, NONE, NONE);
    assertThatThrownBy(() -> options.integer(Option.SEG_BATCH))
        .isInstanceOfSatisfying(
            KadbException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_OPTION))
        .hasMessageContaining("k_seg_batch");
  }

  @Test
  void warnsOfTheTablesUnknownOptionsBeforeTheServers() {
    Map<String, String> table = new LinkedHashMap<>();
    table.put("zz_b", "1");
    table.put("zz_a", "2");
    assertThat(OptionSet.merge(Map.of("zz_d", "4"), Map.of("zz_c", "3"), table).warnings())
        .extracting(Notice::text)
        .containsExactly(
            "unknown table option zz_b is ignored",
            "unknown table option zz_a is ignored",
            "unknown server option zz_c is ignored");
  }

  @Test
  void warnsOfTheColumnsUnknownOptionsBeforeThoseOfTheWholeTable() {
    assertThat(
            OptionSet.merge(
                    NONE,
                    Map.of("zz_c", "3"),
                    Map.of("zz_b", "2"),
                    Map.of("id", Map.of("zz_a", "1")))
                .warnings())
        .extracting(Notice::text)
        .containsExactly(
            "unknown option of column id zz_a is ignored",
            "unknown table option zz_b is ignored",
            "unknown server option zz_c is ignored");
  }

  @Test
  void doesNotRepeatTheWarningOfAPropertyWithoutEffect() {
    assertThat(OptionSet.merge(NONE, Map.of("#statistics.interval.ms", "5"), NONE).warnings())
        .isEmpty();
  }

  @Test
  void checksValuesThatNeverPassedThroughDdl() {
    assertThatThrownBy(
            () -> OptionSet.merge(Map.of("k_latency_ms", "x"), NONE, Map.of("k_seg_batch", "0")))
        .hasMessageContainingAll("table option k_seg_batch", "connection option k_latency_ms");
  }

  @Test
  void comparesQuoteAndDelimiterOverAllLevelsAndDefaults() {
    assertThatThrownBy(() -> OptionSet.merge(NONE, NONE, Map.of("csv_quote", ",")))
        .hasMessageContaining("may not be the same character");
    assertThatThrownBy(
            () -> OptionSet.merge(NONE, Map.of("csv_quote", ";"), Map.of("csv_delimeter", ";")))
        .hasMessageContaining("may not be the same character");
    assertThat(
            OptionSet.merge(NONE, Map.of("csv_delimeter", ";"), Map.of("csv_quote", ","))
                .oneByte(Option.CSV_QUOTE))
        .isEqualTo((byte) ',');
  }

  @Test
  void letsASettingBeatTheTable() {
    OptionSet options = OptionSet.merge(NONE, NONE, Map.of("k_scan_mode", "consume"));
    assertThat(options.with(Option.SCAN_MODE, "snapshot").text(Option.SCAN_MODE))
        .isEqualTo("snapshot");
    assertThat(options.text(Option.SCAN_MODE)).isEqualTo("consume");
    assertThatThrownBy(() -> options.with(Option.SCAN_MODE, "all"))
        .hasMessageContaining("setting k_scan_mode: \"all\" is not one of consume");
  }

  @Test
  void checksAReferencedValueWhenItIsUsed() {
    References references = new References(Map.of("BATCH", "42", "WRONG", "4two")::get);
    Map<String, String> table =
        Map.of("k_seg_batch", "${env:BATCH}", "k_timeout_ms", "${env:WRONG}");
    OptionSet options = OptionSet.merge(NONE, NONE, table, references);
    assertThat(options.integer(Option.SEG_BATCH)).isEqualTo(42);
    assertThatThrownBy(() -> options.integer(Option.TIMEOUT_MS))
        .hasMessageContainingAll("k_timeout_ms", "the value it refers to is not an integer")
        .hasMessageNotContaining("4two");
  }

  @Test
  void showsNoSecret() {
    OptionSet options =
        OptionSet.merge(
            Map.of("schema_registry_password", "geheim1"),
            Map.of("k_brokers", "h", "#sasl.password", "geheim2"),
            Map.of("k_topic", "t", "#sasl.jaas.config", "… password=\"geheim3\";"));
    assertThat(options.toString())
        .contains("k_brokers=h", "k_topic=t", "#sasl.password=" + Redaction.MASK)
        .doesNotContain("geheim");
    assertThat(options.redacted()).containsEntry("schema_registry_password", Redaction.MASK);
  }

  @Test
  void resolvesAndChecksTheOptionsOfAColumn() {
    References references = new References(Map.of("NAME", "trace", "WRONG", "x")::get);
    OptionSet options = OptionSet.merge(NONE, NONE, NONE, references);
    assertThat(options.columnText(Option.SOURCE, Map.of("source", "header:${env:NAME}")))
        .contains("header:trace");
    assertThat(options.columnText(Option.PATH, Map.of("source", "key"))).isEmpty();
    KadbException e =
        catchThrowableOfType(
            KadbException.class,
            () -> options.columnText(Option.SOURCE, Map.of("source", "${env:WRONG}")));
    assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
    assertThat(e.getMessage()).contains("column option source", "header:name");
  }

  @Test
  void takesATabInTwoCharacters() {
    OptionSet set =
        OptionSet.merge(Map.of(), Map.of(), Map.of("csv_delimeter", "\\t", "csv_quote", "'"));
    assertThat(set.oneByte(Option.CSV_DELIMITER)).isEqualTo((byte) '\t');
    assertThat(set.text(Option.CSV_DELIMITER)).isEqualTo("\t");
    assertThatThrownBy(
            () ->
                OptionSet.merge(
                    Map.of(), Map.of(), Map.of("csv_delimeter", "\\t", "csv_quote", "\t")))
        .hasMessageContaining("same character");
  }
}
