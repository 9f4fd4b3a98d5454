package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.Reader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserImplFactory;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.ParseException;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.parser.babel.Token;
import org.apache.calcite.sql.parser.babel.TokenMgrError;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.jspecify.annotations.Nullable;

/**
 * The parser: the engine's own with PostgreSQL's extras for queries and DML, and kadb's for
 * definitions and commands, over the same tokens.
 */
final class StatementParser extends SqlBabelParserImpl {
  /** Kafka's topic names have at most 249 characters. */
  private static final int MAX_IDENTIFIER = 255;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** How the engine's parser says that the statement ends too early. */
  private static final Pattern END =
      Pattern.compile("Encountered \"<EOF>\" at (line [0-9]+, column [0-9]+)");

  private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\r|\\n");

  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.TO_LOWER)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(true)
          .withIdentifierMaxLength(MAX_IDENTIFIER)
          .withConformance(SqlConformanceEnum.LENIENT);

  private final String source;
  private final KeywordNames names;

  private StatementParser(Reader reader, String source, KeywordNames names) {
    super(reader);
    this.source = source;
    this.names = names;
  }

  /**
   * Parses one statement; one semicolon at its end is allowed.
   *
   * @return a {@link CommandNode}, or what the engine's parser makes of a query or DML
   * @throws KadbException 42601 with line and column, or another code if a command says something
   *     that is not allowed
   */
  static SqlNode parse(String sql) {
    return parsed(sql, SqlParser::parseStmt);
  }

  /**
   * Parses one expression.
   *
   * @throws KadbException 42601 with line and column
   */
  static SqlNode parseExpression(String sql) {
    return parsed(sql, SqlParser::parseExpression);
  }

  /** What is to be parsed of a text. */
  private interface Part {
    SqlNode parse(SqlParser parser) throws SqlParseException;
  }

  /** Parses again as long as one more word turns out to be a name. */
  private static SqlNode parsed(String text, Part part) {
    String sql = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    try {
      return attempts(sql, part);
    } catch (KadbException e) {
      throw e.code() == ErrorCode.SYNTAX
          ? UnfinishedStatement.of(sql, continued -> attempts(continued, part)).orElse(e)
          : e;
    }
  }

  private static SqlNode attempts(String sql, Part part) {
    KeywordNames names = new KeywordNames();
    KadbException first = null;
    while (true) {
      Attempt attempt = new Attempt(sql, names);
      try {
        return part.parse(SqlParser.create(sql, CONFIG.withParserFactory(attempt)));
      } catch (SqlParseException e) {
        KadbException failure = attempt.failure(e);
        first = first == null ? failure : first;
        if (failure.code() != ErrorCode.SYNTAX || !attempt.learn()) {
          throw names.hint().map(first::withHint).orElse(first);
        }
      }
    }
  }

  /** One parsing of a text. */
  private static final class Attempt implements SqlParserImplFactory {
    private final String sql;
    private final KeywordNames names;
    private @Nullable StatementParser parser;

    Attempt(String sql, KeywordNames names) {
      this.sql = sql;
      this.names = names;
    }

    @Override
    public SqlAbstractParserImpl getParser(Reader reader) {
      parser = new StatementParser(reader, sql, names);
      return parser;
    }

    KadbException failure(SqlParseException e) {
      KadbException failure = translated(e);
      Optional<String> hint = hint();
      boolean helps = failure.code() == ErrorCode.SYNTAX && hint.isPresent();
      return helps ? failure.withHint(hint.get()) : failure;
    }

    /** What comes next may be nothing that the lexer knows. */
    private Optional<String> hint() {
      try {
        return parser == null ? Optional.empty() : KeywordNames.hint(parser);
      } catch (TokenMgrError e) {
        return Optional.empty();
      }
    }

    boolean learn() {
      try {
        return parser != null && names.learn(parser);
      } catch (TokenMgrError e) {
        return false;
      }
    }
  }

  /** Parses what the engine's own parser knows. */
  SqlNode engineStatement() throws ParseException {
    prepareTokens();
    return SqlStmt();
  }

  private void prepareTokens() {
    names.apply(this);
    CastTokens.parenthesize(this);
  }

  @Override
  public SqlNode parseSqlExpressionEof() throws ParseException, Exception {
    prepareTokens();
    return super.parseSqlExpressionEof();
  }

  /** Returns the text of the statement from one token to another, both included. */
  String text(Token first, Token last) {
    return source.substring(
        index(first.beginLine, first.beginColumn), index(last.endLine, last.endColumn) + 1);
  }

  /** Returns the index of a place in the text, whose lines end as the lexer takes them to. */
  private int index(int line, int column) {
    Matcher lineEnd = LINE_END.matcher(source);
    int start = 0;
    for (int passed = 1; passed < line && lineEnd.find(); passed++) {
      start = lineEnd.end();
    }
    return start + column - 1;
  }

  @Override
  public SqlNode parseSqlStmtEof() throws ParseException {
    SqlNode statement = new CommandParser(this).parse();
    Tokens tokens = new Tokens(this);
    tokens.take(";");
    if (!tokens.atEnd()) {
      throw tokens.unexpected("the end of the statement");
    }
    return statement;
  }

  /** Parses a call of a function that may stand in FROM. */
  SqlNode tableFunction() throws ParseException {
    prepareTokens();
    return NamedRoutineCall(
        SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION, ExprContext.ACCEPT_SUB_QUERY);
  }

  private static KadbException translated(SqlParseException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof KadbException kadb) {
        return kadb;
      } else if (t instanceof TokenMgrError lexical) {
        return UnknownSign.error(lexical);
      }
    }
    String text = e.getMessage() == null ? "the statement cannot be parsed" : e.getMessage();
    if (text.startsWith("Non-query expression")) {
      return new KadbException(
              ErrorCode.SYNTAX, "syntax error" + place(text, e) + "this begins no statement", e)
          .withHint("statements begin with SELECT, INSERT, CREATE SERVER and the like");
    }
    int expected = text.indexOf("Was expecting");
    String head = (expected > 0 ? text.substring(0, expected) : text).strip();
    int line = head.indexOf('\n');
    String first = line > 0 ? head.substring(0, line) : head;
    Matcher end = END.matcher(first);
    if (end.lookingAt()) {
      return new KadbException(
          ErrorCode.SYNTAX, "syntax error at " + end.group(1) + ": found " + Tokens.END, e);
    }
    return new KadbException(ErrorCode.SYNTAX, "syntax error" + place(first, e) + first, e);
  }

  /** The parser's own texts name the place; those of its later checks do not. */
  private static String place(String text, SqlParseException e) {
    SqlParserPos at = e.getPos();
    return at == null || text.contains("line ")
        ? ": "
        : " at line " + at.getLineNum() + ", column " + at.getColumnNum() + ": ";
  }
}
