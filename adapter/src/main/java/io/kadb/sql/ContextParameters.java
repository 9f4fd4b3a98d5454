package io.kadb.sql;

import io.kadb.scan.PartitionPredicate;
import org.apache.calcite.DataContext;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement, as its context has them, for the conditions of its scans. */
record ContextParameters(DataContext context) implements PartitionPredicate.Parameters {
  @Override
  public @Nullable Long value(int index) {
    return context.get("?" + index) instanceof Number number ? number.longValue() : null;
  }
}
