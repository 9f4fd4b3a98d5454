/**
 * Statements: parser, DDL, planner, the scan as a node of the plan, functions. With {@code jdbc}
 * the only importer of Calcite. Imports every package but {@code jdbc}.
 */
@NullMarked
package io.kadb.sql;

import org.jspecify.annotations.NullMarked;
