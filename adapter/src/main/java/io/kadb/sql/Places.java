package io.kadb.sql;

import io.kadb.error.KadbException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where the names in a command stand in its text, so that errors can say where they arose. */
final class Places {
  /** What a name in a command is the name of. */
  enum Part {
    SERVER,
    SCHEMA,
    TABLE,
    /** What an object is renamed to. */
    NEW_NAME,
    COLUMN,
    /** The expression after DEFAULT, by the name of its column. */
    DEFAULT,
    /** The type of a column, by the name of the column. */
    TYPE,
    PARAMETER,
    /** The value of a parameter, by the name of the parameter. */
    VALUE
  }

  /** Of several places of one name the last: it is the one too many. */
  private final Map<Part, Map<String, Place>> parts = new HashMap<>();

  /** The places of options: by their column, which is empty for those of the object itself. */
  private final Map<String, Map<String, Place>> options = new HashMap<>();

  /** A place in a text, both numbers from 1. */
  record Place(int line, int column) {
    KadbException of(KadbException error) {
      return error.inStatement(line, column);
    }

    @Override
    public String toString() {
      return "line " + line + ", column " + column;
    }
  }

  void note(Part part, String name, Place place) {
    parts.computeIfAbsent(part, p -> new HashMap<>()).put(name, place);
  }

  /** Notes where an option stands; the column is empty for those of the object itself. */
  void noteOption(String column, String option, Place place) {
    options.computeIfAbsent(column, c -> new HashMap<>()).put(option, place);
  }

  /** Returns an error with the place of the name it concerns, if that is in the text. */
  KadbException at(Part part, String name, KadbException error) {
    return find(part, name).map(place -> place.of(error)).orElse(error);
  }

  Optional<Place> find(Part part, String name) {
    return Optional.ofNullable(parts.getOrDefault(part, Map.of()).get(name));
  }

  /** Returns where an option stands; the column is empty for those of the object itself. */
  Optional<Place> option(String column, String name) {
    return Optional.ofNullable(options.getOrDefault(column, Map.of()).get(name));
  }
}
