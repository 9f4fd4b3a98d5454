package io.kadb.server.load;

import io.kadb.catalog.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Jobs for tests: an existing table {@code src} into {@code public.target}. */
final class LoadJobs {
  private LoadJobs() {}

  static LoadJob job(LoadJob.Target target) {
    return new LoadJob(
        Optional.empty(),
        new LoadJob.Source.Existing(new TableName("public", "src")),
        target,
        new LoadJob.Batches(OptionalLong.empty(), Optional.empty(), false),
        Optional.empty(),
        Optional.empty());
  }

  static LoadJob.Target insert() {
    return target(LoadJob.Mode.INSERT, List.of(), List.of());
  }

  static LoadJob.Target target(LoadJob.Mode mode, List<String> match, List<String> order) {
    return new LoadJob.Target(
        new TableName("public", "target"),
        mode,
        List.of(),
        match,
        order,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  static LoadJob.Target conditions(LoadJob.Target t, String updateWhere, String deleteWhere) {
    return new LoadJob.Target(
        t.table(),
        t.mode(),
        t.mappings(),
        t.match(),
        t.order(),
        t.update(),
        Optional.ofNullable(updateWhere),
        Optional.ofNullable(deleteWhere),
        t.tombstonesDelete(),
        t.filter());
  }

  static LoadJob.Target mapped(LoadJob.Target t, Map<String, String> mappings, String filter) {
    return new LoadJob.Target(
        t.table(),
        t.mode(),
        mappings.entrySet().stream()
            .map(e -> new LoadJob.Mapping(e.getKey(), e.getValue()))
            .toList(),
        t.match(),
        t.order(),
        t.update(),
        t.updateCondition(),
        t.deleteCondition(),
        t.tombstonesDelete(),
        Optional.ofNullable(filter));
  }

  static LoadJob.Target updating(LoadJob.Target t, List<String> update, boolean tombstonesDelete) {
    return new LoadJob.Target(
        t.table(),
        t.mode(),
        t.mappings(),
        t.match(),
        t.order(),
        update,
        t.updateCondition(),
        t.deleteCondition(),
        tombstonesDelete,
        t.filter());
  }

  static LoadJob.Column column(String name, String type) {
    return new LoadJob.Column(name, type, Map.of());
  }
}
