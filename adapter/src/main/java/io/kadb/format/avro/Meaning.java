package io.kadb.format.avro;

import java.util.Locale;
import java.util.Optional;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/**
 * What a schema says a value means beyond its physical type: Avro's logical types, read from the
 * attributes themselves, because Avro's library ignores them on fields, and decimals that give no
 * precision.
 *
 * @param kind the logical type
 * @param scale what a decimal's schema says of its scale
 */
record Meaning(Kind kind, Optional<Object> scale) {
  static final Meaning NONE = new Meaning(Kind.NONE, Optional.empty());

  enum Kind {
    NONE,
    DECIMAL,
    UUID,
    DATE,
    TIME_MILLIS,
    TIME_MICROS,
    TIMESTAMP_MILLIS,
    TIMESTAMP_MICROS,
    TIMESTAMP_NANOS,
    LOCAL_TIMESTAMP_MILLIS,
    LOCAL_TIMESTAMP_MICROS,
    LOCAL_TIMESTAMP_NANOS,
    DURATION;

    private static Kind named(Object name) {
      for (Kind kind : values()) {
        if (kind != NONE && kind.label().equals(name)) {
          return kind;
        }
      }
      return NONE;
    }

    /** Returns the name schemas use. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isTimestamp() {
      return name().contains("TIMESTAMP");
    }

    boolean isLocal() {
      return name().startsWith("LOCAL");
    }

    /** Returns the kind that counts the same unit from the same moment, local or not. */
    private Kind regardlessOfZone() {
      return isLocal() ? valueOf(name().substring("LOCAL_".length())) : this;
    }
  }

  /** Returns what a type says, or if it says nothing what the field around it says. */
  static Meaning of(Schema type, Meaning ofField) {
    Meaning own = of(type);
    return own.applies(type) ? own : ofField.applies(type) ? ofField : NONE;
  }

  /** Returns what the attributes of a type or a field say, whether it applies or not. */
  static Meaning of(JsonProperties type) {
    Object name = type.getObjectProp("logicalType");
    Kind kind = name == null ? Kind.NONE : Kind.named(name);
    return kind == Kind.NONE
        ? NONE
        : new Meaning(kind, Optional.ofNullable(type.getObjectProp("scale")));
  }

  /** Returns whether a physical type can have this meaning; otherwise Avro ignores it. */
  private boolean applies(Schema type) {
    return switch (kind) {
      case NONE -> false;
      case DECIMAL -> type.getType() == Schema.Type.BYTES || type.getType() == Schema.Type.FIXED;
      case UUID -> type.getType() == Schema.Type.STRING || isFixed(type, 16);
      case DATE, TIME_MILLIS -> type.getType() == Schema.Type.INT;
      case DURATION -> isFixed(type, 12);
      default -> type.getType() == Schema.Type.LONG;
    };
  }

  private static boolean isFixed(Schema type, int size) {
    return type.getType() == Schema.Type.FIXED && type.getFixedSize() == size;
  }

  /** Returns whether values of the two mean different things although their bytes look alike. */
  boolean contradicts(Meaning other) {
    if (kind == Kind.NONE || other.kind == Kind.NONE) {
      return false;
    }
    return kind.regardlessOfZone() != other.kind.regardlessOfZone()
        || (scale.isPresent() && other.scale.isPresent() && !scale.equals(other.scale));
  }

  @Override
  public String toString() {
    return kind.label() + scale.map(s -> "(scale " + s + ")").orElse("");
  }
}
