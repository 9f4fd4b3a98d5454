/**
 * The demo: a broker, a PostgreSQL and real data in topics, and the story told with them. Kafka
 * clients are imported in this module by those only who fill topics: {@link
 * io.kadb.server.demo.TopicFiller}, {@link io.kadb.server.demo.MessageFolder} and {@link
 * io.kadb.server.demo.MessageSender}.
 */
@NullMarked
package io.kadb.server.demo;

import org.jspecify.annotations.NullMarked;
