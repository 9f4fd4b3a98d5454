package io.kadb.format.avro;

import io.kadb.error.KadbException;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the fields around a value say of its meaning, in the reader's schema and in the writer's.
 *
 * @param reader what the reader's field says
 * @param writer what the writer's field says
 */
record Attributes(Meaning reader, Meaning writer) {
  static final Attributes NONE = new Attributes(Meaning.NONE, Meaning.NONE);

  static Attributes of(Schema.@Nullable Field reader, Schema.@Nullable Field writer) {
    return new Attributes(
        reader == null ? Meaning.NONE : Meaning.of(reader),
        writer == null ? Meaning.NONE : Meaning.of(writer));
  }

  /**
   * Returns what values of an action mean: what the reader says, type before field, and where it
   * says nothing what the writer says.
   */
  Meaning meaning(Resolver.Action action) {
    Meaning read = Meaning.of(action.reader, reader);
    return read.kind() != Meaning.Kind.NONE || action.reader.getType() != action.writer.getType()
        ? read
        : Meaning.of(action.writer, writer);
  }

  /** Returns whether reader and writer say different things of the same bytes. */
  boolean contradict(Resolver.Action action) {
    return Meaning.of(action.reader, reader).contradicts(Meaning.of(action.writer, writer));
  }

  KadbException contradiction(Resolver.Action action) {
    return Unresolved.because(
        "found "
            + Meaning.of(action.writer, writer)
            + ", expecting "
            + Meaning.of(action.reader, reader));
  }
}
