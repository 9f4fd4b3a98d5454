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
          meaning("Expression '.*' is not being grouped", ErrorCode.GROUPING),
          meaning("Aggregate expressions? ", ErrorCode.GROUPING),
          meaning("Cast function cannot convert", ErrorCode.CANNOT_COERCE),
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

  private static final Pattern FUNCTION =
      Pattern.compile("org\\.apache\\.calcite\\.runtime\\.(Like|\\w*Functions)(\\$.*)?");

  /** How the engine says that it knows an expression and has no code for it. */
  private static final String UNABLE = "Unable to implement";

  private static final String SEVERAL = "more than one value in agg SINGLE_VALUE";

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
    for (int i = chain.size() - 1; i >= 0; i--) {
      if (isOfAFunction(chain.get(i))) {
        return ofFunction(chain.get(i));
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
    } else if (t instanceof IllegalStateException && text(t).startsWith(UNABLE)) {
      return new KadbException(ErrorCode.UNSUPPORTED, "the engine cannot compute this query", t);
    } else if (t instanceof IllegalStateException && text(t).startsWith(SEVERAL)) {
      return new KadbException(
          ErrorCode.TOO_MANY_ROWS, "a subquery that stands for one value gave several rows", t);
    } else if (t instanceof IllegalArgumentException && code(text(t)) != ErrorCode.SYNTAX) {
      return new KadbException(code(text(t)), text(t), t);
    } else if (t instanceof TimeoutException) {
      return new KadbException(ErrorCode.CANCELLED, text(t), t);
    } else if (t instanceof StackOverflowError) {
      return new KadbException(ErrorCode.TOO_LARGE, "the statement is nested too deeply", t);
    } else if (t instanceof SqlValidatorException || t instanceof CalciteException) {
      return t instanceof CalciteContextException && t.getCause() != null
          ? null
          : placed(new KadbException(codeOf(t), text(t), t), chain);
    }
    return null;
  }

  /** Returns whether a function of the engine threw this: then it did not like its arguments. */
  private static boolean isOfAFunction(Throwable t) {
    for (StackTraceElement frame : t.getStackTrace()) {
      if (FUNCTION.matcher(frame.getClassName()).matches()) {
        return true;
      } else if (frame.getClassName().startsWith("io.kadb.")) {
        return false;
      }
    }
    return false;
  }

  private static KadbException ofFunction(Throwable t) {
    boolean json = t.getClass().getName().startsWith("com.fasterxml.");
    String text = text(t).replaceAll("( \\(start marker)? at \\[Source.*", "");
    return new KadbException(json ? ErrorCode.BAD_JSON : ErrorCode.BAD_PARAMETER, text, t);
  }

  private static ErrorCode arithmetic(String text) {
    return text.contains("zero") ? ErrorCode.DIVISION_BY_ZERO : ErrorCode.NUMBER_OUT_OF_RANGE;
  }

  private static ErrorCode codeOf(Throwable t) {
    ErrorCode code = code(text(t));
    return code == ErrorCode.SYNTAX && isOfAFunction(t) ? ErrorCode.BAD_PARAMETER : code;
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
