package io.kadb.format;

import io.kadb.format.RowShape.ValueColumn;
import java.util.List;

/** Makes encoders of one format, whose options are checked already. Safe for several threads. */
@FunctionalInterface
public interface EncoderFactory {
  /**
   * Returns a new encoder.
   *
   * @param columns the columns that the format has to carry, in declared order
   * @throws io.kadb.error.KadbException HV004 if the columns do not suit the format
   */
  Encoder encoder(List<ValueColumn> columns);
}
