package io.kadb.sql;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * A statement that a session prepared.
 *
 * @param sql its text
 * @param kind what it does
 * @param definitionsVersion the version of the definitions it was planned with
 * @param schema the schema that names without one meant
 * @param form what was made of it
 */
record SessionStatement(String sql, Kind kind, long definitionsVersion, String schema, Form form)
    implements Prepared {
  /** What was made of a statement. */
  sealed interface Form {
    record Query(PlannedQuery query) implements Form {}

    record Dml(DmlPlan plan) implements Form {}

    /**
     * A command.
     *
     * @param places where its names stand
     */
    record Other(Command command, Places places) implements Form {}
  }

  @Override
  public List<ResultColumn> columns() {
    if (form instanceof Form.Query query) {
      return query.query().columns();
    }
    return form instanceof Form.Other other ? SessionCommands.columns(other.command()) : List.of();
  }

  @Override
  public List<ResultColumn> parameters() {
    return planned().map(query -> parameters(query.parameters())).orElse(List.of());
  }

  private Optional<PlannedQuery> planned() {
    @Nullable PlannedQuery query = null;
    if (form instanceof Form.Query plain) {
      query = plain.query();
    } else if (form instanceof Form.Dml dml) {
      query = dml.plan().source();
    }
    return Optional.ofNullable(query);
  }

  private static List<ResultColumn> parameters(RelDataType types) {
    return types.getFieldList().stream()
        .map(
            field -> ResultColumn.of("?" + field.getIndex(), EngineTypes.toColumn(field.getType())))
        .toList();
  }
}
