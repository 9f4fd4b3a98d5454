package io.kadb.sql;

import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.List;

/**
 * A function as metadata shows it.
 *
 * @param name its name in schema {@code kadb}
 * @param givesRows whether it stands in FROM and gives rows, rather than one value
 * @param parameters its parameters in their order
 * @param results the columns of its rows, or the one value; empty if they depend on the arguments
 */
public record FunctionDescription(
    String name, boolean givesRows, List<ResultColumn> parameters, List<ResultColumn> results) {
  public FunctionDescription {
    parameters = List.copyOf(parameters);
    results = List.copyOf(results);
  }

  /** Returns all functions of schema {@code kadb}, by name. */
  static List<FunctionDescription> all() {
    List<FunctionDescription> all = new ArrayList<>();
    for (OffsetFunction function : OffsetFunction.values()) {
      all.add(of(function));
    }
    all.add(
        new FunctionDescription(
            SessionFunction.CANCEL_NAME.get(1),
            false,
            List.of(ResultColumn.of("id", ColumnType.BIGINT)),
            List.of(ResultColumn.of("cancel", ColumnType.BOOLEAN))));
    all.add(
        new FunctionDescription(
            RetryRejects.QUALIFIED_NAME.get(1),
            true,
            List.of(ResultColumn.of("table", ColumnType.OID)),
            List.of()));
    all.add(
        new FunctionDescription(
            ProduceMessage.NAME.get(1),
            false,
            List.of(
                ResultColumn.of(ProduceMessage.PARAMETERS.get(0), ColumnType.OID),
                ResultColumn.of(ProduceMessage.PARAMETERS.get(1), ColumnType.TEXT),
                ResultColumn.of(ProduceMessage.PARAMETERS.get(2), ColumnType.INTEGER),
                ResultColumn.of(ProduceMessage.PARAMETERS.get(3), ColumnType.TEXT)),
            List.of(ResultColumn.of(ProduceMessage.NAME.get(1), ColumnType.TEXT))));
    all.sort(java.util.Comparator.comparing(FunctionDescription::name));
    return List.copyOf(all);
  }

  private static FunctionDescription of(OffsetFunction function) {
    List<ResultColumn> parameters = new ArrayList<>();
    for (String parameter : function.parameters()) {
      parameters.add(
          ResultColumn.of(parameter, parameters.isEmpty() ? ColumnType.OID : ColumnType.BIGINT));
    }
    boolean rows = function.result() == OffsetFunction.Result.OFFSETS;
    return new FunctionDescription(
        function.sqlName(),
        rows,
        parameters,
        rows
            ? OffsetsTable.description().columns()
            : List.of(ResultColumn.of(function.sqlName(), ColumnType.TEXT)));
  }
}
