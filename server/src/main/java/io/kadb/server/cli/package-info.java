/** SQL from the command line: scripts, single statements and the shell, all of them by sqlline. */
@NullMarked
package io.kadb.server.cli;

import org.jspecify.annotations.NullMarked;
