package io.kadb.kafka;

import org.apache.kafka.clients.producer.Producer;

/**
 * A producer that can begin transactions.
 *
 * @param id its transactional id, which no other producer has
 */
record TransactionalProducer(String id, Producer<byte[], byte[]> producer) {}
