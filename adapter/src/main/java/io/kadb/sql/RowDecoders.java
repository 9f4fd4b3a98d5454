package io.kadb.sql;

import io.kadb.catalog.ColumnDefinition;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.DecoderFactory;
import io.kadb.format.Formats;
import io.kadb.format.RowShape;
import io.kadb.option.Option;
import io.kadb.option.OptionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the decoders of one scan, one for each segment. */
final class RowDecoders {
  private final DecoderFactory factory;
  private final RowShape shape;

  /**
   * Creates the maker; checks that the columns suit the format.
   *
   * @throws KadbException HV004 if they do not, HV024 if an option of the format is wrong
   */
  RowDecoders(ScanSpec spec, OptionSet options) {
    this.factory =
        Formats.of(
            options.text(Option.FORMAT), name -> Option.named(name).flatMap(options::optionalText));
    this.shape = shape(spec);
    factory.decoder(shape);
  }

  Decoder decoder() {
    return factory.decoder(shape);
  }

  private static RowShape shape(ScanSpec spec) {
    List<ColumnDefinition> columns = spec.table().columns();
    List<RowShape.ValueColumn> values = new ArrayList<>();
    for (int field = 0; field < columns.size(); field++) {
      ColumnDefinition column = columns.get(field);
      if (!column.options().isEmpty()) {
        throw new KadbException(
                ErrorCode.UNSUPPORTED,
                "column options are kept, but this version does not read by them")
            .inColumn(column.name());
      }
      int slot = spec.fields().indexOf(field);
      values.add(
          new RowShape.ValueColumn(
              column.name(),
              column.type(),
              column.notNull(),
              column.defaultText(),
              slot < 0 ? Optional.empty() : Optional.of(slot)));
    }
    return new RowShape(values, spec.fields().size());
  }
}
