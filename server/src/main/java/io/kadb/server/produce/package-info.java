/**
 * {@code kadb produce}: standard input as messages of a topic. Nothing else imports it but the
 * command line.
 */
@NullMarked
package io.kadb.server.produce;

import org.jspecify.annotations.NullMarked;
