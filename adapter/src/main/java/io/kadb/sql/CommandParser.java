package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.sql.Places.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.ParseException;

/** Parses definitions and commands by their first words, and leaves the rest to the engine. */
final class CommandParser {
  private final StatementParser parser;
  private final Tokens tokens;
  private final DefinitionParser definitions;

  CommandParser(StatementParser parser) {
    this.parser = parser;
    this.tokens = new Tokens(parser);
    this.definitions = new DefinitionParser(tokens);
  }

  /** Parses the statement that comes next. */
  SqlNode parse() throws ParseException {
    if (tokens.ahead("EXPLAIN")) {
      return new CommandNode(explain(), tokens.places());
    }
    if (tokens.take("CALL")) {
      return call();
    }
    Optional<Command> command = definition().or(this::session);
    return command.isPresent()
        ? new CommandNode(command.get(), tokens.places())
        : parser.engineStatement();
  }

  /** A call of a function is a query for what it gives. */
  private SqlNode call() throws ParseException {
    SqlNode function = parser.tableFunction();
    SqlParserPos here = function.getParserPosition();
    Optional<SqlNode> value = ProduceMessage.asValue(function);
    return new SqlSelect(
        here,
        null,
        SqlNodeList.of(value.orElse(SqlIdentifier.star(here))),
        value.isPresent() ? null : SqlStdOperatorTable.COLLECTION_TABLE.createCall(here, function),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private Optional<Command> definition() {
    if (tokens.ahead("DROP", "TABLE") || tokens.ahead("ALTER", "TABLE")) {
      String verb = tokens.peek().toUpperCase(Locale.ROOT);
      throw tokens
          .place()
          .of(
              new KadbException(ErrorCode.UNSUPPORTED, verb + " TABLE is not supported")
                  .withHint(verb + " FOREIGN TABLE … is for the tables of Kafka's topics"));
    }
    if (tokens.take("CREATE", "SERVER")) {
      return Optional.of(definitions.createServer());
    } else if (tokens.take("ALTER", "SERVER")) {
      return Optional.of(definitions.alterServer());
    } else if (tokens.take("DROP", "SERVER")) {
      return Optional.of(dropServer());
    } else if (tokens.take("CREATE", "FOREIGN", "TABLE")) {
      return Optional.of(definitions.createForeignTable());
    } else if (tokens.take("ALTER", "FOREIGN", "TABLE")) {
      return Optional.of(definitions.alterForeignTable());
    } else if (tokens.take("DROP", "FOREIGN", "TABLE")) {
      return Optional.of(dropForeignTable());
    } else if (tokens.take("IMPORT", "FOREIGN", "SCHEMA")) {
      return Optional.of(definitions.importForeignSchema());
    } else if (tokens.take("CREATE", "SCHEMA")) {
      return Optional.of(
          new Command.CreateSchema(
              definitions.ifNotExists(), tokens.name(Part.SCHEMA, "a schema's name")));
    } else if (tokens.take("DROP", "SCHEMA")) {
      boolean ifExists = tokens.take("IF", "EXISTS");
      return Optional.of(
          new Command.DropSchema(ifExists, tokens.name(Part.SCHEMA, "a schema's name"), cascade()));
    }
    return Optional.empty();
  }

  private Command dropServer() {
    boolean ifExists = tokens.take("IF", "EXISTS");
    List<String> names = new ArrayList<>();
    do {
      names.add(tokens.name(Part.SERVER, "a server's name"));
    } while (tokens.take(","));
    return new Command.DropServer(ifExists, names, cascade());
  }

  private Command dropForeignTable() {
    boolean ifExists = tokens.take("IF", "EXISTS");
    List<Command.Name> names = new ArrayList<>();
    do {
      names.add(definitions.tableName());
    } while (tokens.take(","));
    cascade();
    return new Command.DropForeignTable(ifExists, names);
  }

  private boolean cascade() {
    if (tokens.take("CASCADE")) {
      return true;
    }
    tokens.take("RESTRICT");
    return false;
  }

  private Optional<Command> session() {
    if (tokens.take("SET")) {
      tokens.take("SESSION");
      return Optional.of(set());
    } else if (tokens.take("RESET")) {
      return Optional.of(new Command.SetParameter(parameterName(), Optional.empty()));
    } else if (tokens.take("SHOW")) {
      return Optional.of(new Command.ShowParameter(parameterName()));
    } else if (tokens.take("BEGIN") || tokens.take("START", "TRANSACTION")) {
      noise("TRANSACTION", "WORK");
      return Optional.of(new Command.Begin());
    } else if (tokens.take("COMMIT") || tokens.take("END")) {
      noise("TRANSACTION", "WORK");
      return Optional.of(new Command.Commit());
    } else if (tokens.take("ROLLBACK") || tokens.take("ABORT")) {
      noise("TRANSACTION", "WORK");
      return Optional.of(rollback());
    } else if (tokens.take("SAVEPOINT")) {
      return Optional.of(new Command.Savepoint(tokens.name("a savepoint's name")));
    } else if (tokens.take("RELEASE")) {
      noise("SAVEPOINT");
      return Optional.of(new Command.Release(tokens.name("a savepoint's name")));
    }
    return Optional.empty();
  }

  private Command rollback() {
    if (!tokens.take("TO")) {
      return new Command.Rollback(Optional.empty());
    }
    noise("SAVEPOINT");
    return new Command.Rollback(Optional.of(tokens.name("a savepoint's name")));
  }

  private Command set() {
    String name = parameterName();
    if (!tokens.take("=") && !tokens.take("TO")) {
      throw tokens.unexpected("= or TO");
    }
    if (tokens.take("DEFAULT")) {
      return new Command.SetParameter(name, Optional.empty());
    }
    tokens.places().note(Part.VALUE, name, tokens.place());
    String value =
        tokens.stringAhead() ? tokens.string("a value") : tokens.name("a value in single quotes");
    return new Command.SetParameter(name, Optional.of(value));
  }

  private String parameterName() {
    Places.Place place = tokens.place();
    StringBuilder name = new StringBuilder(tokens.name("a parameter's name"));
    while (tokens.take(".")) {
      name.append('.').append(tokens.name("a parameter's name"));
    }
    tokens.places().note(Part.PARAMETER, name.toString(), place);
    return name.toString();
  }

  private void noise(String... words) {
    for (String word : words) {
      if (tokens.take(word)) {
        return;
      }
    }
  }

  private Command explain() throws ParseException {
    if (tokens.ahead("EXPLAIN", "PLAN")) {
      SqlExplain explain = (SqlExplain) parser.engineStatement();
      return new Command.Explain(explain.getExplicandum());
    }
    tokens.expect("EXPLAIN");
    tokens.take("VERBOSE");
    if (tokens.ahead("ANALYZE") || tokens.ahead("(")) {
      throw tokens
          .place()
          .of(
              new KadbException(
                  ErrorCode.UNSUPPORTED,
                  "EXPLAIN takes no options: it shows the plan and runs nothing"));
    }
    return new Command.Explain(parser.engineStatement());
  }
}
