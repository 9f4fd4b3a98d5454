/** The command {@code kadb}: where it begins and which subcommands it has. */
@NullMarked
package io.kadb.server;

import org.jspecify.annotations.NullMarked;
