/**
 * {@code kadb load}, {@code kadb check} and {@code kadb rejects}: jobs that load topics into the
 * warehouse, batch by batch, over a connection of kadb. Nothing else imports it but the command
 * line.
 */
@NullMarked
package io.kadb.server.load;

import org.jspecify.annotations.NullMarked;
