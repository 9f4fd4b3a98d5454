package io.kadb.sql;

import io.kadb.catalog.ColumnDefault;
import io.kadb.catalog.ColumnDefinition;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.Redaction;
import io.kadb.sql.Command.OptionChange;
import io.kadb.sql.Command.TableChange;
import io.kadb.sql.Places.Part;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses what follows CREATE and ALTER: servers, foreign tables, columns, options. */
final class DefinitionParser {
  private static final Set<String> AFTER_TYPE = Set.of("NOT", "NULL", "DEFAULT", "OPTIONS");

  /** What may follow the first word of a type: any other word is not part of it. */
  private static final Set<String> WITHIN_TYPE =
      Set.of(
          "(",
          "[",
          ".",
          "PRECISION",
          "VARYING",
          "CHARACTER",
          "CHAR",
          "WITH",
          "WITHOUT",
          "TIME",
          "ZONE",
          "YEAR",
          "MONTH",
          "DAY",
          "HOUR",
          "MINUTE",
          "SECOND",
          "TO");

  private final Tokens tokens;

  DefinitionParser(Tokens tokens) {
    this.tokens = tokens;
  }

  Command createServer() {
    boolean ifNotExists = ifNotExists();
    String name = tokens.name(Part.SERVER, "a server's name");
    Optional<String> type =
        tokens.take("TYPE") ? Optional.of(tokens.string("a type")) : Optional.empty();
    Optional<String> version =
        tokens.take("VERSION") ? Optional.of(tokens.string("a version")) : Optional.empty();
    tokens.expect("FOREIGN", "DATA", "WRAPPER");
    Places.Place place = tokens.place();
    String wrapper = tokens.name("kadb_fdw");
    if (!wrapper.equals("kadb_fdw")) {
      throw place.of(
          new KadbException(
              ErrorCode.UNDEFINED_OBJECT,
              "foreign-data wrapper "
                  + KadbException.shown(wrapper)
                  + " does not exist; there is only kadb_fdw"));
    }
    return new Command.CreateServer(ifNotExists, name, type, version, options(""));
  }

  Command alterServer() {
    String name = tokens.name(Part.SERVER, "a server's name");
    return new Command.AlterServer(name, optionChanges(""));
  }

  Command createForeignTable() {
    boolean ifNotExists = ifNotExists();
    Command.Name name = tableName();
    tokens.expect("(");
    List<ColumnDefinition> columns = new ArrayList<>();
    if (!tokens.take(")")) {
      do {
        columns.add(column());
      } while (tokens.take(","));
      tokens.expect(")");
    }
    tokens.expect("SERVER");
    String server = tokens.name(Part.SERVER, "a server's name");
    return new Command.CreateForeignTable(ifNotExists, name, columns, server, options(""));
  }

  Command importForeignSchema() {
    String remoteSchema = tokens.name(Part.TABLE, "topics");
    List<String> limitTo = tokens.take("LIMIT", "TO") ? names() : List.of();
    List<String> except = tokens.take("EXCEPT") ? names() : List.of();
    tokens.expect("FROM", "SERVER");
    String server = tokens.name(Part.SERVER, "a server's name");
    tokens.expect("INTO");
    String schema = tokens.name(Part.SCHEMA, "a schema's name");
    return new Command.ImportForeignSchema(
        remoteSchema, limitTo, except, server, schema, options(""));
  }

  private List<String> names() {
    tokens.expect("(");
    List<String> names = new ArrayList<>();
    do {
      names.add(tokens.name("a topic's name"));
    } while (tokens.take(","));
    tokens.expect(")");
    return names;
  }

  Command alterForeignTable() {
    boolean ifExists = tokens.take("IF", "EXISTS");
    Command.Name name = tableName();
    List<TableChange> changes = new ArrayList<>();
    do {
      changes.add(tableChange());
    } while (tokens.take(","));
    return new Command.AlterForeignTable(ifExists, name, changes);
  }

  private TableChange tableChange() {
    if (tokens.ahead("OPTIONS")) {
      return new TableChange.Options(optionChanges(""));
    } else if (tokens.take("RENAME", "TO")) {
      return new TableChange.Rename(tokens.name(Part.NEW_NAME, "the new name"));
    } else if (tokens.take("RENAME")) {
      tokens.take("COLUMN");
      String column = tokens.name(Part.COLUMN, "a column's name");
      tokens.expect("TO");
      return new TableChange.RenameColumn(column, tokens.name(Part.COLUMN, "the new name"));
    } else if (tokens.take("ADD")) {
      tokens.take("COLUMN");
      return new TableChange.AddColumn(column());
    } else if (tokens.take("DROP")) {
      tokens.take("COLUMN");
      boolean ifExists = tokens.take("IF", "EXISTS");
      return new TableChange.DropColumn(tokens.name(Part.COLUMN, "a column's name"), ifExists);
    } else if (tokens.take("ALTER")) {
      tokens.take("COLUMN");
      return columnChange(tokens.name(Part.COLUMN, "a column's name"));
    }
    throw tokens.unexpected("OPTIONS, ADD, DROP, ALTER or RENAME");
  }

  private TableChange columnChange(String column) {
    if (tokens.ahead("OPTIONS")) {
      return new TableChange.ColumnOptions(column, optionChanges(column));
    } else if (tokens.take("SET", "NOT", "NULL")) {
      return new TableChange.SetNotNull(column, true);
    } else if (tokens.take("DROP", "NOT", "NULL")) {
      return new TableChange.SetNotNull(column, false);
    } else if (tokens.take("SET", "DEFAULT")) {
      return new TableChange.SetDefault(column, defaultOf(column));
    } else if (tokens.take("DROP", "DEFAULT")) {
      return new TableChange.SetDefault(column, Optional.empty());
    } else if (tokens.take("TYPE") || tokens.take("SET", "DATA", "TYPE")) {
      return new TableChange.RetypeColumn(column, type(column));
    }
    throw tokens.unexpected("TYPE, SET, DROP or OPTIONS");
  }

  boolean ifNotExists() {
    return tokens.take("IF", "NOT", "EXISTS");
  }

  Command.Name tableName() {
    Places.Place place = tokens.place();
    tokens.checkNotReserved();
    String first = tokens.name("a table's name");
    if (!tokens.take(".")) {
      tokens.places().note(Part.TABLE, first, place);
      return new Command.Name(Optional.empty(), first);
    }
    tokens.places().note(Part.SCHEMA, first, place);
    String table = tokens.name("a table's name");
    tokens.places().note(Part.TABLE, table, place);
    return new Command.Name(Optional.of(first), table);
  }

  private ColumnDefinition column() {
    String name = tokens.name(Part.COLUMN, "a column's name");
    ColumnType type = type(name);
    boolean notNull = false;
    Optional<ColumnDefault> defaultValue = Optional.empty();
    Map<String, String> options = Map.of();
    while (!tokens.ahead(",") && !tokens.ahead(")") && !tokens.atEnd() && !tokens.ahead(";")) {
      if (tokens.take("NOT", "NULL")) {
        notNull = true;
      } else if (tokens.take("NULL")) {
        notNull = false;
      } else if (tokens.take("DEFAULT")) {
        defaultValue = defaultOf(name);
      } else if (tokens.ahead("OPTIONS")) {
        options = options(name);
      } else {
        throw tokens.unexpected("NOT NULL, DEFAULT, OPTIONS, a comma or a parenthesis");
      }
    }
    return new ColumnDefinition(name, type, notNull, defaultValue, options);
  }

  private ColumnType type(String column) {
    Places.Place place = tokens.place();
    tokens.places().note(Part.TYPE, column, place);
    if (!isWord(tokens.peek()) || AFTER_TYPE.contains(upper(tokens.peek()))) {
      throw tokens.unexpected("a type");
    }
    StringBuilder text = new StringBuilder(tokens.next());
    while (WITHIN_TYPE.contains(upper(tokens.peek()))) {
      String token = tokens.next();
      text.append(isWord(token) ? " " : "").append(token);
      if (token.equals(".")) {
        text.append(tokens.next());
      } else if (!isWord(token)) {
        restOfBrackets(text, token.equals("(") ? ")" : "]");
      }
    }
    try {
      return ColumnType.parse(text.toString());
    } catch (KadbException e) {
      throw place.of(e);
    }
  }

  private void restOfBrackets(StringBuilder text, String closing) {
    String token;
    do {
      token = tokens.next();
      text.append(token);
    } while (!token.equals(closing));
  }

  private static boolean isWord(String token) {
    return !token.isEmpty()
        && (token.charAt(0) == '"' || Character.isJavaIdentifierStart(token.charAt(0)));
  }

  private static String upper(String token) {
    return token.toUpperCase(Locale.ROOT);
  }

  /** Reads the expression of a DEFAULT; whether it suits the column is seen when it runs. */
  private Optional<ColumnDefault> defaultOf(String column) {
    Places.Place place = tokens.place();
    tokens.places().note(Part.DEFAULT, column, place);
    String text = tokens.expression();
    if (!DefaultClause.isTypedText(text)) {
      StatementParser.parseExpression(DefaultClause.inPlace(text, Optional.of(place)));
    }
    return DefaultClause.isNull(text)
        ? Optional.empty()
        : Optional.of(new ColumnDefault.Expression(text));
  }

  /**
   * Reads {@code OPTIONS (name 'value', …)} if it comes next.
   *
   * @param column whose options they are; empty for those of the object itself
   */
  private Map<String, String> options(String column) {
    Map<String, String> options = new LinkedHashMap<>();
    if (!tokens.take("OPTIONS")) {
      return options;
    }
    tokens.expect("(");
    do {
      Places.Place place = tokens.place();
      String name = optionName(column);
      if (options.put(name, tokens.string("the option's value")) != null) {
        throw place.of(
            new KadbException(
                ErrorCode.DUPLICATE_OBJECT, "option \"" + name + "\" is given more than once"));
      }
    } while (tokens.take(","));
    tokens.expect(")");
    tokens.hide(false);
    return options;
  }

  /** Reads an option's name; after a secret's, errors show nothing up to the next option. */
  private String optionName(String column) {
    tokens.hide(false);
    Places.Place place = tokens.place();
    String name = tokens.name("an option's name");
    tokens.places().noteOption(column, name, place);
    tokens.hide(Redaction.isSecret(name));
    return name;
  }

  private List<OptionChange> optionChanges(String column) {
    tokens.expect("OPTIONS", "(");
    List<OptionChange> changes = new ArrayList<>();
    do {
      OptionChange.Action action = OptionChange.Action.ADD;
      if (tokens.take("DROP")) {
        changes.add(
            new OptionChange(OptionChange.Action.DROP, optionName(column), Optional.empty()));
        continue;
      } else if (tokens.take("SET")) {
        action = OptionChange.Action.SET;
      } else {
        tokens.take("ADD");
      }
      changes.add(
          new OptionChange(
              action, optionName(column), Optional.of(tokens.string("the option's value"))));
    } while (tokens.take(","));
    tokens.expect(")");
    tokens.hide(false);
    return changes;
  }
}
