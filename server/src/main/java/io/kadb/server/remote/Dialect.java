package io.kadb.server.remote;

/** How values travel to a client. */
enum Dialect {
  /** To kadb's own driver: what JSON does not hold exactly travels as text. */
  THIN,
  /** To Avatica's own driver: dates and times travel as numbers, times in milliseconds. */
  STOCK
}
