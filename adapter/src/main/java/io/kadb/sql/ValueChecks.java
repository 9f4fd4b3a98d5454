package io.kadb.sql;

import io.kadb.error.KadbException;
import io.kadb.format.FormatOptions;
import io.kadb.format.avro.AvroOptions;
import io.kadb.option.Option;
import io.kadb.option.OptionCheck;
import java.util.Map;
import java.util.Optional;

/** The checks of options' values that need to know the formats. */
final class ValueChecks {
  private ValueChecks() {}

  /** Returns the check of the options that a statement gives. */
  static OptionCheck of(Places places) {
    return new OptionCheck(
        (column, option) -> places.option(column, option).map(Places.Place::toString),
        ValueChecks::problem);
  }

  private static Optional<String> problem(Option option, String value) {
    if (option != Option.AVRO_SCHEMA) {
      return Optional.empty();
    }
    String name = option.optionName();
    try {
      AvroOptions.of(FormatOptions.of(Map.of(name, value)));
      return Optional.empty();
    } catch (KadbException e) {
      return Optional.of(e.what().replaceFirst("^option " + name + ": ", ""));
    }
  }
}
