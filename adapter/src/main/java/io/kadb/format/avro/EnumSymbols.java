package io.kadb.format.avro;

import java.util.List;
import org.apache.avro.Resolver;

/** The symbols of an enum, resolved to those the reader knows. */
final class EnumSymbols {
  private final Resolver.EnumAdjust action;
  private final List<String> symbols;

  EnumSymbols(Resolver.EnumAdjust action) {
    this.action = action;
    this.symbols = action.reader.getEnumSymbols();
  }

  int count() {
    return symbols.size();
  }

  String symbol(int index) {
    return symbols.get(index);
  }

  /** Reads the index of a symbol in the reader's schema. */
  int readIndex(AvroInput in) {
    int written = in.readIndex(action.adjustments.length, "symbol");
    int read = action.adjustments[written];
    if (read < 0) {
      String symbol = action.writer.getEnumSymbols().get(written);
      throw Unresolved.because("no match for symbol " + symbol + ", and no default");
    }
    return read;
  }

  String read(AvroInput in) {
    return symbols.get(readIndex(in));
  }
}
