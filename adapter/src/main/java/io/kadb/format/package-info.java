/**
 * From the bytes of one message to rows. Imports {@code type}, {@code message}, {@code tls}, {@code
 * error}; knows neither Kafka's client nor the SQL engine.
 */
@NullMarked
package io.kadb.format;

import org.jspecify.annotations.NullMarked;
