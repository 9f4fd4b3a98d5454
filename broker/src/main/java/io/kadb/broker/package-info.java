/**
 * A real Kafka broker as a child process, for the demo and the tests. Only {@link BrokerMain},
 * which runs in the child, imports Kafka; the rest needs nothing but the JDK and may be used by
 * anyone.
 */
@NullMarked
package io.kadb.broker;

import org.jspecify.annotations.NullMarked;
