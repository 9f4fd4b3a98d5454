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
    Text text = new Text(Arrays.copyOfRange(bytes, from, to));
    RecordPlan known = plans.get(text);
    if (known != null) {
      return known;
    }
    RecordPlan made = maker.plan(SchemaText.parse(bytes, from, to));
    plans.put(text, made);
    textBytes += text.bytes.length;
    Iterator<Text> eldest = plans.keySet().iterator();
    while (plans.size() > MAX_PLANS || (textBytes > MAX_TEXT_BYTES && plans.size() > 1)) {
      textBytes -= eldest.next().bytes.length;
      eldest.remove();
    }
    return made;
  }

  /** Bytes as a key. */
  private static final class Text {
    private final byte[] bytes;
    private final int hash;

    Text(byte[] bytes) {
      this.bytes = bytes;
      this.hash = Arrays.hashCode(bytes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Text text && Arrays.equals(bytes, text.bytes);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
