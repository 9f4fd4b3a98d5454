package io.kadb.sql;

import io.kadb.catalog.ColumnDefault;
import io.kadb.catalog.ColumnDefinition;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.ColumnSource;
import io.kadb.format.Decoder;
import io.kadb.format.DecoderFactory;
import io.kadb.format.EncoderFactory;
import io.kadb.format.FormatOptions;
import io.kadb.format.Formats;
import io.kadb.format.RowShape;
import io.kadb.format.SourcedColumn;
import io.kadb.format.SourcedDecoders;
import io.kadb.format.SourcedEncoder;
import io.kadb.format.TombstoneRows;
import io.kadb.format.WrittenFormats;
import io.kadb.option.Option;
import io.kadb.option.OptionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the decoders of one scan, one for each segment. */
final class RowDecoders {
  private final SourcedDecoders decoders;

  /**
   * Creates the maker; checks that the columns suit the format.
   *
   * @param everyColumn whether columns that the scan does not want have to be right as well; their
   *     values come after those of the wanted ones
   * @throws KadbException HV004 if they do not, HV024 if an option of the format or of a column is
   *     wrong
   */
  RowDecoders(ScanSpec spec, OptionSet options, boolean everyColumn) {
    List<SourcedColumn> columns = columns(spec, options, everyColumn);
    boolean keys = columns.stream().anyMatch(c -> c.source() == ColumnSource.Payload.KEY);
    this.decoders =
        new SourcedDecoders(
            columns,
            spec.fields().size() + (everyColumn ? unwanted(spec) : 0),
            spec.copied().isPresent(),
            values(options, false),
            keys ? Optional.of(factory(options, Option.KEY_FORMAT)) : Optional.empty());
    decoders.decoder();
  }

  /**
   * Returns what makes messages of rows that have a value for each of these columns, and decodes
   * each again to see that it reads as the same row.
   *
   * @param columns whose defaults are constants
   * @throws KadbException as the constructor; 0A000 if the format can only be read
   */
  static SourcedEncoder encoder(List<ColumnDefinition> columns, OptionSet options) {
    List<SourcedColumn> sourced = new ArrayList<>();
    for (ColumnDefinition column : columns) {
      try {
        sourced.add(column(column, Optional.of(sourced.size()), options));
      } catch (KadbException e) {
        throw e.inColumn(column.name());
      }
    }
    FormatOptions formats = formatOptions(options);
    boolean keys = sourced.stream().anyMatch(c -> c.source() == ColumnSource.Payload.KEY);
    Optional<DecoderFactory> keyDecoders =
        keys ? Optional.of(factory(options, Option.KEY_FORMAT)) : Optional.empty();
    Optional<EncoderFactory> keyEncoders =
        keys
            ? Optional.of(WrittenFormats.of(options.text(Option.KEY_FORMAT), formats))
            : Optional.empty();
    return new SourcedEncoder(
        sourced,
        WrittenFormats.of(options.text(Option.FORMAT), formats),
        keyEncoders,
        new SourcedDecoders(sourced, sourced.size(), values(options, true), keyDecoders).decoder());
  }

  private static int unwanted(ScanSpec spec) {
    long wanted = spec.fields().stream().filter(f -> f < spec.table().columns().size()).count();
    return spec.table().columns().size() - (int) wanted;
  }

  Decoder decoder() {
    return decoders.decoder();
  }

  private static DecoderFactory values(OptionSet options, boolean written) {
    DecoderFactory format = factory(options, Option.FORMAT);
    return options.bool(Option.TOMBSTONE_ROWS) ? new TombstoneRows(format, written) : format;
  }

  private static DecoderFactory factory(OptionSet options, Option format) {
    return Formats.of(options.text(format), formatOptions(options));
  }

  private static FormatOptions formatOptions(OptionSet options) {
    return name -> Option.named(name).flatMap(options::optionalText);
  }

  private static List<SourcedColumn> columns(
      ScanSpec spec, OptionSet options, boolean everyColumn) {
    List<ColumnDefinition> declared = spec.table().columns();
    List<SourcedColumn> columns = new ArrayList<>();
    int width = spec.fields().size();
    for (int field = 0; field < declared.size(); field++) {
      int slot = spec.fields().indexOf(field);
      if (slot < 0 && everyColumn) {
        slot = width++;
      }
      Optional<Integer> wanted = slot < 0 ? Optional.empty() : Optional.of(slot);
      ColumnDefinition column = declared.get(field);
      try {
        columns.add(column(column, wanted, options));
      } catch (KadbException e) {
        throw e.inColumn(column.name());
      }
    }
    return columns;
  }

  private static SourcedColumn column(
      ColumnDefinition column, Optional<Integer> slot, OptionSet options) {
    ColumnSource source =
        options
            .columnText(Option.SOURCE, column.options())
            .map(ColumnSource::of)
            .orElse(ColumnSource.Payload.VALUE);
    Optional<String> path = options.columnText(Option.PATH, column.options());
    path.ifPresent(place -> checkPath(place, source, options));
    return new SourcedColumn(
        new RowShape.ValueColumn(
            column.name(),
            column.type(),
            column.notNull(),
            column.defaultValue().map(ColumnDefault::text),
            slot,
            path),
        source);
  }

  private static void checkPath(String path, ColumnSource source, OptionSet options) {
    if (!(source instanceof ColumnSource.Payload payload)) {
      throw unsuited(
              "option path is for what a format decodes, this column comes from the message's "
                  + source.label())
          .withHint("leave out one of source and path");
    }
    Option format = payload == ColumnSource.Payload.KEY ? Option.KEY_FORMAT : Option.FORMAT;
    if (!Formats.readsPath(options.text(format), path)) {
      throw unsuited(
              "option path is for format json, found "
                  + format.optionName()
                  + " "
                  + options.text(format))
          .withHint("leave out the path, or set " + format.optionName() + " 'json'");
    }
  }

  private static KadbException unsuited(String what) {
    return new KadbException(ErrorCode.COLUMNS_DO_NOT_SUIT_FORMAT, what);
  }
}
