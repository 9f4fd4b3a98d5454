/**
 * Kafka's messages, offset ranges and positions as plain values, so that readers and decoders need
 * not know each other. Imports nothing of kadb but {@code error}.
 */
@NullMarked
package io.kadb.message;

import org.jspecify.annotations.NullMarked;
