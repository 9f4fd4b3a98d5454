package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.Definitions;
import io.kadb.catalog.ServerDefinition;
import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import io.kadb.option.NearestName;
import io.kadb.option.Option;
import io.kadb.option.OptionSet;
import io.kadb.sql.Places.Part;
import io.kadb.store.CatalogTables;
import io.kadb.type.ColumnType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs IMPORT FOREIGN SCHEMA: one foreign table for each topic of a server, named as the topic. */
final class TopicImport {
  /** The only schema a Kafka server has. */
  private static final String REMOTE_SCHEMA = "topics";

  private final SessionState session;
  private final RunControl control;
  private final Places places;

  TopicImport(SessionState session, RunControl control, Places places) {
    this.session = session;
    this.control = control;
    this.places = places;
  }

  /** Asks for the topics, which locks nothing, then creates the tables in one go. */
  void run(Command.ImportForeignSchema command) {
    if (!command.remoteSchema().equals(REMOTE_SCHEMA)) {
      throw places.at(
          Part.TABLE,
          command.remoteSchema(),
          new KadbException(
                  ErrorCode.UNDEFINED_SCHEMA,
                  "schema "
                      + KadbException.shown(command.remoteSchema())
                      + " does not exist in Kafka")
              .withHint("IMPORT FOREIGN SCHEMA " + REMOTE_SCHEMA + " FROM SERVER …"));
    }
    ValueChecks.of(places).table(command.options()).finish().forEach(control::add);
    checkNoTopic(command.options());
    List<String> topics = topics(command);
    try {
      session.transaction().inStore(() -> topics.forEach(topic -> create(command, topic)));
    } catch (KadbException e) {
      throw e.code() == ErrorCode.UNDEFINED_SCHEMA
          ? places.at(Part.SCHEMA, command.schema(), e)
          : e;
    }
  }

  private void checkNoTopic(Map<String, String> options) {
    String name = Option.TOPIC.optionName();
    if (options.containsKey(name)) {
      KadbException error =
          new KadbException(
                  ErrorCode.BAD_OPTION_VALUE,
                  "option " + name + " is for one table, here each table has its own topic")
              .withHint("LIMIT TO (…) says which topics");
      throw places.option("", name).map(place -> place.of(error)).orElse(error);
    }
  }

  /** A topic that is not there may be misspelled. */
  private void warnOfMissing(List<String> wanted, List<String> found) {
    for (String topic : wanted) {
      if (!found.contains(topic)) {
        control.add(
            Notice.warning(
                "topic "
                    + topic
                    + " does not exist"
                    + NearestName.of(topic, found)
                        .map(nearest -> ", did you mean " + nearest + "?")
                        .orElse("")));
      }
    }
  }

  private List<String> topics(Command.ImportForeignSchema command) {
    Definitions definitions = session.storeSession().catalog().read();
    ServerDefinition server =
        definitions
            .server(command.server())
            .orElseThrow(
                () ->
                    places.at(
                        Part.SERVER,
                        command.server(),
                        new UnknownNames(definitions, session.schema()).server(command.server())));
    OptionSet options = OptionSet.merge(session.defaults(), server.options(), command.options());
    List<String> found =
        session
            .clients()
            .offsets(options.clientProperties(), control::unwanted)
            .topics(options.duration(Option.LATENCY_MS));
    warnOfMissing(command.limitTo(), found);
    return found.stream()
        .filter(topic -> command.limitTo().isEmpty() || command.limitTo().contains(topic))
        .filter(topic -> !command.except().contains(topic))
        .toList();
  }

  private void create(Command.ImportForeignSchema command, String topic) {
    CatalogTables catalog = session.storeSession().catalog();
    Map<String, String> options = new LinkedHashMap<>();
    options.put(Option.TOPIC.optionName(), topic);
    options.put(Option.FORMAT.optionName(), "text");
    options.putAll(command.options());
    ColumnDefinition value =
        new ColumnDefinition("value", ColumnType.TEXT, false, Optional.empty(), Map.of());
    catalog.createTable(
        new TableName(command.schema(), topic), command.server(), List.of(value), options);
  }
}
