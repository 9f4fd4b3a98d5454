/**
 * What tests stand on: Kafka clusters and PostgreSQL databases as parameters of a test, things to
 * put into them, a proxy that breaks connections. Imports nothing of kadb but {@code broker}.
 */
@NullMarked
package io.kadb.testing;

import org.jspecify.annotations.NullMarked;
