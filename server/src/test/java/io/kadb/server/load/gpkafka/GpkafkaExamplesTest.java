package io.kadb.server.load.gpkafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.catalog.TableName;
import io.kadb.server.load.LoadJob;
import io.kadb.server.load.LoadJob.AfterBatches;
import io.kadb.server.load.LoadJob.Batches;
import io.kadb.server.load.LoadJob.Column;
import io.kadb.server.load.LoadJob.Fallback;
import io.kadb.server.load.LoadJob.Mapping;
import io.kadb.server.load.LoadJob.Mode;
import io.kadb.server.load.LoadJob.Source;
import io.kadb.server.load.LoadJob.Target;
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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job files of the examples, as they are apart from the password. */
class GpkafkaExamplesTest {
  @TempDir private Path folder;

  @Test
  void readsAnInsertOfCsvOfVersion1() throws IOException {
    LoadJob job = read("expenses.yaml");
    assertThat(job.warehouse())
        .contains(
            new Warehouse(
                "localhost", 5432, "warehouse", Optional.of("loader"), Optional.of("swordfish")));
    assertThat(job.source())
        .isEqualTo(
            new Source.Defined(
                new TableName("public", "expenses_expenses"),
                List.of(
                    column("id", "int"),
                    column("month", "int"),
                    column("__ignored_3", "text"),
                    column("amount", "decimal(9,2)"),
                    column("note", "text")),
                Map.of(
                    "k_brokers", "localhost:9092",
                    "k_topic", "expenses",
                    "k_consumer_group", "kadb-public.expenses_expenses",
                    "format", "csv",
                    "csv_dialect", "postgresql",
                    "csv_delimeter", ",",
                    "csv_quote", "\"",
                    "csv_escape", "\"",
                    "csv_null", "",
                    "csv_fill_missing_fields", "false"),
                Fallback.EARLIEST,
                Set.of()));
    assertThat(job.target())
        .isEqualTo(
            new Target(
                new TableName("public", "expenses"),
                Mode.INSERT,
                List.of(
                    new Mapping("id", "\"id\""),
                    new Mapping("month", "\"month\""),
                    new Mapping("amount", "\"amount\""),
                    new Mapping("note", "\"note\"")),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty()));
    assertThat(job.batches())
        .isEqualTo(
            new Batches(OptionalLong.of(100_000), Optional.of(Duration.ofSeconds(1)), false));
    assertThat(job.rejectLimit()).contains("25");
    assertThat(job.afterBatches()).isEmpty();
  }

  @Test
  void readsAMergeOfJsonWithExpressions() throws IOException {
    LoadJob job = read("customers.yaml");
    Source.Defined source = (Source.Defined) job.source();
    assertThat(source.columns())
        .containsExactly(
            new Column("doc", "json", Map.of("path", "")),
            new Column("meta", "json", Map.of("source", "meta")));
    assertThat(source.options())
        .containsEntry("format", "json")
        .containsEntry("json_rows", "document");
    assertThat(job.target())
        .isEqualTo(
            new Target(
                new TableName("public", "customers"),
                Mode.MERGE,
                List.of(
                    new Mapping("id", "(doc->>'id')::bigint"),
                    new Mapping("name", "trim(doc->>'name')"),
                    new Mapping("city", "doc->'address'->>'city'"),
                    new Mapping("version", "(doc->>'version')::int"),
                    new Mapping("source", "meta::text::jsonb")),
                List.of("id"),
                List.of("version"),
                List.of("name", "city", "version", "source"),
                Optional.empty(),
                Optional.of("(doc->>'gone')::boolean"),
                false,
                Optional.of("(doc->>'id') IS NOT NULL")));
    assertThat(job.rejectLimit()).contains("1%");
    assertThat(job.batches().saveFailing()).isTrue();
    assertThat(job.afterBatches())
        .contains(new AfterBatches("ANALYZE customers", OptionalInt.of(100)));
  }

  @Test
  void readsAvroOfARegistryAndTheKey() throws IOException {
    LoadJob job = read("trips.yaml");
    Source.Defined source = (Source.Defined) job.source();
    assertThat(source.columns())
        .containsExactly(
            new Column("trip", "json", Map.of("path", "")),
            new Column("customer", "text", Map.of("source", "key")));
    assertThat(source.options())
        .containsEntry("format", "avro_registry")
        .containsEntry("schema_registry_url", "http://localhost:8081")
        .containsEntry("avro_json_bytes", "base64")
        .containsEntry("k_key_format", "text")
        .containsEntry("k_consumer_group", "trips-loader")
        .containsEntry("#client.id", "kadb");
    assertThat(job.target().mappings())
        .extracting(Mapping::expression)
        .containsExactly(
            "(trip->>'id')::bigint", "trip->>'vehicle'", "(trip->>'price')::numeric", "customer");
    assertThat(job.batches().maxRows()).isEmpty();
    assertThat(job.rejectLimit()).isEmpty();
  }

  @Test
  void readsAnUpdateOfDelimitedFields() throws IOException {
    LoadJob job = read("measurements.yaml");
    Source.Defined source = (Source.Defined) job.source();
    assertThat(source.table()).isEqualTo(new TableName("staging", "sensors_measurements"));
    assertThat(source.partitions()).containsExactlyInAnyOrder(0, 2, 3);
    assertThat(source.options())
        .containsEntry("format", "delimited")
        .containsEntry("delimited_delimiter", "||")
        .containsEntry("delimited_eol_prefix", ";")
        .containsEntry("delimited_quote", "'")
        .containsEntry("delimited_escape", "\\");
    assertThat(job.target().mode()).isEqualTo(Mode.UPDATE);
    assertThat(job.target().update()).containsExactly("celsius", "measured_at");
    assertThat(job.target().updateCondition()).contains("place <> 'storeroom'");
    assertThat(job.batches().interval()).isEmpty();
  }

  @Test
  void readsTheExampleOfThePageOnJobFiles() throws IOException {
    String page = Files.readString(repository().resolve("docs/job-files.md"));
    String begin = "```yaml\n";
    int from = page.indexOf(begin) + begin.length();
    LoadJob job = readText("page.yaml", page.substring(from, page.indexOf("```", from)));
    assertThat(job.target().mode()).isEqualTo(Mode.MERGE);
    assertThat(job.target().mappings()).hasSize(3);
  }

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("sql-examples/jobs"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private LoadJob read(String name) throws IOException {
    return readText(
        name, Files.readString(repository().resolve("sql-examples/jobs").resolve(name)));
  }

  private LoadJob readText(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text.replace("${env:LOADER_PASSWORD}", "swordfish"));
    List<String> warnings = new ArrayList<>();
    LoadJob job = GpkafkaJob.read(file, warnings::add);
    assertThat(warnings).isEmpty();
    return job;
  }

  private static Column column(String name, String type) {
    return new Column(name, type, Map.of());
  }
}
