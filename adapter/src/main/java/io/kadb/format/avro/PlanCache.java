package io.kadb.format.avro;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The plans of schemas met lately, by the bytes of the schema's text. Bounded by their number and
 * by the length of the texts, so that messages cannot fill the memory with schemas.
 */
final class PlanCache {
  private static final int MAX_PLANS = 100;
  private static final long MAX_TEXT_BYTES = 1 << 20;

  private final PlanMaker maker;
  private final Map<Text, RecordPlan> plans = new LinkedHashMap<>(16, 0.75f, true);
  private long textBytes;

  PlanCache(PlanMaker maker) {
    this.maker = maker;
  }

  /** Returns the plan for the schema whose text are bytes {@code [from, to)}. */
  RecordPlan of(byte[] bytes, int from, int to) {
    RecordPlan known = plans.get(new Text(bytes, from, to));
    if (known != null) {
      return known;
    }
    RecordPlan made = maker.plan(SchemaText.parse(bytes, from, to));
    Text text = new Text(Arrays.copyOfRange(bytes, from, to), 0, to - from);
    plans.put(text, made);
    textBytes += text.length();
    Iterator<Text> eldest = plans.keySet().iterator();
    while (plans.size() > MAX_PLANS || (textBytes > MAX_TEXT_BYTES && plans.size() > 1)) {
      textBytes -= eldest.next().length();
      eldest.remove();
    }
    return made;
  }

  /** Bytes {@code [from, to)} as a key. */
  private static final class Text {
    private final byte[] bytes;
    private final int from;
    private final int to;
    private final int hash;

    Text(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.from = from;
      this.to = to;
      int mixed = 1;
      for (int i = from; i < to; i++) {
        mixed = 31 * mixed + bytes[i];
      }
      this.hash = mixed;
    }

    int length() {
      return to - from;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Text text
          && Arrays.equals(bytes, from, to, text.bytes, text.from, text.to);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
