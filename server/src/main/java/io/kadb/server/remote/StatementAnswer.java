package io.kadb.server.remote;

import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * The first answer of a run: a count, or the first frame of rows.
 *
 * @param updateCount the count; -1 for rows
 * @param signature describes the rows
 * @param frame the first of them
 */
record StatementAnswer(
    long updateCount, Meta.@Nullable Signature signature, @Nullable ResultFrame frame) {
  static StatementAnswer count(long updateCount) {
    return new StatementAnswer(updateCount, null, null);
  }

  static StatementAnswer rows(Meta.Signature signature, ResultFrame frame) {
    return new StatementAnswer(-1, signature, frame);
  }
}
