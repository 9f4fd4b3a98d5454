package io.kadb.store;

/**
 * A column of a table of the warehouse.
 *
 * @param name the name
 * @param typeSql the type as the warehouse prints it, with precision
 * @param notNull whether NULL is refused
 * @param hasDefault whether a row that leaves the column out gets a value, also from a sequence or
 *     by generation
 */
public record WarehouseColumn(String name, String typeSql, boolean notNull, boolean hasDefault) {}
