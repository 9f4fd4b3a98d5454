/**
 * The demo: a broker, a PostgreSQL and real data in topics, and the story told with them. The only
 * importer of Kafka clients in this module is {@link io.kadb.server.demo.TopicFiller}.
 */
@NullMarked
package io.kadb.server.demo;

import org.jspecify.annotations.NullMarked;
