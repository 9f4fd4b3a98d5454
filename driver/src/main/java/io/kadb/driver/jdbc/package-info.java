/**
 * Connection, statements, results and metadata of JDBC over the requests of {@code wire}. May
 * import every other package but the root.
 */
package io.kadb.driver.jdbc;
