package io.kadb.server.load.gpkafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.catalog.TableName;
import io.kadb.server.load.LoadJob;
import io.kadb.server.load.LoadJob.AfterBatches;
import io.kadb.server.load.LoadJob.Batches;
import io.kadb.server.load.LoadJob.Column;
import io.kadb.server.load.LoadJob.Fallback;
import io.kadb.server.load.LoadJob.Mapping;
import io.kadb.server.load.LoadJob.Source;
import io.kadb.server.load.LoadJob.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What job files mean. */
class GpkafkaJobTest {
  private static final String CSV = "      FORMAT: csv";
  @TempDir private Path folder;
  private JobFiles files = new JobFiles(Path.of(""));

  @BeforeEach
  void open() {
    files = new JobFiles(folder);
  }

  @Test
  void knowsTheWarehouse() {
    assertThat(files.read(JobFiles.RIGHT).warehouse())
        .contains(
            new Warehouse(
                "db", 6432, "warehouse", Optional.of("loader"), Optional.of("swordfish")));
    LoadJob bare =
        files.read(JobFiles.RIGHT.replaceAll("(?m)^(USER|PASSWORD|HOST|PORT): .*\n", ""));
    assertThat(bare.warehouse())
        .contains(
            new Warehouse("localhost", 5432, "warehouse", Optional.empty(), Optional.empty()));
  }

  @Test
  void takesPasswordsFromElsewhere() throws IOException {
    Path secrets = Files.writeString(folder.resolve("secrets"), "db=swordfish\n");
    String reference = "${file:" + secrets + ":db}";
    LoadJob job =
        files.read(
            JobFiles.with("PASSWORD: swordfish", "PASSWORD: " + reference)
                + "  PROPERTIES:\n    sasl.password: "
                + reference
                + "\n");
    assertThat(job.warehouse().orElseThrow().password()).contains("swordfish");
    // An option of a table, which is resolved when the table is used.
    assertThat(((Source.Defined) job.source()).options())
        .containsEntry("#sasl.password", reference);
    assertThat(
            files
                .refusal(JobFiles.with("PASSWORD: swordfish", "PASSWORD: ${env:NOT_SET_ANYWHERE}"))
                .getMessage())
        .contains("job.yaml:3: PASSWORD: ", "NOT_SET_ANYWHERE is not set");
  }

  @Test
  void aFileWithoutAVersionIsOfTheOneItLooksLike() {
    assertThat(files.read(JobFiles.with("VERSION: 2"))).isEqualTo(files.read(JobFiles.RIGHT));
    String version1 =
        """
        DATABASE: payables
        KAFKA:
          INPUT:
            SOURCE:
              BROKERS: kafka
              TOPIC: t
            COLUMNS:
              - NAME: id
                TYPE: int
            FORMAT: csv
          OUTPUT:
            TABLE: expenses
        """;
    assertThat(files.source(version1).columns()).containsExactly(new Column("id", "int", Map.of()));
    assertThat(files.read("VERSION: 1\n" + version1)).isEqualTo(files.read(version1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (1)           | 1
          (0, 2)        | 0 2
          (1, 3...5, 7) | 1 3 4 5 7
          3..4          | 3 4
          [1, 2-3]      | 1 2 3
          5             | 5
          """)
  void readsPartitions(String written, String partitions) {
    String text =
        JobFiles.with("      TOPIC: orders", "      TOPIC: orders", "      PARTITIONS: " + written);
    assertThat(files.source(text).partitions().stream().sorted().map(String::valueOf))
        .containsExactly(partitions.split(" "));
  }

  @Test
  void readsWhereAPartitionBegins() {
    assertThat(files.source(JobFiles.RIGHT).fallback()).isEqualTo(Fallback.EARLIEST);
    String latest =
        JobFiles.with(
            "      TOPIC: orders", "      TOPIC: orders", "      FALLBACK_OFFSET: LATEST");
    assertThat(files.source(latest).fallback()).isEqualTo(Fallback.LATEST);
  }

  @Test
  void readsTheOptionsOfCsv() {
    String text =
        JobFiles.with(
            CSV,
            CSV.replace("csv", "CSV"),
            "      CSV_OPTION:",
            "        DELIMITER: \\t",
            "        QUOTE: \"'\"",
            "        NULL_STRING: 'NULL'",
            "        ESCAPE: \\",
            "        FORCE_NOT_NULL: Note, id",
            "        FILL_MISSING_FIELDS: true");
    assertThat(files.source(text).options())
        .containsEntry("csv_delimeter", "\\t")
        .containsEntry("csv_quote", "'")
        .containsEntry("csv_null", "NULL")
        .containsEntry("csv_escape", "\\")
        .containsEntry("csv_force_not_null", "note,id")
        .containsEntry("csv_fill_missing_fields", "true");
  }

  @ParameterizedTest
  @CsvSource({
    "json, json, json, document",
    "jsonl, jsonb, json, objects",
    "avro, json, avro, ",
    "binary, bytea, binary, ",
    "text, varchar(9), text, "
  })
  void aFormatOfOneColumnTakesTheWholeMessage(
      String format, String type, String kadbs, String rows) {
    String text =
        JobFiles.with("        - NAME: note")
            .replace("          TYPE: text\n", "")
            .replace("TYPE: int", "TYPE: " + type)
            .replace("FORMAT: csv", "FORMAT: " + format);
    Source.Defined source = files.source(text);
    Map<String, String> options =
        format.startsWith("json") || format.equals("avro") ? Map.of("path", "") : Map.of();
    assertThat(source.columns()).containsExactly(new Column("id", type, options));
    assertThat(source.options()).containsEntry("format", kadbs);
    assertThat(Optional.ofNullable(source.options().get("json_rows")))
        .isEqualTo(Optional.ofNullable(rows));
  }

  @Test
  void readsTheOptionsOfAvro() throws IOException {
    Files.writeString(folder.resolve("order.avsc"), "{\"type\":\"record\"}");
    String text =
        JobFiles.with("        - NAME: note")
            .replace("          TYPE: text\n", "")
            .replace("int", "json");
    String registry =
        """
              FORMAT: avro
              AVRO_OPTION:
                SCHEMA_REGISTRY_ADDR: http://me:swordfish@r1:8081, http://r2:8081
                SCHEMA_CA_ON_GPDB: /ca.pem
                SCHEMA_CERT_ON_GPDB: /cert.pem
                SCHEMA_KEY_ON_GPDB: /key.pem
                SCHEMA_MIN_TLS_VERSION: 1.2
        """;
    assertThat(files.source(text.replace(CSV + "\n", registry)).options())
        .containsEntry("format", "avro_registry")
        .containsEntry("schema_registry_url", "http://r1:8081,http://r2:8081")
        .containsEntry("schema_registry_user", "me")
        .containsEntry("schema_registry_password", "swordfish")
        .containsEntry("schema_registry_ssl_ca_location", "/ca.pem")
        .containsEntry("schema_registry_ssl_certificate_location", "/cert.pem")
        .containsEntry("schema_registry_ssl_key_location", "/key.pem")
        .containsEntry("avro_json_bytes", "hex");
    String schema = "      FORMAT: avro\n      AVRO_OPTION: {SCHEMA_PATH_ON_GPDB: order.avsc}\n";
    assertThat(files.source(text.replace(CSV + "\n", schema)).options())
        .containsEntry("format", "avro_raw")
        .containsEntry("avro_schema", "{\"type\":\"record\"}");
  }

  @Test
  void readsKeyAndMetaBesideTheValue() {
    Source.Defined source =
        files.source(
            JobFiles.with(
                "  OUTPUT:",
                "    KEY:",
                "      COLUMNS:",
                "        - {NAME: __IGNORED__, TYPE: int}",
                "        - {NAME: region, TYPE: text}",
                "      FORMAT: delimited",
                "      DELIMITED_OPTION: {DELIMITER: '|'}",
                "    META:",
                "      COLUMNS: [{NAME: m, TYPE: jsonb}]",
                "      FORMAT: json",
                "  OUTPUT:"));
    assertThat(source.columns())
        .containsExactly(
            new Column("id", "int", Map.of()),
            new Column("note", "text", Map.of()),
            new Column("__ignored_key_1", "text", Map.of("source", "key")),
            new Column("region", "text", Map.of("source", "key")),
            new Column("m", "jsonb", Map.of("source", "meta")));
    assertThat(source.options())
        .containsEntry("k_key_format", "delimited")
        .containsEntry("delimited_delimiter", "|")
        .containsEntry("csv_delimeter", ",");
  }

  @Test
  void aJobCanLoadTheKeyAlone() {
    Source.Defined source = files.source(JobFiles.RIGHT.replace("    VALUE:", "    KEY:"));
    assertThat(source.columns())
        .first()
        .isEqualTo(new Column("__ignored_value", "bytea", Map.of()));
    assertThat(source.options())
        .containsEntry("format", "binary")
        .containsEntry("k_key_format", "csv");
  }

  @Test
  void keyAndValueCannotHaveDifferentOptionsOfOneFormat() {
    String key = "    KEY: {COLUMNS: [{NAME: k, TYPE: text}], FORMAT: csv, CSV_OPTION: {%s}}";
    String same = JobFiles.with("  OUTPUT:", key.formatted("DELIMITER: ','"), "  OUTPUT:");
    assertThat(files.source(same).options()).containsEntry("k_key_format", "csv");
    String other = JobFiles.with("  OUTPUT:", key.formatted("DELIMITER: ';'"), "  OUTPUT:");
    assertThat(files.refusal(other).getMessage())
        .contains("job.yaml:19: KEY and VALUE", "csv_delimeter counts for both");
  }

  @Test
  void foldsNamesThatAreNotInDoubleQuotes() {
    String text =
        JobFiles.with(
                "    TABLE: orders",
                "    SCHEMA: Sales",
                "    TABLE: '\"Orders\"'",
                "    MODE: Merge",
                "    MATCH_COLUMNS: [ID]")
            .replace("NAME: note", "NAME: '\"Note\"'");
    LoadJob job = files.read(text);
    assertThat(job.target().table()).isEqualTo(new TableName("sales", "Orders"));
    assertThat(job.source().table()).isEqualTo(new TableName("sales", "orders_orders_d083fdc1"));
    assertThat(job.target().match()).containsExactly("id");
    assertThat(job.target().mappings())
        .containsExactly(new Mapping("id", "\"id\""), new Mapping("Note", "\"Note\""));
  }

  @Test
  void bothFormsOfAMappingMeanTheSame() {
    String list =
        JobFiles.with(
            "    TABLE: orders",
            "    TABLE: orders",
            "    MAPPING:",
            "      - NAME: id",
            "        EXPRESSION: id + 1",
            "      - {NAME: n, EXPRESSION: 5}");
    String map =
        JobFiles.with(
            "    TABLE: orders",
            "    TABLE: orders",
            "    MAPPING:",
            "      id: id + 1",
            "      n: 5");
    assertThat(files.read(list).target().mappings())
        .isEqualTo(files.read(map).target().mappings())
        .containsExactly(new Mapping("id", "id + 1"), new Mapping("n", "5"));
  }

  @Test
  void bothFiltersMustHold() {
    String text =
        JobFiles.with(
            "  OUTPUT:", "    FILTER: id > 1 OR id < 0", "  OUTPUT:", "    FILTER: note <> ''");
    assertThat(files.read(text).target().filter()).contains("(id > 1 OR id < 0) AND (note <> '')");
  }

  @Test
  void readsHowMuchGoesIntoABatch() {
    assertThat(files.read(JobFiles.RIGHT).batches())
        .isEqualTo(new Batches(OptionalLong.of(10), Optional.of(Duration.ofSeconds(5)), false));
    String zeros = JobFiles.with("    MAX_ROW: 10", "    MAX_ROW: 0", "    MINIMAL_INTERVAL: 0");
    assertThat(files.read(zeros).batches())
        .isEqualTo(new Batches(OptionalLong.empty(), Optional.empty(), false));
  }

  @ParameterizedTest
  @CsvSource({"0,", "0%,", "1, 1", "25, 25", "5%, 5%", "100%, 100%"})
  void readsTheErrorLimit(String written, String limit) {
    String text = JobFiles.with("  OUTPUT:", "    ERROR_LIMIT: " + written, "  OUTPUT:");
    assertThat(files.read(text).rejectLimit()).isEqualTo(Optional.ofNullable(limit));
  }

  @ParameterizedTest
  @CsvSource({"'', ", "', BATCH_INTERVAL: 0', ", "', BATCH_INTERVAL: 3', 3"})
  void readsWhatIsDoneAfterBatches(String interval, Integer every) {
    String text = JobFiles.and("  TASK: {POST_BATCH_SQL: SELECT f()" + interval + "}");
    OptionalInt batches = every == null ? OptionalInt.empty() : OptionalInt.of(every);
    assertThat(files.read(text).afterBatches()).contains(new AfterBatches("SELECT f()", batches));
  }

  @Test
  void aKeyWithoutAValueIsNotGiven() {
    List<String> warnings = new ArrayList<>();
    LoadJob job =
        files.read(
            JobFiles.with("USER: loader", "USER:") + "  POLL:\n  TASK:\n  PROPERTIES:\nSCHEDULE:\n",
            warnings);
    assertThat(job.warehouse().orElseThrow().user()).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void topicsThatDifferOnlyInCapitalsDotsAndDashesGetTablesOfTheirOwn() {
    List<String> names =
        Stream.of("x_eu", "x-eu", "x.eu", "X_EU", "X-EU")
            .map(
                topic ->
                    files
                        .source(JobFiles.with("      TOPIC: orders", "      TOPIC: " + topic))
                        .table()
                        .table())
            .toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(names.get(0)).isEqualTo("orders_x_eu");
    assertThat(names.subList(1, 5)).allMatch(name -> name.matches("orders_x_eu_[0-9a-f]{8}"));
  }

  @Test
  void readsALoginWithEscapes() {
    String text =
        JobFiles.with("        - NAME: note")
            .replace("          TYPE: text\n", "")
            .replace("int", "json");
    String registry =
        """
              FORMAT: avro
              AVRO_OPTION: {SCHEMA_REGISTRY_ADDR: "http://me%40here:a+b%25@r1:8081"}
        """;
    assertThat(files.source(text.replace(CSV + "\n", registry)).options())
        .containsEntry("schema_registry_user", "me@here")
        .containsEntry("schema_registry_password", "a+b%")
        .containsEntry("schema_registry_url", "http://r1:8081");
    String two = registry.replace("r1:8081", "r1:8081, http://you:b@r2:8081");
    assertThat(files.refusal(text.replace(CSV + "\n", two)))
        .hasMessageContaining("SCHEMA_REGISTRY_ADDR has different logins")
        .hasMessageNotContaining("a+b");
  }
}
