package io.kadb.kafka;

import java.util.Map;

/**
 * What scans have done so far.
 *
 * @param running how many there are now
 * @param segments how many segments of theirs run now
 * @param messages the messages that all have taken
 * @param bytes the bytes of the keys and values of those
 * @param ended for each way in which scans end, by its name, how many have; one whose segments
 *     ended in several ways counts for the worst
 */
public record ScanActivity(
    int running, int segments, long messages, long bytes, Map<String, Long> ended) {}
