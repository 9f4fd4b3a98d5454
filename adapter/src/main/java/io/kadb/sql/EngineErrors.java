package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.validate.SqlValidatorException;
import org.jspecify.annotations.Nullable;

/** Translates whatever the engine throws into kadb's exception. */
final class EngineErrors {
  /** What the engine's messages begin with, and what they mean. */
  private record Meaning(Pattern text, ErrorCode code) {}

  private static final List<Meaning> MEANINGS =
      List.of(
          meaning("Column '.*' not found", ErrorCode.UNDEFINED_COLUMN),
          meaning("Unknown field", ErrorCode.UNDEFINED_COLUMN),
          meaning("Unknown target column", ErrorCode.UNDEFINED_COLUMN),
          meaning("Column '.*' is ambiguous", ErrorCode.AMBIGUOUS_COLUMN),
          meaning("(Table|Object) '.*' not found", ErrorCode.UNDEFINED_TABLE),
          meaning("No match found for function", ErrorCode.UNDEFINED_FUNCTION),
          meaning("Invalid number of arguments to function", ErrorCode.UNDEFINED_FUNCTION),
          meaning("Unknown (datatype|identifier)", ErrorCode.UNDEFINED_OBJECT),
          meaning("Cannot apply", ErrorCode.DATATYPE_MISMATCH),
          meaning("Illegal use of dynamic parameter", ErrorCode.BAD_PARAMETER),
          meaning("(Cannot|Values passed to).*(cast|assign|convert)", ErrorCode.DATATYPE_MISMATCH),
          meaning("Division by zero|/ by zero|Division undefined", ErrorCode.DIVISION_BY_ZERO),
          meaning("Value of \\w+ field is out of range", ErrorCode.DATETIME_OUT_OF_RANGE),
          meaning("Invalid character for cast|Invalid UUID|UUID string", ErrorCode.BAD_TEXT),
          meaning(".*(out of range|overflow)", ErrorCode.NUMBER_OUT_OF_RANGE),
          meaning("Illegal (DATE|TIME|TIMESTAMP|interval) literal", ErrorCode.BAD_DATETIME),
          meaning("Invalid DATE|Invalid TIME|Cannot parse", ErrorCode.BAD_DATETIME));

  /** What Java says of a text that is no number. */
  private static final Pattern INPUT = Pattern.compile("For input string: \"(.*)\"");

  /** What the engine says of a text that is no boolean. */
  private static final Pattern CAST = Pattern.compile("(Invalid character for cast: )(.*)");

  private EngineErrors() {}

  private static Meaning meaning(String text, ErrorCode code) {
    return new Meaning(Pattern.compile(text, Pattern.CASE_INSENSITIVE), code);
  }

  /** Translates an error of a statement that runs; a cancel that caused it comes first. */
  static KadbException translate(Throwable thrown, RunControl control) {
    try {
      control.check();
    } catch (KadbException cancelled) {
      return cancelled;
    }
    return translate(thrown);
  }

  /** Translates an error of planning or running. */
  static KadbException translate(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    for (Throwable t : chain) {
      if (t instanceof KadbException kadb) {
        return kadb;
      }
    }
    for (Throwable t : chain) {
      KadbException known = known(t, chain);
      if (known != null) {
        return known;
      }
    }
    return new KadbException(ErrorCode.INTERNAL, text(thrown), thrown);
  }

  private static @Nullable KadbException known(Throwable t, List<Throwable> chain) {
    if (t instanceof SQLException sql && sql.getSQLState() != null) {
      return new KadbException(ErrorCode.STORE_FAILED, text(sql), sql)
          .withForeignState(sql.getSQLState());
    } else if (t instanceof RelOptPlanner.CannotPlanException) {
      return new KadbException(ErrorCode.UNSUPPORTED, "the engine finds no plan for this query", t);
    } else if (t instanceof ArithmeticException) {
      return new KadbException(arithmetic(text(t)), text(t), t);
    } else if (t instanceof NumberFormatException) {
      return new KadbException(ErrorCode.BAD_TEXT, text(t), t);
    } else if (t instanceof IllegalArgumentException && code(text(t)) != ErrorCode.SYNTAX) {
      return new KadbException(code(text(t)), text(t), t);
    } else if (t instanceof TimeoutException) {
      return new KadbException(ErrorCode.CANCELLED, text(t), t);
    } else if (t instanceof StackOverflowError) {
      return new KadbException(ErrorCode.TOO_LARGE, "the statement is nested too deeply", t);
    } else if (t instanceof SqlValidatorException || t instanceof CalciteException) {
      return t instanceof CalciteContextException && t.getCause() != null
          ? null
          : placed(new KadbException(code(text(t)), text(t), t), chain);
    }
    return null;
  }

  private static ErrorCode arithmetic(String text) {
    return text.contains("zero") ? ErrorCode.DIVISION_BY_ZERO : ErrorCode.NUMBER_OUT_OF_RANGE;
  }

  private static ErrorCode code(String text) {
    return MEANINGS.stream()
        .filter(m -> m.text().matcher(text).lookingAt())
        .map(Meaning::code)
        .findFirst()
        .orElse(ErrorCode.SYNTAX);
  }

  private static KadbException placed(KadbException error, List<Throwable> chain) {
    for (Throwable t : chain) {
      if (t instanceof CalciteContextException context && context.getPosLine() > 0) {
        return error.inStatement(context.getPosLine(), context.getPosColumn());
      }
    }
    return error;
  }

  private static String text(Throwable t) {
    String text = t.getMessage() == null ? t.toString() : t.getMessage();
    String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
    Matcher input = INPUT.matcher(line);
    if (input.matches()) {
      return "not a number: " + KadbException.shown(input.group(1));
    }
    Matcher cast = CAST.matcher(line);
    return cast.matches()
        ? cast.group(1) + KadbException.shown(cast.group(2))
        : KadbException.withShortValues(line);
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable t = thrown; t != null && !chain.contains(t); t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }
}
