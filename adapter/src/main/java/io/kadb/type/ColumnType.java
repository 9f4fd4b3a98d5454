package io.kadb.type;

import java.util.OptionalInt;

/**
 * The SQL type of a column.
 *
 * @param kind the kind, which decides the values a row holds
 * @param name the name without precision as PostgreSQL prints it: {@code integer}, {@code character
 *     varying}, {@code timestamp without time zone}; for {@link TypeKind#OTHER} as given
 * @param precision digits of NUMERIC, characters of VARCHAR and CHAR, digits of the fraction of a
 *     second of TIME and TIMESTAMP; empty if the type does not say
 * @param scale digits after the point of NUMERIC; empty if the type does not say
 */
public record ColumnType(TypeKind kind, String name, OptionalInt precision, OptionalInt scale) {}
