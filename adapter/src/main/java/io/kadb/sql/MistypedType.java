package io.kadb.sql;

import io.kadb.option.NearestName;
import io.kadb.type.ColumnType;
import io.kadb.type.TypeKind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the type that a misspelled name probably means. */
final class MistypedType {
  /** Types of PostgreSQL whose names are near to those of others. */
  private static final Set<String> OF_POSTGRESQL =
      Set.of(
          ("bit varbit money inet cidr macaddr macaddr8 xml point line lseg box path polygon circle"
                  + " name timetz xid cid tid tsvector tsquery int4range int8range numrange tsrange"
                  + " tstzrange daterange int4multirange int8multirange nummultirange hstore ltree"
                  + " citext geometry geography regclass regtype record jsonpath pg_lsn enum")
              .split(" "));

  private static final int MOST_MISTAKES = 2;

  private MistypedType() {}

  /**
   * Returns the name of a known type of which more than half is the same, near to one that is not
   * known, if there is one.
   */
  static Optional<String> of(ColumnType type) {
    String name = type.name().toLowerCase(Locale.ROOT);
    boolean word = name.matches("[a-z][a-z0-9 ]*");
    return type.kind() != TypeKind.OTHER || !word || OF_POSTGRESQL.contains(name)
        ? Optional.empty()
        : NearestName.within(
            Math.min(MOST_MISTAKES, (name.length() - 1) / 2), name, ColumnType.names());
  }
}
