package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.sql.Command.OptionChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What {@code OPTIONS (ADD …, SET …, DROP …)} makes of options. */
final class OptionChanges {
  private OptionChanges() {}

  /**
   * Returns the changed options.
   *
   * @param places where the options stand in the statement
   * @throws KadbException 42710 if one to be added is there, 42704 if one to be set or dropped is
   *     not
   */
  static Map<String, String> apply(
      Map<String, String> options,
      List<OptionChange> changes,
      Function<String, Optional<Places.Place>> places) {
    Map<String, String> changed = new LinkedHashMap<>(options);
    for (OptionChange change : changes) {
      boolean there = changed.containsKey(change.name());
      boolean add = change.action() == OptionChange.Action.ADD;
      if (add && there) {
        KadbException error =
            new KadbException(
                    ErrorCode.DUPLICATE_OBJECT, "option \"" + change.name() + "\" is there already")
                .withHint("OPTIONS (SET " + change.name() + " '…')");
        throw places.apply(change.name()).map(place -> place.of(error)).orElse(error);
      } else if (!add && !there) {
        KadbException error =
            new KadbException(
                ErrorCode.UNDEFINED_OBJECT, "option \"" + change.name() + "\" is not there");
        throw places.apply(change.name()).map(place -> place.of(error)).orElse(error);
      }
      change
          .value()
          .ifPresentOrElse(
              value -> changed.put(change.name(), value), () -> changed.remove(change.name()));
    }
    return changed;
  }
}
