package io.kadb.server.load.gpkafka;

import io.kadb.error.KadbException;
import io.kadb.option.References;
import io.kadb.server.load.LoadJob;
import io.kadb.server.load.LoadJob.AfterBatches;
import io.kadb.server.load.LoadJob.Batches;
import io.kadb.server.load.LoadJob.Source;
import io.kadb.server.load.LoadJob.Target;
import io.kadb.server.load.LoadJob.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the blocks of a whole file. */
final class JobReader {
  private static final int USUAL_PORT = 5432;
  private static final int MAX_PORT = 65_535;
  private static final long USUAL_INTERVAL_MILLIS = 5000;
  private static final String MEASURED_OTHERWISE =
      "kadb fetches on its own; COMMIT says how much goes into one transaction";

  private final Block file;
  private final Report report;
  private final Path path;

  JobReader(Block file, Path path) {
    this.file = file;
    this.report = file.report();
    this.path = path;
  }

  /** Returns the job; empty if anything is wrong, which is reported then. */
  Optional<LoadJob> job() {
    if (isOfVersion3()) {
      return Optional.empty();
    }
    Optional<Warehouse> warehouse = warehouse();
    Optional<Text> version = version();
    Optional<Block> kafka = file.block("KAFKA");
    if (!file.has("KAFKA")) {
      report.problem(file.line(), "missing KAFKA");
    }
    for (String other : List.of("FILE", "S3", "RABBITMQ", "UNIXPIPE")) {
      file.refuse(other, "kadb loads from Kafka");
    }
    String instead = "run kadb load by what runs other programs, such as cron or systemd";
    file.refuse("SCHEDULE", instead);
    file.refuse("ALERT", instead);
    Optional<LoadJob> job = kafka.flatMap(block -> job(block, warehouse, version));
    file.finish();
    return report.isClean() ? job : Optional.empty();
  }

  private boolean isOfVersion3() {
    boolean found =
        file.has("version") || file.has("targets") || file.has("sources") || file.has("option");
    if (found) {
      String first = file.keys().iterator().next();
      report.unsupported(
          file.lineOf(first),
          "job files of version 3 are not supported: write it with the keys of version 2, DATABASE"
              + " and KAFKA");
    }
    return found;
  }

  private Optional<Text> version() {
    Optional<Text> version = file.text("VERSION");
    if (version.isPresent() && !List.of("1", "2").contains(version.get().value())) {
      report.unsupported(
          version.get().line(),
          "VERSION "
              + KadbException.shown(version.get().value())
              + " is not supported: 1 and 2 are");
    }
    return version;
  }

  private Optional<Warehouse> warehouse() {
    Optional<String> database = file.required("DATABASE").map(text -> resolved("DATABASE", text));
    Optional<String> user = file.text("USER").map(text -> resolved("USER", text));
    Optional<String> password = file.text("PASSWORD").map(this::password);
    String host = file.text("HOST").map(text -> resolved("HOST", text)).orElse("localhost");
    int port = file.text("PORT").map(this::port).orElse(USUAL_PORT);
    return database.map(name -> new Warehouse(host, port, name, user, password));
  }

  private String password(Text text) {
    if (text.value().startsWith("SHADOW:")) {
      report.unsupported(
          text.line(),
          "PASSWORD: passwords made by gpsscli shadow are not supported: write ${env:NAME} or"
              + " ${file:/path:key}");
    }
    return resolved("PASSWORD", text);
  }

  private int port(Text text) {
    String digits = resolved("PORT", text);
    int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > MAX_PORT) {
      file.wrong(text, "PORT", "a number from 1 to " + MAX_PORT);
    }
    return port;
  }

  private String resolved(String key, Text text) {
    try {
      return References.resolved(key, text.value());
    } catch (KadbException e) {
      report.problem(text.line(), e);
      return "";
    }
  }

  private Optional<LoadJob> job(
      Block kafka, Optional<Warehouse> warehouse, Optional<Text> version) {
    Optional<Block> input = block(kafka, "INPUT");
    Optional<Block> output = kafka.has("OUTPUTS") ? Optional.empty() : block(kafka, "OUTPUT");
    kafka.refuse("OUTPUTS", "a job has one OUTPUT; write a file for each table");
    Optional<String> schema = kafka.block("METADATA").flatMap(JobReader::metadataSchema);
    Batches batches = batches(kafka.block("COMMIT"));
    kafka
        .block("POLL")
        .ifPresent(
            poll -> {
              poll.ignore("BATCHSIZE", MEASURED_OTHERWISE);
              poll.ignore("TIMEOUT", MEASURED_OTHERWISE);
              poll.finish();
            });
    Optional<AfterBatches> after = kafka.block("TASK").flatMap(JobReader::afterBatches);
    Optional<Block> properties = kafka.block("PROPERTIES");
    kafka.finish();
    if (input.isEmpty() || output.isEmpty()) {
      return Optional.empty();
    }
    InputReader.Input read = new InputReader(input.get(), version, path).input();
    Optional<Target> target = new OutputReader(output.get(), read).target();
    input.get().finish();
    if (target.isEmpty()) {
      return Optional.empty();
    }
    Source source = new SourceMaker(read, target.get(), schema, properties, report).source();
    return warehouse.map(
        where ->
            new LoadJob(
                Optional.of(where), source, target.get(), batches, read.rejectLimit(), after));
  }

  private Optional<Block> block(Block kafka, String key) {
    Optional<Block> block = kafka.block(key);
    if (!kafka.has(key)) {
      report.problem(kafka.line(), "missing " + key + " below KAFKA");
    }
    return block;
  }

  private static Optional<String> metadataSchema(Block metadata) {
    Optional<String> schema = metadata.text("SCHEMA").map(Text::value).map(SqlName::folded);
    metadata.finish();
    return schema;
  }

  private static Batches batches(Optional<Block> commit) {
    if (commit.isEmpty()) {
      return new Batches(
          OptionalLong.empty(), Optional.of(Duration.ofMillis(USUAL_INTERVAL_MILLIS)), false);
    }
    Block block = commit.get();
    OptionalLong rows = block.number("MAX_ROW");
    OptionalLong millis = block.number("MINIMAL_INTERVAL");
    boolean saves = block.flag("SAVE_FAILING_BATCH");
    if (block.flag("RECOVER_FAILING_BATCH")) {
      block.refuse(
          "RECOVER_FAILING_BATCH", "SAVE_FAILING_BATCH keeps the rows of a batch that fails");
    }
    consistency(block);
    block.ignore("IDLE_DURATION", "kadb waits for messages at the broker");
    block.finish();
    long interval = millis.orElse(USUAL_INTERVAL_MILLIS);
    return new Batches(
        rows.orElse(0) > 0 ? rows : OptionalLong.empty(),
        interval > 0 ? Optional.of(Duration.ofMillis(interval)) : Optional.empty(),
        saves);
  }

  private static void consistency(Block commit) {
    Optional<Text> found = commit.text("CONSISTENCY");
    if (found.isEmpty()) {
      return;
    }
    switch (found.get().value().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "")) {
      case "strong" -> {}
      case "atleast", "atmost", "none" ->
          commit
              .report()
              .warning(
                  found.get().line(),
                  "CONSISTENCY below KAFKA.COMMIT has no effect: kadb loads every message exactly"
                      + " once");
      default -> commit.wrong(found.get(), "CONSISTENCY", "strong, at-least, at-most or none");
    }
  }

  private static Optional<AfterBatches> afterBatches(Block task) {
    Optional<Text> sql = task.text("POST_BATCH_SQL");
    OptionalLong interval = task.number("BATCH_INTERVAL");
    String why = "run it before and after kadb load, for example by psql";
    task.refuse("PREPARE_SQL", why);
    task.refuse("TEARDOWN_SQL", why);
    task.finish();
    if (sql.isEmpty() && interval.isPresent()) {
      task.ignore("BATCH_INTERVAL", "there is no POST_BATCH_SQL");
    }
    OptionalInt every =
        interval.orElse(0) > 0
            ? OptionalInt.of((int) Math.min(interval.getAsLong(), Integer.MAX_VALUE))
            : OptionalInt.empty();
    return sql.map(text -> new AfterBatches(text.value(), every));
  }
}
