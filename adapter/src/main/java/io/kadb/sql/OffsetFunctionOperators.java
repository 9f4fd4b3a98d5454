package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.NearestName;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/**
 * The {@link OffsetFunction}s as the engine finds them: each as a table in FROM, and those without
 * rows also as a value.
 */
final class OffsetFunctionOperators {
  private static final Map<OffsetFunction, SqlOperator> VALUES =
      new EnumMap<>(OffsetFunction.class);
  private static final Map<OffsetFunction, SqlOperator> TABLES =
      new EnumMap<>(OffsetFunction.class);

  static {
    for (OffsetFunction function : OffsetFunction.values()) {
      TABLES.put(function, new OffsetTableFunction(function));
      if (function.result() == OffsetFunction.Result.VOID) {
        VALUES.put(function, new OffsetValueFunction(function));
      }
    }
  }

  private OffsetFunctionOperators() {}

  /** Returns the operator of a name as written, for the place where it stands. */
  static Optional<SqlOperator> find(SqlIdentifier name, @Nullable SqlFunctionCategory category) {
    boolean inFrom =
        category == SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION
            || category == SqlFunctionCategory.USER_DEFINED_TABLE_SPECIFIC_FUNCTION;
    return function(name).map(inFrom ? TABLES::get : VALUES::get);
  }

  private static Optional<OffsetFunction> function(SqlIdentifier name) {
    return name.names.size() == 2 && name.names.get(0).equals(OffsetsTable.SCHEMA)
        ? OffsetFunction.named(name.names.get(1))
        : Optional.empty();
  }

  /** Returns whether an operator is one of these, or writes messages: it changes something. */
  static boolean changesOffsets(SqlOperator operator) {
    return operator instanceof OffsetValueFunction
        || operator instanceof ProduceMessage
        || (operator instanceof OffsetTableFunction table
            && table.function().result() == OffsetFunction.Result.VOID);
  }

  /**
   * Returns the error of a call that the engine cannot resolve, if it is, or seems to be meant for,
   * one of these functions.
   *
   * @param arguments the types of the arguments
   */
  static Optional<KadbException> unresolved(SqlIdentifier name, String arguments) {
    if (name.names.equals(RetryRejects.QUALIFIED_NAME)) {
      return Optional.of(setInSelectList(RetryRejects.SIGNATURE));
    }
    if (name.names.equals(ProduceMessage.NAME)) {
      return Optional.of(ProduceMessage.notLike(arguments));
    }
    Optional<OffsetFunction> known = function(name);
    if (known.isPresent()) {
      OffsetFunction function = known.get();
      int count = arguments.isEmpty() ? 0 : arguments.split(",").length;
      boolean misplaced =
          function.result() == OffsetFunction.Result.OFFSETS
              && count == function.parameters().size();
      return Optional.of(
          misplaced
              ? setInSelectList(function.signature())
              : new OffsetFunctionArguments(function).notLike(arguments));
    }
    String last = name.names.get(name.names.size() - 1);
    boolean ours = name.names.size() == 2 && name.names.get(0).equals(OffsetsTable.SCHEMA);
    if (!ours && OffsetFunction.named(last).isEmpty()) {
      return Optional.empty();
    }
    KadbException error =
        new KadbException(
            ErrorCode.UNDEFINED_FUNCTION,
            "function " + String.join(".", name.names) + "(" + arguments + ") does not exist");
    List<String> names =
        Stream.concat(
                Arrays.stream(OffsetFunction.values()).map(OffsetFunction::sqlName),
                Stream.of(ProduceMessage.NAME.get(1)))
            .toList();
    return Optional.of(
        NearestName.of(last, names)
            .map(near -> error.withHint("did you mean " + OffsetsTable.SCHEMA + "." + near + "?"))
            .orElse(error));
  }

  private static KadbException setInSelectList(String signature) {
    return new KadbException(
            ErrorCode.UNSUPPORTED, signature + " gives rows, which a value cannot be")
        .withHint("SELECT * FROM " + signature);
  }
}
