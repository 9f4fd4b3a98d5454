/**
 * {@code kadb cat}: rows of a table as text on standard output, for programs that read it. Nothing
 * else imports it but the command line.
 */
@NullMarked
package io.kadb.server.cat;

import org.jspecify.annotations.NullMarked;
