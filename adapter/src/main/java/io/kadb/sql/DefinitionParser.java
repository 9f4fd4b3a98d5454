package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.Redaction;
import io.kadb.sql.Command.OptionChange;
import io.kadb.sql.Command.TableChange;
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
    String name = tokens.name("a server's name");
    Optional<String> type =
        tokens.take("TYPE") ? Optional.of(tokens.string("a type")) : Optional.empty();
    Optional<String> version =
        tokens.take("VERSION") ? Optional.of(tokens.string("a version")) : Optional.empty();
    tokens.expect("FOREIGN", "DATA", "WRAPPER");
    String wrapper = tokens.name("kadb_fdw");
    if (!wrapper.equals("kadb_fdw")) {
      throw new KadbException(
          ErrorCode.UNDEFINED_OBJECT,
          "foreign-data wrapper "
              + KadbException.shown(wrapper)
              + " does not exist; there is only"
              + " kadb_fdw");
    }
    return new Command.CreateServer(ifNotExists, name, type, version, options());
  }

  Command alterServer() {
    String name = tokens.name("a server's name");
    return new Command.AlterServer(name, optionChanges());
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
    String server = tokens.name("a server's name");
    return new Command.CreateForeignTable(ifNotExists, name, columns, server, options());
  }

  Command importForeignSchema() {
    String remoteSchema = tokens.name("topics");
    List<String> limitTo = tokens.take("LIMIT", "TO") ? names() : List.of();
    List<String> except = tokens.take("EXCEPT") ? names() : List.of();
    tokens.expect("FROM", "SERVER");
    String server = tokens.name("a server's name");
    tokens.expect("INTO");
    String schema = tokens.name("a schema's name");
    return new Command.ImportForeignSchema(
        remoteSchema, limitTo, except, server, schema, options());
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
      return new TableChange.Options(optionChanges());
    } else if (tokens.take("RENAME", "TO")) {
      return new TableChange.Rename(tokens.name("the new name"));
    } else if (tokens.take("ADD")) {
      tokens.take("COLUMN");
      return new TableChange.AddColumn(column());
    } else if (tokens.take("DROP")) {
      tokens.take("COLUMN");
      boolean ifExists = tokens.take("IF", "EXISTS");
      return new TableChange.DropColumn(tokens.name("a column's name"), ifExists);
    } else if (tokens.take("ALTER")) {
      tokens.take("COLUMN");
      String column = tokens.name("a column's name");
      tokens.take("SET", "DATA");
      tokens.expect("TYPE");
      return new TableChange.RetypeColumn(column, type());
    }
    throw tokens.unexpected("OPTIONS, ADD, DROP, ALTER or RENAME TO");
  }

  boolean ifNotExists() {
    return tokens.take("IF", "NOT", "EXISTS");
  }

  Command.Name tableName() {
    String first = tokens.name("a table's name");
    return tokens.take(".")
        ? new Command.Name(Optional.of(first), tokens.name("a table's name"))
        : new Command.Name(Optional.empty(), first);
  }

  private ColumnDefinition column() {
    String name = tokens.name("a column's name");
    ColumnType type = type();
    boolean notNull = false;
    Optional<String> defaultText = Optional.empty();
    Map<String, String> options = Map.of();
    while (!tokens.ahead(",") && !tokens.ahead(")") && !tokens.atEnd() && !tokens.ahead(";")) {
      if (tokens.take("NOT", "NULL")) {
        notNull = true;
      } else if (tokens.take("NULL")) {
        notNull = false;
      } else if (tokens.take("DEFAULT")) {
        defaultText = defaultText();
      } else if (tokens.ahead("OPTIONS")) {
        options = options();
      } else {
        throw tokens.unexpected("NOT NULL, DEFAULT, OPTIONS, a comma or a parenthesis");
      }
    }
    return new ColumnDefinition(name, type, notNull, defaultText, options);
  }

  private ColumnType type() {
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
    return ColumnType.parse(text.toString());
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

  /** Reads a DEFAULT: a literal, perhaps with a cast, kept as text for the type's input. */
  private Optional<String> defaultText() {
    Optional<String> text;
    if (tokens.stringAhead()) {
      text = Optional.of(tokens.string("a value"));
    } else if (tokens.take("NULL")) {
      text = Optional.empty();
    } else {
      String sign = tokens.take("-") ? "-" : tokens.take("+") ? "" : "";
      String literal = tokens.peek();
      if (tokens.atEnd()) {
        throw tokens.unexpected("a literal");
      }
      boolean plain =
          Character.isDigit(literal.charAt(0))
              || literal.charAt(0) == '.'
              || literal.equalsIgnoreCase("true")
              || literal.equalsIgnoreCase("false");
      if (!plain) {
        throw new KadbException(
            ErrorCode.UNSUPPORTED,
            "DEFAULT takes a literal: a number, a text in single quotes, TRUE, FALSE or NULL; found"
                + " "
                + KadbException.shown(literal));
      }
      text = Optional.of(sign + tokens.next());
    }
    if (tokens.take("::")) {
      type();
    }
    return text;
  }

  /** Reads {@code OPTIONS (name 'value', …)} if it comes next. */
  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    if (!tokens.take("OPTIONS")) {
      return options;
    }
    tokens.expect("(");
    do {
      String name = optionName();
      if (options.put(name, tokens.string("the option's value")) != null) {
        throw new KadbException(
            ErrorCode.DUPLICATE_OBJECT, "option \"" + name + "\" is given more than once");
      }
    } while (tokens.take(","));
    tokens.expect(")");
    tokens.hide(false);
    return options;
  }

  /** Reads an option's name; after a secret's, errors show nothing up to the next option. */
  private String optionName() {
    tokens.hide(false);
    String name = tokens.name("an option's name");
    tokens.hide(Redaction.isSecret(name));
    return name;
  }

  private List<OptionChange> optionChanges() {
    tokens.expect("OPTIONS", "(");
    List<OptionChange> changes = new ArrayList<>();
    do {
      OptionChange.Action action = OptionChange.Action.ADD;
      if (tokens.take("DROP")) {
        changes.add(new OptionChange(OptionChange.Action.DROP, optionName(), Optional.empty()));
        continue;
      } else if (tokens.take("SET")) {
        action = OptionChange.Action.SET;
      } else {
        tokens.take("ADD");
      }
      changes.add(
          new OptionChange(action, optionName(), Optional.of(tokens.string("the option's value"))));
    } while (tokens.take(","));
    tokens.expect(")");
    tokens.hide(false);
    return changes;
  }
}
