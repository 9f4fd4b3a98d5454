package io.kadb.server.load;

/**
 * A column of the target.
 *
 * @param type as the warehouse writes it, without length, precision and scale: a cast to {@code
 *     varchar(3)} would cut, while an assignment complains
 * @param needed whether a row needs a value for it: NOT NULL without a default
 */
record TargetColumn(String name, String type, boolean needed) {}
