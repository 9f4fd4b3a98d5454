package io.kadb.format.avro;

import io.kadb.type.ColumnType;
import io.kadb.type.TextOutput;
import io.kadb.type.TypeKind;
import io.kadb.type.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;

/**
 * Makes what reads values as JSON, in the form PostgreSQL's {@code to_json} gives: numbers exact,
 * {@code NaN} and infinities as strings, bytes as {@code "\\x…"} unless the options say otherwise,
 * dates and times in ISO form.
 */
final class JsonReaders {
  private final Skipper.Maker skippers;
  private final AvroOptions.JsonBytes jsonBytes;
  private final Map<Resolver.Action, JsonReader> records = new IdentityHashMap<>();

  JsonReaders(Skipper.Maker skippers, AvroOptions.JsonBytes jsonBytes) {
    this.skippers = skippers;
    this.jsonBytes = jsonBytes;
  }

  /** Returns what reads the values of an action. */
  JsonReader of(Resolver.Action action, Attributes attributes) {
    return switch (action.type) {
      case DO_NOTHING, PROMOTE -> scalar(action, attributes);
      case ERROR -> (in, out) -> throwUnresolved(action);
      case ENUM -> {
        EnumSymbols symbols = new EnumSymbols((Resolver.EnumAdjust) action);
        yield (in, out) -> out.string(symbols.read(in));
      }
      case CONTAINER -> container((Resolver.Container) action);
      case RECORD -> record((Resolver.RecordAdjust) action);
      case READER_UNION -> of(((Resolver.ReaderUnion) action).actualAction, attributes);
      case WRITER_UNION -> union((Resolver.WriterUnion) action, attributes);
      case SKIP -> throw new AssertionError("nothing to read");
    };
  }

  private static void throwUnresolved(Resolver.Action action) {
    throw Unresolved.because(action);
  }

  private static void throwContradiction(Attributes attributes, Resolver.Action action) {
    throw attributes.contradiction(action);
  }

  private JsonReader union(Resolver.WriterUnion union, Attributes attributes) {
    JsonReader[] branches = new JsonReader[union.actions.length];
    for (int i = 0; i < branches.length; i++) {
      branches[i] = of(union.actions[i], attributes);
    }
    return (in, out) -> branches[in.readIndex(branches.length, "branch")].append(in, out);
  }

  private JsonReader record(Resolver.RecordAdjust action) {
    JsonReader known = records.get(action);
    if (known != null) {
      return known;
    }
    List<JsonReader> members = new ArrayList<>();
    JsonReader record =
        (in, out) -> {
          in.enter();
          out.raw('{');
          for (JsonReader member : members) {
            member.append(in, out);
          }
          out.raw('}');
          in.leave();
        };
    records.put(action, record);
    boolean first = true;
    for (FieldAction field : FieldAction.of(action)) {
      Schema.Field reader = field.reader();
      if (reader == null) {
        Skipper skipper = skippers.of(field.writtenType());
        members.add((in, out) -> skipper.skip(in));
        continue;
      }
      members.add(member(first, reader.name(), value(field, reader)));
      first = false;
    }
    return record;
  }

  private JsonReader value(FieldAction field, Schema.Field reader) {
    Resolver.Action action = field.action();
    if (action != null) {
      return of(action, field.attributes());
    }
    DefaultValue value = new DefaultValue(reader, field.defaultValue());
    JsonReader json = of(value.action(), value.attributes());
    return (in, out) -> json.append(value.input(), out);
  }

  private static JsonReader member(boolean first, String name, JsonReader value) {
    String before = first ? "" : ",";
    return (in, out) -> {
      out.raw(before);
      out.string(name);
      out.raw(':');
      value.append(in, out);
    };
  }

  private JsonReader container(Resolver.Container action) {
    boolean map = action.writer.getType() == Schema.Type.MAP;
    Resolver.Action itemAction = action.elementAction;
    JsonReader value = of(itemAction, Attributes.NONE);
    JsonReader item =
        !map
            ? value
            : (in, out) -> {
              int length = in.readLength();
              int from = in.take(length);
              out.string(Utf8.decode(in.bytes(), from, from + length));
              out.raw(':');
              value.append(in, out);
            };
    return new Items(item, map ? '{' : '[', map ? '}' : ']');
  }

  /** The items of an array or map, block by block. */
  private record Items(JsonReader item, char open, char close) implements JsonReader {
    @Override
    public void append(AvroInput in, JsonText out) {
      in.enter();
      out.raw(open);
      boolean first = true;
      for (long count = in.readCount(); count != 0; count = in.readCount()) {
        int length = count < 0 ? in.readLength() : 0;
        int from = in.at();
        for (long i = Math.abs(count); i > 0; i--) {
          // Also bounds the number of items that take no bytes.
          out.raw(first ? "" : ",");
          first = false;
          item.append(in, out);
        }
        if (count < 0 && in.at() - from != length) {
          throw in.malformed("a block of " + (in.at() - from) + " bytes that says " + length);
        }
      }
      out.raw(close);
      in.leave();
    }
  }

  private JsonReader scalar(Resolver.Action action, Attributes attributes) {
    Meaning meaning = attributes.meaning(action);
    if (attributes.contradict(action)) {
      return (in, out) -> throwContradiction(attributes, action);
    }
    Schema.Type written = action.writer.getType();
    return switch (action.reader.getType()) {
      case NULL -> (in, out) -> out.raw("null");
      case BOOLEAN -> (in, out) -> out.raw(in.readBoolean() ? "true" : "false");
      case STRING ->
          (in, out) -> {
            int length = in.readLength();
            int from = in.take(length);
            out.string(Utf8.decode(in.bytes(), from, from + length));
          };
      case INT, LONG -> integral(Numbers.integral(written), meaning);
      case FLOAT -> floating(Numbers.floating(written), true);
      case DOUBLE -> floating(Numbers.floating(written), false);
      case BYTES, FIXED -> bytes(action.writer, meaning);
      default -> throw new AssertionError(action.reader.getType());
    };
  }

  private static JsonReader integral(Numbers.Integral number, Meaning meaning) {
    return switch (meaning.kind()) {
      case NONE, DECIMAL, UUID, DURATION -> (in, out) -> out.raw(Long.toString(number.read(in)));
      case DATE -> {
        TextOutput text = TextOutput.of(ColumnType.DATE);
        yield (in, out) -> out.string(text.text(Times.date((int) number.read(in))));
      }
      case TIME_MILLIS, TIME_MICROS -> {
        Times times = Times.ofDay(ColumnType.TIME, meaning.kind() == Meaning.Kind.TIME_MILLIS);
        TextOutput text = TextOutput.of(ColumnType.TIME);
        yield (in, out) -> out.string(text.text(times.time(number.read(in))));
      }
      default -> {
        boolean local = meaning.kind().isLocal();
        Times times = Times.timestamps(ColumnType.TIMESTAMP, meaning.kind());
        TextOutput text = TextOutput.of(ColumnType.TIMESTAMP);
        yield (in, out) -> {
          String iso = text.text(times.timestamp(number.read(in))).replace(' ', 'T');
          out.string(local ? iso : iso + "+00:00");
        };
      }
    };
  }

  private static JsonReader floating(Numbers.Floating number, boolean single) {
    TextOutput text = TextOutput.of(single ? ColumnType.REAL : ColumnType.DOUBLE);
    return (in, out) -> {
      double value = number.read(in);
      String digits = single ? text.text((float) value) : text.text(value);
      if (Double.isFinite(value)) {
        out.raw(digits);
      } else {
        out.string(digits);
      }
    };
  }

  private JsonReader bytes(Schema written, Meaning meaning) {
    ByteRun run = ByteRun.of(written);
    return switch (meaning.kind()) {
      case DECIMAL -> {
        Decimals decimals = new Decimals(ColumnType.NUMERIC, meaning);
        yield (in, out) -> {
          int length = run.length(in);
          out.raw(decimals.read(in.bytes(), in.take(length), length).toPlainString());
        };
      }
      case DURATION -> (in, out) -> out.string(Durations.iso(in.bytes(), in.take(run.length(in))));
      case UUID -> (in, out) -> out.string(ByteRun.uuid(in.bytes(), in.take(run.length(in))));
      default -> {
        Function<byte[], String> text =
            switch (jsonBytes) {
              case HEX -> TextOutput.of(ColumnType.BYTEA)::text;
              case BASE64 -> Base64.getEncoder()::encodeToString;
            };
        yield (in, out) -> {
          int length = run.length(in);
          int from = in.take(length);
          out.string(text.apply(Arrays.copyOfRange(in.bytes(), from, from + length)));
        };
      }
    };
  }

  /** Returns whether columns of a kind take records, arrays and maps. */
  static boolean suits(TypeKind kind) {
    return kind == TypeKind.JSON
        || kind == TypeKind.JSONB
        || kind == TypeKind.TEXT
        || kind == TypeKind.VARCHAR;
  }
}
