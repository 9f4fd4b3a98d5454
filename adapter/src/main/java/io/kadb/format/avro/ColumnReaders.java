package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.MessageLimits;
import io.kadb.format.WantedColumn;
import io.kadb.type.ColumnType;
import io.kadb.type.TypeKind;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes what reads values as those of columns. A type that a column never takes is an error only
 * when such a value is met.
 */
final class ColumnReaders {
  private final JsonReaders json;
  private final JsonText text;

  ColumnReaders(Skipper.Maker skippers, AvroOptions.JsonBytes jsonBytes, MessageLimits limits) {
    this.json = new JsonReaders(skippers, jsonBytes);
    this.text = new JsonText(limits);
  }

  /** Begins a message of so many bytes. */
  void openMessage(int bytes) {
    text.openMessage(bytes);
  }

  /** Returns what reads the values of an action as those of a column. */
  ValueReader of(
      WantedColumn column, ColumnType type, Resolver.Action action, Attributes attributes) {
    return switch (action.type) {
      case DO_NOTHING, PROMOTE -> {
        if (attributes.contradict(action)) {
          yield in -> throwError(attributes.contradiction(action));
        }
        yield scalar(column, type, action, attributes.meaning(action));
      }
      case ERROR -> in -> throwError(Unresolved.because(action));
      case ENUM -> new EnumReader(column, new EnumSymbols((Resolver.EnumAdjust) action));
      case CONTAINER, RECORD -> nested(column, type, action, attributes);
      case READER_UNION ->
          of(column, type, ((Resolver.ReaderUnion) action).actualAction, attributes);
      case WRITER_UNION -> union(column, type, (Resolver.WriterUnion) action, attributes);
      case SKIP -> throw new AssertionError("nothing to read");
    };
  }

  private ValueReader union(
      WantedColumn column, ColumnType type, Resolver.WriterUnion union, Attributes attributes) {
    ValueReader[] branches = new ValueReader[union.actions.length];
    for (int i = 0; i < branches.length; i++) {
      branches[i] = of(column, type, union.actions[i], attributes);
    }
    return in -> branches[in.readIndex(branches.length, "branch")].read(in);
  }

  private ValueReader nested(
      WantedColumn column, ColumnType type, Resolver.Action action, Attributes attributes) {
    if (!JsonReaders.suits(type.kind())) {
      return mismatch(type, action.reader, Meaning.NONE);
    }
    JsonReader reader = json.of(action, attributes);
    boolean checked = type.kind() == TypeKind.JSONB || type.kind() == TypeKind.VARCHAR;
    return in -> {
      text.open();
      reader.append(in, text);
      String made = text.close();
      return checked ? column.read(made) : made;
    };
  }

  private static ValueReader scalar(
      WantedColumn column, ColumnType type, Resolver.Action action, Meaning meaning) {
    Schema.Type written = action.writer.getType();
    Optional<ValueReader> reader =
        switch (action.reader.getType()) {
          case NULL -> Optional.of(in -> column.nullValue());
          case STRING -> Optional.of(string(column));
          case BOOLEAN ->
              type.kind() == TypeKind.BOOLEAN
                  ? Optional.of(AvroInput::readBoolean)
                  : Optional.empty();
          case INT -> ofInt(type, Numbers.integral(written), meaning);
          case LONG -> ofLong(type, Numbers.integral(written), meaning);
          case FLOAT -> ofFloat(type, Numbers.floating(written));
          case DOUBLE -> ofDouble(type, Numbers.floating(written));
          case BYTES, FIXED -> ofBytes(column, type, action.writer, meaning);
          default -> Optional.empty();
        };
    return reader.orElseGet(() -> mismatch(type, action.reader, meaning));
  }

  private static ValueReader string(WantedColumn column) {
    return in -> {
      int length = in.readLength();
      int from = in.take(length);
      return column.read(in.bytes(), from, from + length);
    };
  }

  private static Optional<ValueReader> ofInt(
      ColumnType type, Numbers.Integral number, Meaning meaning) {
    return switch (type.kind()) {
      case DATE ->
          means(meaning, Meaning.Kind.DATE)
              ? Optional.of(in -> Times.date((int) number.read(in)))
              : Optional.empty();
      case TIME -> ofTime(type, number, meaning, Meaning.Kind.TIME_MILLIS);
      default -> ofNumber(type, number);
    };
  }

  private static Optional<ValueReader> ofLong(
      ColumnType type, Numbers.Integral number, Meaning meaning) {
    return switch (type.kind()) {
      case TIME -> ofTime(type, number, meaning, Meaning.Kind.TIME_MICROS);
      case TIMESTAMP, TIMESTAMPTZ -> {
        if (meaning.kind() != Meaning.Kind.NONE && !meaning.kind().isTimestamp()) {
          yield Optional.empty();
        }
        Times times = Times.timestamps(type, meaning.kind());
        yield Optional.of(in -> times.timestamp(number.read(in)));
      }
      default -> ofNumber(type, number);
    };
  }

  private static Optional<ValueReader> ofTime(
      ColumnType type, Numbers.Integral number, Meaning meaning, Meaning.Kind wanted) {
    if (!means(meaning, wanted)) {
      return Optional.empty();
    }
    Times times = Times.ofDay(type, wanted == Meaning.Kind.TIME_MILLIS);
    return Optional.of(in -> times.time(number.read(in)));
  }

  private static boolean means(Meaning meaning, Meaning.Kind wanted) {
    return meaning.kind() == Meaning.Kind.NONE || meaning.kind() == wanted;
  }

  private static Optional<ValueReader> ofNumber(ColumnType type, Numbers.Integral number) {
    return switch (type.kind()) {
      case SMALLINT ->
          Optional.of(
              in -> (short) narrowed(type, number.read(in), Short.MIN_VALUE, Short.MAX_VALUE));
      case INTEGER ->
          Optional.of(
              in -> (int) narrowed(type, number.read(in), Integer.MIN_VALUE, Integer.MAX_VALUE));
      case BIGINT -> Optional.of(number::read);
      case DOUBLE -> Optional.of(in -> (double) number.read(in));
      case NUMERIC -> {
        Decimals decimals = new Decimals(type, Meaning.NONE);
        yield Optional.of(in -> decimals.of(number.read(in)));
      }
      default -> Optional.empty();
    };
  }

  private static long narrowed(ColumnType type, long value, long least, long most) {
    if (value < least || value > most) {
      throw new KadbException(
          ErrorCode.NUMBER_OUT_OF_RANGE,
          "found " + value + ", wanted " + type.sql() + " in its range");
    }
    return value;
  }

  private static Optional<ValueReader> ofFloat(ColumnType type, Numbers.Floating number) {
    return switch (type.kind()) {
      case REAL -> Optional.of(in -> (float) number.read(in));
      case DOUBLE -> Optional.of(in -> (double) (float) number.read(in));
      default -> Optional.empty();
    };
  }

  private static Optional<ValueReader> ofDouble(ColumnType type, Numbers.Floating number) {
    return switch (type.kind()) {
      case DOUBLE -> Optional.of(number::read);
      case REAL -> Optional.of(in -> single(number.read(in)));
      default -> Optional.empty();
    };
  }

  /**
   * Rounds as PostgreSQL casts a double to a real: a finite number must not become another kind.
   */
  private static float single(double value) {
    float rounded = (float) value;
    boolean overflow = Float.isInfinite(rounded) && !Double.isInfinite(value);
    boolean underflow = rounded == 0 && value != 0;
    if (overflow || underflow) {
      throw new KadbException(
          ErrorCode.NUMBER_OUT_OF_RANGE, "found " + value + ", wanted a number of type real");
    }
    return rounded;
  }

  private static Optional<ValueReader> ofBytes(
      WantedColumn column, ColumnType type, Schema written, Meaning meaning) {
    ByteRun run = ByteRun.of(written);
    boolean fixed = written.getType() == Schema.Type.FIXED;
    if (type.kind() == TypeKind.BYTEA) {
      return Optional.of(in -> bytes(in, run.length(in)));
    }
    if (type.kind() == TypeKind.NUMERIC && means(meaning, Meaning.Kind.DECIMAL)) {
      Decimals decimals = new Decimals(type, meaning);
      return Optional.of(
          in -> {
            int length = run.length(in);
            return decimals.read(in.bytes(), in.take(length), length);
          });
    }
    if (type.kind() == TypeKind.INTERVAL
        && fixed
        && written.getFixedSize() == Durations.SIZE
        && means(meaning, Meaning.Kind.DURATION)) {
      return Optional.of(in -> column.read(Durations.text(in.bytes(), in.take(Durations.SIZE))));
    }
    if (meaning.kind() == Meaning.Kind.UUID) {
      return Optional.of(in -> column.read(ByteRun.uuid(in.bytes(), in.take(run.length(in)))));
    }
    return Optional.empty();
  }

  private static byte[] bytes(AvroInput in, int length) {
    int from = in.take(length);
    return Arrays.copyOfRange(in.bytes(), from, from + length);
  }

  private static ValueReader mismatch(ColumnType type, Schema found, Meaning meaning) {
    String name = found.getType().getName();
    String logical = meaning.kind() == Meaning.Kind.NONE ? "" : " with logical type " + meaning;
    return in ->
        throwError(
            new KadbException(
                    ErrorCode.BAD_BINARY,
                    "found Avro " + name + logical + ", wanted one that fits " + type.sql())
                .withHint("declare the column with a type that takes Avro " + name));
  }

  private static @Nullable Object throwError(KadbException error) {
    throw error;
  }

  /** The symbols of an enum as values of a column, each made when it is met first. */
  private static final class EnumReader implements ValueReader {
    private final WantedColumn column;
    private final EnumSymbols symbols;
    private final @Nullable Object[] values;

    EnumReader(WantedColumn column, EnumSymbols symbols) {
      this.column = column;
      this.symbols = symbols;
      this.values = new @Nullable Object[symbols.count()];
    }

    @Override
    public Object read(AvroInput in) {
      int index = symbols.readIndex(in);
      Object value = values[index];
      if (value == null) {
        value = column.read(symbols.symbol(index));
        values[index] = value;
      }
      return value;
    }
  }
}
