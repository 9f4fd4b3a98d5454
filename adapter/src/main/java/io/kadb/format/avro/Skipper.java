package io.kadb.format.avro;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Passes over one Avro value of a certain schema; part of a plan. */
@FunctionalInterface
interface Skipper {
  void skip(AvroInput in);

  /** Makes skippers of the schemas of one plan. */
  final class Maker {
    private final FixedSizes sizes = new FixedSizes();
    private final Map<Schema, Skipper> records = new IdentityHashMap<>();

    /** Returns what passes over a value. */
    Skipper of(Schema schema) {
      long size = sizes.of(schema);
      if (size != FixedSizes.VARIES) {
        return in -> in.skip(size);
      }
      return switch (schema.getType()) {
        case INT, LONG, ENUM -> AvroInput::readLong;
        case BOOLEAN -> AvroInput::readBoolean;
        case STRING, BYTES -> in -> in.take(in.readLength());
        case ARRAY -> items(schema.getElementType(), false);
        case MAP -> items(schema.getValueType(), true);
        case UNION -> {
          Skipper[] branches = schema.getTypes().stream().map(this::of).toArray(Skipper[]::new);
          yield in -> branches[in.readIndex(branches.length, "branch")].skip(in);
        }
        case RECORD -> record(schema);
        case NULL, FLOAT, DOUBLE, FIXED -> throw new AssertionError(schema.getType());
      };
    }

    /** Returns what passes over values one after the other; those of fixed size at once. */
    Skipper all(List<Schema> schemas) {
      List<Skipper> parts = new ArrayList<>();
      long fixed = 0;
      for (Schema schema : schemas) {
        long size = sizes.of(schema);
        if (size != FixedSizes.VARIES) {
          fixed = FixedSizes.sum(fixed, size);
          continue;
        }
        addFixed(parts, fixed);
        fixed = 0;
        parts.add(of(schema));
      }
      addFixed(parts, fixed);
      if (parts.size() == 1) {
        return parts.get(0);
      }
      Skipper[] array = parts.toArray(Skipper[]::new);
      return in -> {
        for (Skipper part : array) {
          part.skip(in);
        }
      };
    }

    private static void addFixed(List<Skipper> parts, long size) {
      if (size > 0) {
        parts.add(in -> in.skip(size));
      }
    }

    private Skipper record(Schema schema) {
      Skipper known = records.get(schema);
      if (known != null) {
        return known;
      }
      // A record may hold itself: whoever meets it again gets this one, which is filled below.
      Skipper[] fields = new Skipper[1];
      Skipper record =
          in -> {
            in.enter();
            fields[0].skip(in);
            in.leave();
          };
      records.put(schema, record);
      fields[0] = all(schema.getFields().stream().map(Schema.Field::schema).toList());
      return record;
    }

    private Skipper items(Schema itemSchema, boolean keys) {
      long size = keys ? FixedSizes.VARIES : sizes.of(itemSchema);
      Skipper value = of(itemSchema);
      Skipper item =
          !keys
              ? value
              : in -> {
                in.take(in.readLength());
                value.skip(in);
              };
      return in -> {
        in.enter();
        for (long count = in.readCount(); count != 0; count = in.readCount()) {
          if (count < 0) {
            in.take(in.readLength());
          } else if (size != FixedSizes.VARIES) {
            in.skip(FixedSizes.product(count, size));
          } else {
            // Each item takes a byte at least, so that the bytes bound their number.
            for (long i = 0; i < count; i++) {
              item.skip(in);
            }
          }
        }
        in.leave();
      };
    }
  }
}
