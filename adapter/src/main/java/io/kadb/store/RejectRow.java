package io.kadb.store;

import io.kadb.message.RejectedMessage;
import java.time.Instant;

/**
 * A row of {@code kadb.rejects}: a message that was passed although it gave no rows.
 *
 * @param rejectId its number; the store gives it, and gives none twice
 * @param ftoid the OID of the foreign table
 * @param rejected the message, and why it was rejected
 * @param rejectedAt when it was written down
 */
public record RejectRow(long rejectId, long ftoid, RejectedMessage rejected, Instant rejectedAt) {}
