/**
 * The one list of options, sets of them that are checked and never show a secret, and their
 * translation into properties of the Kafka client. Imports {@code error}, {@code tls}.
 */
@NullMarked
package io.kadb.option;

import org.jspecify.annotations.NullMarked;
