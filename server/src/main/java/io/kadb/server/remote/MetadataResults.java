package io.kadb.server.remote;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** Avatica's requests for metadata: what the driver says, in one frame. */
final class MetadataResults {
  Service.Response catalogs(
      Exchange exchange, RemoteConnection connection, Service.CatalogsRequest request)
      throws SQLException {
    return all(request.connectionId, connection, metaData(connection).getCatalogs());
  }

  Service.Response schemas(
      Exchange exchange, RemoteConnection connection, Service.SchemasRequest request)
      throws SQLException {
    return all(
        request.connectionId,
        connection,
        metaData(connection).getSchemas(request.catalog, request.schemaPattern));
  }

  Service.Response tables(
      Exchange exchange, RemoteConnection connection, Service.TablesRequest request)
      throws SQLException {
    @Nullable List<String> types = request.typeList;
    return all(
        request.connectionId,
        connection,
        metaData(connection)
            .getTables(
                request.catalog,
                request.schemaPattern,
                request.tableNamePattern,
                types == null ? null : types.toArray(String[]::new)));
  }

  Service.Response columns(
      Exchange exchange, RemoteConnection connection, Service.ColumnsRequest request)
      throws SQLException {
    return all(
        request.connectionId,
        connection,
        metaData(connection)
            .getColumns(
                request.catalog,
                request.schemaPattern,
                request.tableNamePattern,
                request.columnNamePattern));
  }

  Service.Response tableTypes(
      Exchange exchange, RemoteConnection connection, Service.TableTypesRequest request)
      throws SQLException {
    return all(request.connectionId, connection, metaData(connection).getTableTypes());
  }

  Service.Response typeInfo(
      Exchange exchange, RemoteConnection connection, Service.TypeInfoRequest request)
      throws SQLException {
    return all(request.connectionId, connection, metaData(connection).getTypeInfo());
  }

  Service.Response properties(
      Exchange exchange, RemoteConnection connection, Service.DatabasePropertyRequest request)
      throws SQLException {
    DatabaseMetaData metaData = metaData(connection);
    Map<Meta.DatabaseProperty, Object> values = new EnumMap<>(Meta.DatabaseProperty.class);
    for (Meta.DatabaseProperty property : Meta.DatabaseProperty.values()) {
      if (property.isJdbc) {
        values.put(property, MetadataMethods.invoke(metaData, property.method));
      } else {
        values.put(property, property.defaultValue);
      }
    }
    return new Service.DatabasePropertyResponse(values, null);
  }

  private static DatabaseMetaData metaData(RemoteConnection connection) throws SQLException {
    return connection.jdbc().getMetaData();
  }

  private static Service.Response all(String id, RemoteConnection connection, ResultSet result)
      throws SQLException {
    try (result) {
      WireColumns columns = connection.columns(result.getMetaData());
      RowBuffer rows = columns.newBuffer(0);
      while (result.next()) {
        rows.add(result);
      }
      return new Service.ResultSetResponse(
          id,
          connection.nextStatementId(),
          true,
          columns.signature("", List.of()),
          rows.frame(0, true),
          -1,
          null);
    }
  }
}
