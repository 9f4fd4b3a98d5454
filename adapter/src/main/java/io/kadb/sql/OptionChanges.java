package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.sql.Command.OptionChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code OPTIONS (ADD …, SET …, DROP …)} makes of options. */
final class OptionChanges {
  private OptionChanges() {}

  /**
   * Returns the changed options.
   *
   * @throws KadbException 42710 if one to be added is there, 42704 if one to be set or dropped is
   *     not
   */
  static Map<String, String> apply(Map<String, String> options, List<OptionChange> changes) {
    Map<String, String> changed = new LinkedHashMap<>(options);
    for (OptionChange change : changes) {
      boolean there = changed.containsKey(change.name());
      boolean add = change.action() == OptionChange.Action.ADD;
      if (add && there) {
        throw new KadbException(
                ErrorCode.DUPLICATE_OBJECT, "option \"" + change.name() + "\" is there already")
            .withHint("OPTIONS (SET " + change.name() + " '…')");
      } else if (!add && !there) {
        throw new KadbException(
            ErrorCode.UNDEFINED_OBJECT, "option \"" + change.name() + "\" is not there");
      }
      change
          .value()
          .ifPresentOrElse(
              value -> changed.put(change.name(), value), () -> changed.remove(change.name()));
    }
    return changed;
  }
}
