package io.kadb.sql;

import io.kadb.store.LoadRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of the views in schema {@code kadb}. */
final class SystemViews {
  private static final List<SystemView> ALL =
      List.of(
          view(
              "servers",
              "servers, with secret options masked",
              DefinitionViews::servers,
              "server_name text",
              "server_type text",
              "server_version text",
              "options text"),
          view(
              "foreign_tables",
              "foreign tables, with secret options masked",
              DefinitionViews::tables,
              "ftoid oid",
              "table_schema text",
              "table_name text",
              "server_name text",
              "columns text",
              "options text"),
          view(
              "options",
              "the options that servers, tables, columns and connections take",
              DefinitionViews::options,
              "option_name text",
              "option_level text",
              "value_type text",
              "default_value text",
              "secret boolean",
              "description text"),
          view(
              "partitions",
              "the partitions of each foreign table, as the brokers know them now",
              TopicViews::partitions,
              "ftoid oid",
              "table_schema text",
              "table_name text",
              "prt integer",
              "leader integer",
              "earliest_off bigint",
              "end_off bigint"),
          view(
              "lag",
              "how far each foreign table is behind the end of its topic",
              TopicViews::lag,
              "ftoid oid",
              "table_schema text",
              "table_name text",
              "prt integer",
              "stored_off bigint",
              "earliest_off bigint",
              "end_off bigint",
              "committed_off bigint",
              "lag bigint",
              "next_timestamp timestamp(3)"),
          view(
              "loads",
              "what INSERT INTO pg.… SELECT took from each partition",
              SystemViews::loads,
              "load_id bigint",
              "ftoid oid",
              "table_schema text",
              "table_name text",
              "target text",
              "prt integer",
              "begin_off bigint",
              "end_off bigint",
              "row_count bigint",
              "reject_count bigint",
              "byte_count bigint",
              "started_at timestamp(3)",
              "finished_at timestamp(3)",
              "outcome text"),
          view(
              RejectView.NAME,
              "messages that could not be turned into rows, with k_on_error=reject",
              RejectView::rows,
              RejectView.ID + " bigint",
              "ftoid oid",
              "topic text",
              "prt integer",
              "off bigint",
              "message_timestamp timestamp(3)",
              RejectView.KEY + " bytea",
              RejectView.VALUE + " bytea",
              "column_name text",
              "sqlstate text",
              "reason text",
              "rejected_at timestamp(3)"),
          view(
              "queries",
              "the statements that run in this process now",
              SystemViews::queries,
              "query_id bigint",
              "user_name text",
              "started_at timestamp(3)",
              "state text",
              "sql_text text"));

  private SystemViews() {}

  static List<SystemView> all() {
    return ALL;
  }

  private static SystemView view(
      String name, String remarks, SystemView.Source source, String... columns) {
    return new SystemView(
        name, remarks, Arrays.stream(columns).map(SystemView.Column::of).toList(), source);
  }

  /** Makes a row of values as the engine has them. */
  static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  /** Returns a time as the engine has it: UTC, in milliseconds. */
  static Long time(Instant time) {
    return time.toEpochMilli();
  }

  private static List<@Nullable Object[]> loads(ViewRequest request) {
    return request.run().session().storeSession().loads().readAll().stream()
        .map(SystemViews::load)
        .toList();
  }

  private static @Nullable Object[] load(LoadRow row) {
    return row(
        row.loadId(),
        row.ftoid(),
        row.table().schema(),
        row.table().table(),
        row.target(),
        row.partition(),
        row.range().start(),
        row.range().end(),
        row.counts().rows(),
        row.counts().rejects(),
        row.counts().bytes(),
        time(row.startedAt()),
        time(row.finishedAt()),
        row.outcome());
  }

  private static List<@Nullable Object[]> queries(ViewRequest request) {
    return RunningQuery.all().stream()
        .map(q -> row(q.id(), q.user(), time(q.startedAt()), q.state(), q.shownSql()))
        .toList();
  }
}
