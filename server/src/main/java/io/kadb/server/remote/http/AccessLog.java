package io.kadb.server.remote.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each request, without anything of its message. */
final class AccessLog {
  /** The logger; its level decides whether there are lines. */
  static final String NAME = "io.kadb.server.access";

  private static final Logger LOG = LoggerFactory.getLogger(NAME);

  private AccessLog() {}

  /** Notes a request that was served. */
  static void note(Request request, RequestHandler.Exchanged exchanged) {
    if (LOG.isInfoEnabled()) {
      long nanos = System.nanoTime() - request.getBeginNanoTime();
      LOG.info(
          "{} {} {} {} {} {} bytes {} ms",
          Request.getRemoteAddr(request),
          exchanged.user().isEmpty() ? "-" : exchanged.user(),
          request.getMethod(),
          exchanged.call(),
          exchanged.status(),
          exchanged.body().length(),
          TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }
}
