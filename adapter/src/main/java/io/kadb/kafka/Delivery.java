package io.kadb.kafka;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a segment hands over: a batch and the positions reached with it.
 *
 * @param batch the batch, or null if there are only positions
 * @param positions for partitions whose position moved with this delivery, the offset of the first
 *     message not contained in this or an earlier delivery
 */
public record Delivery<B>(@Nullable B batch, Map<Integer, Long> positions) {}
