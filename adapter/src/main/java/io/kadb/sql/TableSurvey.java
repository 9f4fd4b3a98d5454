package io.kadb.sql;

import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import io.kadb.kafka.ClusterSurvey;
import io.kadb.kafka.Partial;
import io.kadb.option.ClientProperties;
import io.kadb.option.Option;
import io.kadb.option.OptionSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Questions to the brokers of many foreign tables. Clusters are asked at the same time, each once
 * for all its tables, so that those that do not answer cost their time limit only once. A table
 * about which something cannot be found out gives a warning and does not trouble the others.
 */
final class TableSurvey {
  private static final long SLICE_MILLIS = 50;

  private final StatementRun run;

  TableSurvey(StatementRun run) {
    this.run = run;
  }

  /** A table that can be asked about. */
  record Subject(ForeignTable table, OptionSet options) {
    /** Reads the options that questions need, which may be references that cannot be resolved. */
    Subject {
      options.groupId();
      options.text(Option.TOPIC);
      options.bool(Option.AUTOMATIC_OFFSETS);
      options.bigint(Option.INITIAL_OFFSET);
    }

    String topic() {
      return options.text(Option.TOPIC);
    }
  }

  /** What tables share that can be asked about together. */
  private record Cluster(ClientProperties client, Duration limit) {}

  /**
   * Asks about tables of one cluster.
   *
   * @param <T> what there is to say about a table
   */
  @FunctionalInterface
  interface Question<T> {
    /** Returns the answers by OID. */
    Map<Long, Partial<T>> ask(ClusterSurvey cluster, List<Subject> tables, Duration limit);
  }

  /**
   * Asks, and warns of what could not be found out.
   *
   * @return for each table that gave an answer the answer, by OID
   */
  <T> Map<Long, T> answers(
      Definitions definitions, List<ForeignTable> tables, Question<T> question) {
    Map<Long, KadbException> failures = new HashMap<>();
    Map<Cluster, List<Subject>> clusters = clusters(definitions, tables, failures);
    AtomicBoolean over = new AtomicBoolean();
    Map<Cluster, CompletableFuture<Map<Long, Partial<T>>>> asked = new LinkedHashMap<>();
    Map<Long, T> answers = new HashMap<>();
    try {
      clusters.forEach(
          (cluster, subjects) -> asked.put(cluster, start(cluster, subjects, question, over)));
      asked.forEach(
          (cluster, answer) -> {
            try {
              await(answer)
                  .forEach(
                      (ftoid, partial) -> {
                        answers.put(ftoid, partial.found());
                        partial.failure().ifPresent(f -> failures.put(ftoid, f));
                      });
            } catch (KadbException e) {
              run.control().check();
              clusters.get(cluster).forEach(s -> failures.put(s.table().ftoid(), e));
            }
          });
    } finally {
      over.set(true);
    }
    for (ForeignTable table : tables) {
      Optional.ofNullable(failures.get(table.ftoid())).ifPresent(why -> warn(table, why));
    }
    return answers;
  }

  private void warn(ForeignTable table, KadbException why) {
    run.control().add(Notice.warning("foreign table " + table.name() + ": " + why.getMessage()));
  }

  private Map<Cluster, List<Subject>> clusters(
      Definitions definitions, List<ForeignTable> tables, Map<Long, KadbException> failures) {
    Map<Cluster, List<Subject>> clusters = new LinkedHashMap<>();
    for (ForeignTable table : tables) {
      try {
        OptionSet options =
            ForeignSchema.options(definitions, table, run.session().defaults())
                .require(table.name().toString());
        Cluster cluster =
            new Cluster(options.clientProperties(), options.duration(Option.LATENCY_MS));
        Subject subject = new Subject(table, options);
        clusters.computeIfAbsent(cluster, c -> new ArrayList<>()).add(subject);
      } catch (KadbException e) {
        failures.put(table.ftoid(), e);
      }
    }
    return clusters;
  }

  private <T> CompletableFuture<Map<Long, Partial<T>>> start(
      Cluster cluster, List<Subject> subjects, Question<T> question, AtomicBoolean over) {
    ClusterSurvey survey =
        run.session()
            .clients()
            .survey(cluster.client(), () -> over.get() || run.control().unwanted());
    Supplier<Map<Long, Partial<T>>> work = () -> question.ask(survey, subjects, cluster.limit());
    return run.session().clients().inBackground("kadb-survey", work);
  }

  private <T> T await(CompletableFuture<T> answer) {
    while (true) {
      run.control().check();
      try {
        return answer.get(SLICE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // not yet
      } catch (ExecutionException e) {
        throw EngineErrors.translate(e.getCause() == null ? e : e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        run.control().cancel();
      }
    }
  }
}
