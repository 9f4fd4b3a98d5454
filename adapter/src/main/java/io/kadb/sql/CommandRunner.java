package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.ServerDefinition;
import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import io.kadb.option.NearestName;
import io.kadb.option.OptionCheck;
import io.kadb.sql.Places.Part;
import io.kadb.store.CatalogTables;
import io.kadb.type.ColumnType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs definitions: what CREATE, ALTER and DROP do, in the session's transaction. */
final class CommandRunner {
  private final SessionState session;
  private final RunControl control;
  private final Places places;

  /**
   * Creates a runner of one command.
   *
   * @param places where its names stand
   */
  CommandRunner(SessionState session, RunControl control, Places places) {
    this.session = session;
    this.control = control;
    this.places = places;
  }

  /** Runs a definition. */
  void run(Command command) {
    session.checkWritable("this statement");
    session.checkStoreFree();
    control.onCancel(session.storeSession()::abort);
    if (command instanceof Command.ImportForeignSchema topics) {
      new TopicImport(session, control, places).run(topics);
    } else {
      session.transaction().inStore(() -> define(command));
    }
  }

  private CatalogTables catalog() {
    return session.storeSession().catalog();
  }

  private Definitions definitions() {
    return catalog().read();
  }

  private void define(Command command) {
    if (command instanceof Command.CreateServer create) {
      createServer(create);
    } else if (command instanceof Command.AlterServer alter) {
      alterServer(alter);
    } else if (command instanceof Command.DropServer drop) {
      drop.names().forEach(name -> dropServer(name, drop));
    } else if (command instanceof Command.CreateForeignTable create) {
      createTable(create);
    } else if (command instanceof Command.AlterForeignTable alter) {
      alterTable(alter);
    } else if (command instanceof Command.DropForeignTable drop) {
      drop.names().forEach(name -> dropTable(name, drop.ifExists()));
    } else if (command instanceof Command.CreateSchema create) {
      createSchema(create);
    } else if (command instanceof Command.DropSchema drop) {
      dropSchema(drop);
    } else {
      throw new IllegalArgumentException("not a definition: " + command);
    }
  }

  private void createServer(Command.CreateServer create) {
    String name = create.name();
    if (definitions().server(name).isPresent()) {
      exists(create.ifNotExists(), serverExists(name));
      return;
    }
    warn(check().server(create.options()));
    ServerDefinition server =
        new ServerDefinition(name, create.type(), create.version(), create.options());
    try {
      catalog().createServer(server);
    } catch (KadbException e) {
      lost(e, ErrorCode.DUPLICATE_OBJECT, create.ifNotExists(), serverExists(name));
    }
  }

  private KadbException serverExists(String name) {
    return places.at(
        Part.SERVER,
        name,
        new KadbException(ErrorCode.DUPLICATE_OBJECT, "server " + name + " already exists"));
  }

  /** Skips what is there already, if the statement says so. */
  private void exists(boolean ifNotExists, KadbException error) {
    if (!ifNotExists) {
      throw error;
    }
    skipped(error.what());
  }

  /** Somebody else may have created the same object since it was looked for. */
  private void lost(
      KadbException failure, ErrorCode duplicate, boolean ifNotExists, KadbException error) {
    if (failure.code() != duplicate) {
      throw failure;
    }
    exists(ifNotExists, error);
  }

  private void alterServer(Command.AlterServer alter) {
    ServerDefinition server = server(alter.name());
    Map<String, String> options =
        OptionChanges.apply(server.options(), alter.changes(), option -> places.option("", option));
    warn(check().server(options));
    catalog().replaceServer(server.withOptions(options));
  }

  private ServerDefinition server(String name) {
    Definitions definitions = definitions();
    return definitions
        .server(name)
        .orElseThrow(
            () ->
                places.at(
                    Part.SERVER,
                    name,
                    new UnknownNames(definitions, session.schema()).server(name)));
  }

  private void dropServer(String name, Command.DropServer drop) {
    if (drop.ifExists() && definitions().server(name).isEmpty()) {
      skipped("server " + name + " does not exist");
      return;
    }
    if (drop.cascade()) {
      for (ForeignTable table : definitions().tables()) {
        if (table.server().equals(name)) {
          control.add(Notice.notice("drop cascades to foreign table " + table.name()));
          drop(table);
        }
      }
    }
    server(name);
    at(Part.SERVER, name, () -> catalog().dropServer(name));
  }

  private void createTable(Command.CreateForeignTable create) {
    TableName name = resolve(create.name());
    if (SchemaTree.RESERVED.contains(name.schema())) {
      throw places.at(
          Part.TABLE,
          name.table(),
          new KadbException(
              ErrorCode.NOT_AUTHORIZED,
              "foreign tables cannot be created in schema " + name.schema()));
    }
    if (definitions().table(name).isPresent()) {
      exists(create.ifNotExists(), tableExists(name));
      return;
    }
    requireSchema(name.schema(), Part.TABLE, name.table());
    List<ColumnDefinition> columns = new TableChanges(places).checked(create.columns());
    columns.forEach(column -> warnOfType(column.name(), column.type()));
    columns.forEach(column -> warnOfHiding(column.name()));
    warn(check(columns).table(create.options(), inherited(create.server())));
    try {
      catalog().createTable(name, create.server(), columns, create.options());
    } catch (KadbException e) {
      lost(e, ErrorCode.DUPLICATE_TABLE, create.ifNotExists(), tableExists(name));
    }
  }

  private KadbException tableExists(TableName name) {
    return places.at(
        Part.TABLE,
        name.table(),
        new KadbException(ErrorCode.DUPLICATE_TABLE, "foreign table " + name + " already exists"));
  }

  private void requireSchema(String schema, Part otherwise, String otherName) {
    if (!definitions().schemas().contains(schema)) {
      KadbException error =
          new KadbException(ErrorCode.UNDEFINED_SCHEMA, "schema " + schema + " does not exist");
      KadbException hinted =
          NearestName.of(schema, definitions().schemas())
              .map(nearest -> error.withHint("did you mean " + nearest + "?"))
              .orElse(error);
      throw places.at(otherwise, otherName, places.at(Part.SCHEMA, schema, hinted));
    }
  }

  /** A type that nobody knows is allowed, but may be a mistake. */
  private void warnOfType(String column, ColumnType type) {
    MistypedType.of(type)
        .ifPresent(
            nearest ->
                control.add(
                    Notice.warning(
                        places.find(Part.TYPE, column).map(place -> place + ": ").orElse("")
                            + "column "
                            + column
                            + " is of type "
                            + type.sql()
                            + ", which is not known here and is carried as its text; did you mean "
                            + nearest
                            + "?")));
  }

  /** The hidden column can no longer be named, which may not be meant. */
  private void warnOfHiding(String column) {
    if (Arrays.stream(HiddenColumn.values()).anyMatch(h -> h.label().equals(column))) {
      control.add(
          Notice.warning(
              places.find(Part.COLUMN, column).map(place -> place + ": ").orElse("")
                  + "column "
                  + column
                  + " takes the place of the hidden column of this name"));
    }
  }

  /** Returns the options that a table has from its server and the connection, nearest first. */
  private List<Map<String, String>> inherited(String server) {
    return List.of(server(server).options(), session.defaults());
  }

  private void alterTable(Command.AlterForeignTable alter) {
    TableName name = resolve(alter.name());
    if (alter.ifExists() && definitions().table(name).isEmpty()) {
      skipped("foreign table " + name + " does not exist");
      return;
    }
    ForeignTable changed = table(name);
    for (Command.TableChange change : alter.changes()) {
      changed = new TableChanges(places).apply(changed, change);
      if (change instanceof Command.TableChange.AddColumn add) {
        warnOfType(add.column().name(), add.column().type());
        warnOfHiding(add.column().name());
      } else if (change instanceof Command.TableChange.RenameColumn rename) {
        warnOfHiding(rename.newName());
      } else if (change instanceof Command.TableChange.RetypeColumn retype) {
        warnOfType(retype.name(), retype.type());
      }
    }
    warn(check(changed.columns()).table(changed.options(), inherited(changed.server())));
    ForeignTable replacement = changed;
    at(Part.NEW_NAME, replacement.name().table(), () -> catalog().replaceTable(replacement));
  }

  private ForeignTable table(TableName name) {
    Definitions definitions = definitions();
    return definitions
        .table(name)
        .orElseThrow(
            () ->
                places.at(
                    Part.TABLE,
                    name.table(),
                    new UnknownNames(definitions, session.schema()).table(name)));
  }

  /** Has an error of a call show where a name stands. */
  private void at(Part part, String name, Runnable call) {
    try {
      call.run();
    } catch (KadbException e) {
      throw places.at(part, name, e);
    }
  }

  private void dropTable(Command.Name written, boolean ifExists) {
    TableName name = resolve(written);
    if (ifExists && definitions().table(name).isEmpty()) {
      skipped("foreign table " + name + " does not exist");
      return;
    }
    drop(table(name));
  }

  private void drop(ForeignTable table) {
    session.checkDroppable(table);
    catalog().dropTable(table.ftoid());
  }

  private void createSchema(Command.CreateSchema create) {
    String name = create.name();
    boolean exists = definitions().schemas().contains(name);
    if (exists || SchemaTree.RESERVED.contains(name)) {
      exists(create.ifNotExists(), schemaExists(name));
      return;
    }
    try {
      catalog().createSchema(name);
    } catch (KadbException e) {
      lost(e, ErrorCode.DUPLICATE_SCHEMA, create.ifNotExists(), schemaExists(name));
    }
  }

  private KadbException schemaExists(String name) {
    return places.at(
        Part.SCHEMA,
        name,
        new KadbException(ErrorCode.DUPLICATE_SCHEMA, "schema " + name + " already exists"));
  }

  private void dropSchema(Command.DropSchema drop) {
    if (SchemaTree.RESERVED.contains(drop.name())) {
      throw places.at(
          Part.SCHEMA,
          drop.name(),
          new KadbException(
              ErrorCode.NOT_AUTHORIZED, "schema " + drop.name() + " cannot be dropped"));
    }
    if (drop.ifExists() && !definitions().schemas().contains(drop.name())) {
      skipped("schema " + drop.name() + " does not exist");
      return;
    }
    requireSchema(drop.name(), Part.SCHEMA, drop.name());
    if (drop.cascade()) {
      for (ForeignTable table : definitions().tables()) {
        if (table.name().schema().equals(drop.name())) {
          control.add(Notice.notice("drop cascades to foreign table " + table.name()));
          drop(table);
        }
      }
    }
    at(Part.SCHEMA, drop.name(), () -> catalog().dropSchema(drop.name()));
  }

  private TableName resolve(Command.Name name) {
    return new TableName(name.schema().orElse(session.schema()), name.table());
  }

  private OptionCheck check() {
    return ValueChecks.of(places);
  }

  private OptionCheck check(List<ColumnDefinition> columns) {
    OptionCheck check = check();
    columns.forEach(column -> check.column(column.name(), column.options()));
    return check;
  }

  private void warn(OptionCheck check) {
    check.finish().forEach(control::add);
  }

  private void skipped(String why) {
    control.add(Notice.notice(why + ", skipping"));
  }
}
