package io.kadb.sql;

import static io.kadb.sql.SystemViews.row;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.Definitions;
import io.kadb.option.Level;
import io.kadb.option.Option;
import io.kadb.option.Redaction;
import io.kadb.store.DefinitionsJson;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the views that show definitions and options. None asks Kafka; none shows a secret.
 */
final class DefinitionViews {
  private DefinitionViews() {}

  static List<@Nullable Object[]> servers(ViewRequest request) {
    return request.definitions().servers().stream()
        .map(
            server ->
                row(
                    server.name(),
                    server.type().orElse(null),
                    server.version().orElse(null),
                    DefinitionsJson.write(Redaction.mask(server.options()))))
        .toList();
  }

  static List<@Nullable Object[]> tables(ViewRequest request) {
    Definitions definitions = request.definitions();
    return request.tables(definitions).stream()
        .map(
            table ->
                row(
                    table.ftoid(),
                    table.name().schema(),
                    table.name().table(),
                    table.server(),
                    DefinitionsJson.write(
                        table.columns().stream().map(DefinitionViews::masked).toList()),
                    DefinitionsJson.write(Redaction.mask(table.options()))))
        .toList();
  }

  private static ColumnDefinition masked(ColumnDefinition column) {
    return column.withOptions(Redaction.mask(column.options()));
  }

  static List<@Nullable Object[]> options(ViewRequest request) {
    return Arrays.stream(Option.values())
        .map(
            option ->
                row(
                    option.optionName(),
                    option.levels().stream()
                        .sorted()
                        .map(Level::label)
                        .collect(Collectors.joining(", ")),
                    option.valueType().label(),
                    option.defaultInWords().orElse(null),
                    option.secret(),
                    option.description()))
        .toList();
  }
}
