package io.kadb.server.remote;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Responses;
import org.apache.calcite.avatica.remote.Service;

/** A frame whose rows are written already. Immutable. */
final class ProtobufFrame extends Meta.Frame {
  private static final String FETCHED = Responses.FetchResponse.class.getName();

  private final byte[] written;
  private final int length;

  /**
   * Creates a frame.
   *
   * @param written its rows, as fields of its message; does not change any more
   * @param length how many of the bytes they are
   */
  ProtobufFrame(long offset, boolean done, byte[] written, int length) {
    super(offset, done, List.of());
    this.written = written;
    this.length = length;
  }

  /** Rows are the last of a frame's fields, and protobuf puts there those it does not know. */
  @Override
  public Common.Frame toProto() {
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(written, 0, length).newCodedInput();
    in.enableAliasing(true);
    try {
      return beforeRows().toBuilder().setUnknownFields(UnknownFieldSet.parseFrom(in)).build();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  private Common.Frame beforeRows() {
    return Common.Frame.newBuilder().setOffset(offset).setDone(done).build();
  }

  /** Writes the answer that the frame is in, as Avatica does, without a copy of the rows. */
  AnswerBody fetched(Service.FetchResponse answer) throws IOException {
    Common.Frame frame = beforeRows();
    Responses.FetchResponse afterFrame =
        Responses.FetchResponse.newBuilder()
            .setMissingStatement(answer.missingStatement)
            .setMissingResults(answer.missingResults)
            .build();
    int frameSize = Math.addExact(frame.getSerializedSize(), length);
    int size =
        CodedOutputStream.computeTagSize(Responses.FetchResponse.FRAME_FIELD_NUMBER)
            + CodedOutputStream.computeUInt32SizeNoTag(frameSize)
            + Math.addExact(frameSize, afterFrame.getSerializedSize());
    BodyStream body = new BodyStream();
    CodedOutputStream out = CodedOutputStream.newInstance(body);
    out.writeString(Common.WireMessage.NAME_FIELD_NUMBER, FETCHED);
    out.writeTag(Common.WireMessage.WRAPPED_MESSAGE_FIELD_NUMBER, ProtobufCell.MESSAGE);
    out.writeUInt32NoTag(size);
    out.writeTag(Responses.FetchResponse.FRAME_FIELD_NUMBER, ProtobufCell.MESSAGE);
    out.writeUInt32NoTag(frameSize);
    frame.writeTo(out);
    out.flush();
    body.add(written, length);
    afterFrame.writeTo(out);
    out.flush();
    return body.body();
  }
}
