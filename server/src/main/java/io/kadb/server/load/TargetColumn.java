package io.kadb.server.load;

import java.util.Optional;

/**
 * A column of the target.
 *
 * @param type as the warehouse writes it, without length, precision and scale: a cast to {@code
 *     varchar(3)} would cut, while an assignment complains
 * @param stored the type with precision and scale, where the column may store another value than
 *     the one it is given: numbers and times are rounded
 * @param needed whether a row needs a value for it: NOT NULL without a default
 * @param generated whether the warehouse always makes its values itself
 */
record TargetColumn(
    String name, String type, Optional<String> stored, boolean needed, boolean generated) {}
