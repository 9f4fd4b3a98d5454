package io.kadb.server.remote.http;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingNestedCallback;

/** An answer on its way, part by part: each goes when the one before has gone. */
final class Sending extends IteratingNestedCallback {
  private final Response response;
  private final Iterator<ByteBuffer> left;

  private Sending(Response response, List<ByteBuffer> parts, Callback callback) {
    super(callback);
    this.response = response;
    this.left = parts.iterator();
  }

  /**
   * Sends the rest of a response.
   *
   * @param parts at least one
   */
  static void send(Response response, List<ByteBuffer> parts, Callback callback) {
    new Sending(response, parts, callback).iterate();
  }

  @Override
  protected Action process() {
    if (!left.hasNext()) {
      return Action.SUCCEEDED;
    }
    ByteBuffer next = left.next();
    response.write(!left.hasNext(), next, this);
    return Action.SCHEDULED;
  }
}
