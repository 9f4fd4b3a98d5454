package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import org.apache.avro.Resolver;

/** The error of data that the reader's schema cannot take. */
final class Unresolved {
  private Unresolved() {}

  static KadbException because(Resolver.Action action) {
    return because(action.toString());
  }

  static KadbException because(String why) {
    return new KadbException(
            ErrorCode.BAD_MESSAGE_FORMAT,
            "the message's schema does not resolve to avro_schema: " + KadbException.shown(why))
        .withHint("correct avro_schema, or give the missing field a default there");
  }
}
