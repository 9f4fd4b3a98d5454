package io.kadb.format.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * The default of a field that a message does not have, as the bytes it would have had: so it is
 * read like any other value.
 */
final class DefaultValue {
  private final Schema.Field field;
  private final byte[] bytes;
  private final AvroInput input = new AvroInput();

  /**
   * Creates a default.
   *
   * @param value the default as Avro's generic data
   */
  DefaultValue(Schema.Field field, @Nullable Object value) {
    this.field = field;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new GenericDatumWriter<@Nullable Object>(field.schema()).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.bytes = out.toByteArray();
  }

  Resolver.Action action() {
    return Resolver.resolve(field.schema(), field.schema());
  }

  Attributes attributes() {
    return Attributes.of(field, null);
  }

  /** Returns the default's bytes, from their beginning. */
  AvroInput input() {
    return input.open(bytes, 0, bytes.length);
  }
}
