/**
 * Everything said to a Kafka broker: partitions and offsets, reading by segments, idle clients. The
 * only importer of Kafka's client. Imports {@code option}, {@code message}, {@code error}.
 */
@NullMarked
package io.kadb.kafka;

import org.jspecify.annotations.NullMarked;
