package io.kadb.server.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/**
 * The requests of Avatica's protocol. Safe for many threads.
 *
 * <p>What Avatica's own server does otherwise, and why not here: it lets a client run a statement
 * again whose result it has lost (then rows come twice or not at all), here that is an error; it
 * lets a client open a lost connection again unnoticed (then a transaction is committed that has
 * lost its half), here that is an error, too.
 */
final class AvaticaCalls {
  /** How a request is served. */
  @FunctionalInterface
  private interface Body<T extends Service.Request> {
    Service.Response answer(Exchange exchange, RemoteConnection connection, T request)
        throws SQLException;
  }

  /**
   * A request and what serves it.
   *
   * @param connectionId gives the connection that the request is about
   * @param settles whether the request says that results were read to their end
   */
  private record Call<T extends Service.Request>(
      Class<T> type, Function<T, String> connectionId, boolean settles, Body<T> body) {
    Service.Response serve(Exchange exchange, RemoteConnections connections, Service.Request any)
        throws SQLException {
      T request = type.cast(any);
      String id = connectionId.apply(request);
      RemoteConnection connection = connections.find(id, exchange.caller());
      exchange.about(connection);
      return connection
          .answers()
          .once(
              exchange.caller().requestId(),
              Service.Response.class,
              exchange::giveUp,
              () -> answer(exchange, connection, request));
    }

    private Service.Response answer(Exchange exchange, RemoteConnection connection, T request)
        throws SQLException {
      if (settles) {
        connection.settle(exchange.caller().carrier());
      }
      return body.answer(exchange, connection, request);
    }
  }

  private static final Service.@Nullable RpcMetadataResponse NO_METADATA = null;
  private static final Service.Response COMMITTED = fixed("{\"response\":\"commit\"}");
  private static final Service.Response ROLLED_BACK = fixed("{\"response\":\"rollback\"}");

  private final RemoteConnections connections;
  private final Map<Class<?>, Call<?>> calls = new HashMap<>();

  AvaticaCalls(RemoteConnections connections) {
    this.connections = connections;
    settling(Service.ConnectionSyncRequest.class, r -> r.connectionId, this::sync);
    settling(Service.CommitRequest.class, r -> r.connectionId, this::commit);
    settling(Service.CreateStatementRequest.class, r -> r.connectionId, this::createStatement);
    settling(Service.PrepareRequest.class, r -> r.connectionId, this::prepare);
    settling(Service.PrepareAndExecuteRequest.class, r -> r.connectionId, this::run);
    settling(Service.ExecuteRequest.class, r -> r.statementHandle.connectionId, this::execute);
    settling(Service.PrepareAndExecuteBatchRequest.class, r -> r.connectionId, this::runBatch);
    settling(Service.ExecuteBatchRequest.class, r -> r.connectionId, this::executeBatch);
    plain(Service.RollbackRequest.class, r -> r.connectionId, this::rollback);
    plain(Service.FetchRequest.class, r -> r.connectionId, this::fetch);
    plain(Service.CloseStatementRequest.class, r -> r.connectionId, this::closeStatement);
    plain(Service.SyncResultsRequest.class, r -> r.connectionId, this::syncResults);
    MetadataResults metadata = new MetadataResults();
    settling(Service.CatalogsRequest.class, r -> r.connectionId, metadata::catalogs);
    settling(Service.SchemasRequest.class, r -> r.connectionId, metadata::schemas);
    settling(Service.TablesRequest.class, r -> r.connectionId, metadata::tables);
    settling(Service.ColumnsRequest.class, r -> r.connectionId, metadata::columns);
    settling(Service.TableTypesRequest.class, r -> r.connectionId, metadata::tableTypes);
    settling(Service.TypeInfoRequest.class, r -> r.connectionId, metadata::typeInfo);
    settling(Service.DatabasePropertyRequest.class, r -> r.connectionId, metadata::properties);
  }

  /** Two answers have no constructor for others than Avatica itself. */
  private static Service.Response fixed(String json) {
    try {
      return JsonService.MAPPER.readValue(json, Service.Response.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(json, e);
    }
  }

  private <T extends Service.Request> void settling(
      Class<T> type, Function<T, String> connectionId, Body<T> body) {
    calls.put(type, new Call<>(type, connectionId, true, body));
  }

  private <T extends Service.Request> void plain(
      Class<T> type, Function<T, String> connectionId, Body<T> body) {
    calls.put(type, new Call<>(type, connectionId, false, body));
  }

  /** Serves a request. */
  Service.Response serve(Exchange exchange, Encoding encoding, Service.Request request)
      throws SQLException {
    if (request instanceof Service.OpenConnectionRequest open) {
      return open(exchange, encoding, open);
    }
    if (request instanceof Service.CloseConnectionRequest close) {
      return close(exchange, close);
    }
    Call<?> call = calls.get(request.getClass());
    if (call == null) {
      throw RemoteErrors.unsupported(request.getClass().getSimpleName());
    }
    return call.serve(exchange, connections, request);
  }

  private Service.Response open(
      Exchange exchange, Encoding encoding, Service.OpenConnectionRequest request)
      throws SQLException {
    ClientProperties properties = ClientProperties.of(request.info);
    connections.open(request.connectionId, exchange.caller(), properties, encoding);
    exchange.about(connections.find(request.connectionId, exchange.caller()));
    return new Service.OpenConnectionResponse(NO_METADATA);
  }

  /** The connection is closed also if its last results cannot be settled. */
  private Service.Response close(Exchange exchange, Service.CloseConnectionRequest request)
      throws SQLException {
    String id = request.connectionId;
    try {
      if (connections.knows(id)) {
        connections.find(id, exchange.caller()).settle(exchange.caller().carrier());
      }
    } finally {
      connections.close(id, exchange.caller());
    }
    return new Service.CloseConnectionResponse(NO_METADATA);
  }

  private Service.Response sync(
      Exchange exchange, RemoteConnection connection, Service.ConnectionSyncRequest request)
      throws SQLException {
    return new Service.ConnectionSyncResponse(connection.sync(request.connProps), NO_METADATA);
  }

  private Service.Response commit(
      Exchange exchange, RemoteConnection connection, Service.CommitRequest request)
      throws SQLException {
    connection.commit();
    return COMMITTED;
  }

  private Service.Response rollback(
      Exchange exchange, RemoteConnection connection, Service.RollbackRequest request)
      throws SQLException {
    connection.rollback();
    return ROLLED_BACK;
  }

  private Service.Response createStatement(
      Exchange exchange, RemoteConnection connection, Service.CreateStatementRequest request)
      throws SQLException {
    int id = connection.createStatement().id();
    return new Service.CreateStatementResponse(request.connectionId, id, NO_METADATA);
  }

  private Service.Response closeStatement(
      Exchange exchange, RemoteConnection connection, Service.CloseStatementRequest request)
      throws SQLException {
    try {
      connection.settle(exchange.caller().carrier());
    } finally {
      connection.closeStatement(request.statementId);
    }
    return new Service.CloseStatementResponse(NO_METADATA);
  }

  private Service.Response prepare(
      Exchange exchange, RemoteConnection connection, Service.PrepareRequest request)
      throws SQLException {
    RemoteStatement statement = connection.createStatement();
    try {
      Meta.Signature signature = statement.prepare(request.sql);
      return new Service.PrepareResponse(
          new Meta.StatementHandle(request.connectionId, statement.id(), signature), NO_METADATA);
    } catch (SQLException | RuntimeException | Error e) {
      connection.closeStatement(statement.id());
      throw e;
    }
  }

  private Service.Response run(
      Exchange exchange, RemoteConnection connection, Service.PrepareAndExecuteRequest request)
      throws SQLException {
    RemoteStatement statement = exchange.about(connection.statement(request.statementId));
    StatementRun run =
        new StatementRun(
            request.sql,
            null,
            exchange.caller().wanted(),
            request.maxRowCount,
            request.maxRowsInFirstFrame,
            exchange.caller().carrier());
    return executed(request.connectionId, statement, run);
  }

  /** What the protocol calls the most rows of a prepared statement is the size of its frames. */
  private Service.Response execute(
      Exchange exchange, RemoteConnection connection, Service.ExecuteRequest request)
      throws SQLException {
    RemoteStatement statement = exchange.about(connection.statement(request.statementHandle.id));
    StatementRun run =
        new StatementRun(
            null,
            request.parameterValues,
            exchange.caller().wanted(),
            0,
            request.maxRowCount,
            exchange.caller().carrier());
    return executed(request.statementHandle.connectionId, statement, run);
  }

  private static Service.Response executed(
      String connectionId, RemoteStatement statement, StatementRun run) throws SQLException {
    StatementAnswer answer = statement.execute(run);
    ResultFrame first = answer.frame();
    Service.ResultSetResponse result =
        new Service.ResultSetResponse(
            connectionId,
            statement.id(),
            false,
            answer.signature(),
            first == null ? null : first.rows().frame(first.offset(), first.done()),
            answer.updateCount(),
            NO_METADATA);
    return new Service.ExecuteResponse(List.of(result), false, NO_METADATA);
  }

  private Service.Response fetch(
      Exchange exchange, RemoteConnection connection, Service.FetchRequest request)
      throws SQLException {
    connection.settle(request.statementId, request.offset, exchange.caller().carrier());
    RemoteStatement statement = exchange.about(connection.statement(request.statementId));
    ResultFrame frame =
        statement.fetch(request.offset, request.fetchMaxRowCount, exchange.caller().carrier());
    return new Service.FetchResponse(
        frame.rows().frame(frame.offset(), frame.done()), false, false, NO_METADATA);
  }

  private Service.Response runBatch(
      Exchange exchange, RemoteConnection connection, Service.PrepareAndExecuteBatchRequest request)
      throws SQLException {
    RemoteStatement statement = exchange.about(connection.statement(request.statementId));
    long[] counts = statement.executeBatch(request.sqlCommands);
    return new Service.ExecuteBatchResponse(
        request.connectionId, request.statementId, counts, false, NO_METADATA);
  }

  private Service.Response executeBatch(
      Exchange exchange, RemoteConnection connection, Service.ExecuteBatchRequest request)
      throws SQLException {
    RemoteStatement statement = exchange.about(connection.statement(request.statementId));
    long[] counts = statement.executeBatchOf(BatchRows.of(request));
    return new Service.ExecuteBatchResponse(
        request.connectionId, request.statementId, counts, false, NO_METADATA);
  }

  private Service.Response syncResults(
      Exchange exchange, RemoteConnection connection, Service.SyncResultsRequest request)
      throws SQLException {
    throw RemoteErrors.noStatement("the result is lost, and is not made again");
  }
}
