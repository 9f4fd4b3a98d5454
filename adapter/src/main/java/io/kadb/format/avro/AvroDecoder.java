package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowShape;
import io.kadb.format.RowSink;
import io.kadb.message.Message;
import java.util.Arrays;

/**
 * Makes a row of each record of a container file, which a message is as a whole.
 *
 * <p>Avro's own file reader is not used: it sets up more for each file than reading one record
 * takes, and over an array it does not notice most truncations of the last block. Here a block
 * counts only with the sync marker behind it, and every byte must have been used. Only a cut
 * exactly between two blocks cannot be seen.
 */
public final class AvroDecoder implements Decoder {
  /** How many records without bytes a message may have, and how many more for each of its bytes. */
  private static final long EMPTY_ROWS = 10_000;

  private static final long EMPTY_ROWS_PER_BYTE = 1000;

  private final MessageLimits limits;
  private final BlockUnpacker unpacker;
  private final AvroInput frame = new AvroInput();
  private final AvroInput block = new AvroInput();

  private final KnownHeaders headers;

  /** Creates a decoder; a default that is no value of its column is an error of its type. */
  public AvroDecoder(RowShape shape, AvroOptions options, MessageLimits limits) {
    this.limits = limits;
    this.headers = new KnownHeaders(new PlanCache(new PlanMaker(shape, options, limits)));
    this.unpacker = new BlockUnpacker(limits);
  }

  @Override
  public void decode(Message message, RowSink rows) {
    byte[] value = message.value();
    if (value == null || value.length == 0) {
      return;
    }
    try {
      limits.checkBytes(value.length);
      KnownHeaders.Known header = headers.of(value);
      unpacker.openMessage();
      header.plan().openMessage(value.length);
      blocks(value, header, rows);
    } catch (KadbException e) {
      throw e.at(message.place());
    }
  }

  private void blocks(byte[] value, KnownHeaders.Known header, RowSink rows) {
    AvroInput in = frame.open(value, header.end(), value.length);
    int sync = in.take(ContainerHeader.SYNC_BYTES);
    long total = 0;
    long bytes = value.length;
    while (in.remaining() > 0) {
      long count = in.readLong();
      if (count < 0) {
        throw in.malformed("a block of " + count + " records");
      }
      int length = in.readLength();
      int from = in.take(length);
      int end = in.take(ContainerHeader.SYNC_BYTES);
      if (!Arrays.equals(
          value,
          end,
          end + ContainerHeader.SYNC_BYTES,
          value,
          sync,
          sync + ContainerHeader.SYNC_BYTES)) {
        throw new KadbException(
            ErrorCode.BAD_MESSAGE_FORMAT,
            "found other bytes at byte " + end + ", wanted the file's sync marker");
      }
      // As a difference: the sum may be more than a long holds.
      limits.checkRows(count > limits.maxRows() - total ? Long.MAX_VALUE : total + count);
      total += count;
      if (header.codec() == BlockCodec.NULL) {
        block.open(value, from, from + length);
      } else {
        unpacker.unpack(header.codec(), value, from, from + length);
        block.open(unpacker.buffer(), 0, unpacker.length());
        bytes += unpacker.length();
      }
      checkEmptyRows(total, bytes);
      records(count, header.plan(), rows);
    }
  }

  /** Records may take no bytes at all; others are never so many. */
  private static void checkEmptyRows(long rows, long bytes) {
    long most = EMPTY_ROWS + EMPTY_ROWS_PER_BYTE * bytes;
    if (rows > most) {
      throw new KadbException(
              ErrorCode.TOO_LARGE,
              "the message gives more than " + most + " rows of " + bytes + " bytes")
          .withHint(
              "records that take no bytes are taken up to "
                  + EMPTY_ROWS
                  + " and "
                  + EMPTY_ROWS_PER_BYTE
                  + " for each byte of the message: give them a field");
    }
  }

  private void records(long count, RecordPlan used, RowSink rows) {
    for (long i = 0; i < count; i++) {
      rows.row(used.row(block));
    }
    block.requireEnd("block");
  }
}
