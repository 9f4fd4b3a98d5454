package io.kadb.server.remote;

import java.sql.ResultSetMetaData;
import java.util.concurrent.Executor;

/** Where runs of statements happen, and how their results travel. */
interface RemoteStyle {
  /** Returns columns as the client gets them. */
  WireColumns columns(ResultSetMetaData result);

  FrameLimits limits();

  Executor producers();

  Metrics metrics();

  /** Returns the time limit that statements begin with; 0 for none. */
  int queryTimeoutSeconds();

  /** Returns the longest time limit that a client can have; 0 for any. */
  int mostSeconds();

  /** Returns the size of frames that statements begin with; 0 leaves it to the server. */
  int frameRows();
}
