/**
 * {@code kadb offsets}: stored offsets as CSV, for backup and rewinding. Nothing else imports it
 * but the command line.
 */
@NullMarked
package io.kadb.server.offsets;

import org.jspecify.annotations.NullMarked;
