package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.ServerDefinition;
import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import io.kadb.option.OptionCheck;
import io.kadb.store.CatalogTables;
import java.util.List;
import java.util.Map;

/** Runs definitions: what CREATE, ALTER and DROP do, in the session's transaction. */
final class CommandRunner {
  private final SessionState session;
  private final RunControl control;

  CommandRunner(SessionState session, RunControl control) {
    this.session = session;
    this.control = control;
  }

  /** Runs a definition. */
  void run(Command command) {
    session.checkWritable("this statement");
    session.checkStoreFree();
    control.onCancel(session.storeSession()::abort);
    if (command instanceof Command.ImportForeignSchema topics) {
      new TopicImport(session, control).run(topics);
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
    if (definitions().server(create.name()).isPresent()) {
      if (create.ifNotExists()) {
        skipped("server " + create.name() + " already exists");
        return;
      }
      throw new KadbException(
          ErrorCode.DUPLICATE_OBJECT, "server " + create.name() + " already exists");
    }
    warn(new OptionCheck().server(create.options()));
    catalog()
        .createServer(
            new ServerDefinition(create.name(), create.type(), create.version(), create.options()));
  }

  private void alterServer(Command.AlterServer alter) {
    ServerDefinition server = server(alter.name());
    Map<String, String> options = OptionChanges.apply(server.options(), alter.changes());
    warn(new OptionCheck().server(options));
    catalog().replaceServer(server.withOptions(options));
  }

  private ServerDefinition server(String name) {
    return definitions()
        .server(name)
        .orElseThrow(
            () ->
                new KadbException(
                    ErrorCode.UNDEFINED_OBJECT, "server " + name + " does not exist"));
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
          catalog().dropTable(table.ftoid());
        }
      }
    }
    catalog().dropServer(name);
  }

  private void createTable(Command.CreateForeignTable create) {
    TableName name = resolve(create.name());
    if (SchemaTree.RESERVED.contains(name.schema())) {
      throw new KadbException(
          ErrorCode.NOT_AUTHORIZED, "foreign tables cannot be created in schema " + name.schema());
    }
    if (create.ifNotExists() && definitions().table(name).isPresent()) {
      skipped("foreign table " + name + " already exists");
      return;
    }
    TableChanges.check(create.columns());
    warn(check(create.columns()).table(create.options()));
    catalog().createTable(name, create.server(), create.columns(), create.options());
  }

  private void alterTable(Command.AlterForeignTable alter) {
    TableName name = resolve(alter.name());
    if (alter.ifExists() && definitions().table(name).isEmpty()) {
      skipped("foreign table " + name + " does not exist");
      return;
    }
    ForeignTable changed = table(name);
    for (Command.TableChange change : alter.changes()) {
      changed = TableChanges.apply(changed, change);
    }
    warn(check(changed.columns()).table(changed.options()));
    catalog().replaceTable(changed);
  }

  private ForeignTable table(TableName name) {
    return definitions()
        .table(name)
        .orElseThrow(
            () ->
                new KadbException(
                    ErrorCode.UNDEFINED_TABLE, "foreign table " + name + " does not exist"));
  }

  private void dropTable(Command.Name written, boolean ifExists) {
    TableName name = resolve(written);
    if (ifExists && definitions().table(name).isEmpty()) {
      skipped("foreign table " + name + " does not exist");
      return;
    }
    catalog().dropTable(table(name).ftoid());
  }

  private void createSchema(Command.CreateSchema create) {
    boolean exists = definitions().schemas().contains(create.name());
    if (exists && create.ifNotExists()) {
      skipped("schema " + create.name() + " already exists");
      return;
    }
    if (SchemaTree.RESERVED.contains(create.name())) {
      throw new KadbException(
          ErrorCode.DUPLICATE_SCHEMA, "schema " + create.name() + " already exists");
    }
    catalog().createSchema(create.name());
  }

  private void dropSchema(Command.DropSchema drop) {
    if (drop.ifExists() && !definitions().schemas().contains(drop.name())) {
      skipped("schema " + drop.name() + " does not exist");
      return;
    }
    if (drop.cascade()) {
      for (ForeignTable table : definitions().tables()) {
        if (table.name().schema().equals(drop.name())) {
          control.add(Notice.notice("drop cascades to foreign table " + table.name()));
          catalog().dropTable(table.ftoid());
        }
      }
    }
    catalog().dropSchema(drop.name());
  }

  private TableName resolve(Command.Name name) {
    return new TableName(name.schema().orElse(session.schema()), name.table());
  }

  private static OptionCheck check(List<ColumnDefinition> columns) {
    OptionCheck check = new OptionCheck();
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
