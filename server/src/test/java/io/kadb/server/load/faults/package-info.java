/** Loads while brokers, the warehouse, the disk and the load itself fail. */
@NullMarked
package io.kadb.server.load.faults;

import org.jspecify.annotations.NullMarked;
