package io.kadb.format.avro;

import org.apache.avro.Schema;

/** Reads numbers, promoted as Avro's resolution allows. */
final class Numbers {
  private Numbers() {}

  /** Reads an int or a long. */
  @FunctionalInterface
  interface Integral {
    long read(AvroInput in);
  }

  /** Reads a number that becomes a float or a double. */
  @FunctionalInterface
  interface Floating {
    double read(AvroInput in);
  }

  static Integral integral(Schema.Type written) {
    return written == Schema.Type.INT ? AvroInput::readInt : AvroInput::readLong;
  }

  static Floating floating(Schema.Type written) {
    return switch (written) {
      case INT -> AvroInput::readInt;
      case LONG -> AvroInput::readLong;
      case FLOAT -> AvroInput::readFloat;
      default -> AvroInput::readDouble;
    };
  }
}
