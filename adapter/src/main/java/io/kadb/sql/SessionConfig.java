package io.kadb.sql;

import io.kadb.option.Redaction;
import io.kadb.scan.ScanMode;
import io.kadb.store.StoreLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a session is opened with.
 *
 * @param store where definitions and offsets live
 * @param schema the schema that names without one mean
 * @param scanMode the mode of all statements; empty if each table's option decides
 * @param readOnly whether the session may write nothing and move nothing
 * @param brokers brokers whose topics are shown without any definition
 * @param defaults options that hold for tables and servers that do not set them, by option name
 */
public record SessionConfig(
    StoreLocation store,
    String schema,
    Optional<ScanMode> scanMode,
    boolean readOnly,
    Optional<String> brokers,
    Map<String, String> defaults) {
  public SessionConfig {
    defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
  }

  /** Shows the configuration with secrets masked. */
  @Override
  public String toString() {
    return store
        + ", schema "
        + schema
        + scanMode.map(mode -> ", " + mode.label()).orElse("")
        + (readOnly ? ", read-only" : "")
        + ", "
        + Redaction.mask(defaults);
  }
}
