package io.kadb.driver.jdbc;

import io.kadb.driver.value.ColumnShape;
import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;

/** What is known of a prepared statement's parameters. */
final class RemoteParameterMetaData implements ParameterMetaData {
  private final List<ColumnShape> parameters;

  RemoteParameterMetaData(List<ColumnShape> parameters) {
    this.parameters = parameters;
  }

  @Override
  public int getParameterCount() {
    return parameters.size();
  }

  @Override
  public int isNullable(int parameter) throws SQLException {
    return parameter(parameter).nullable();
  }

  @Override
  public boolean isSigned(int parameter) throws SQLException {
    return parameter(parameter).signed();
  }

  @Override
  public int getPrecision(int parameter) throws SQLException {
    return parameter(parameter).precision();
  }

  @Override
  public int getScale(int parameter) throws SQLException {
    return parameter(parameter).scale();
  }

  @Override
  public int getParameterType(int parameter) throws SQLException {
    return parameter(parameter).typeCode();
  }

  @Override
  public String getParameterTypeName(int parameter) throws SQLException {
    return parameter(parameter).typeName();
  }

  @Override
  public String getParameterClassName(int parameter) throws SQLException {
    return parameter(parameter).className();
  }

  @Override
  public int getParameterMode(int parameter) throws SQLException {
    parameter(parameter);
    return parameterModeIn;
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    return Checks.unwrap(this, wanted);
  }

  @Override
  public boolean isWrapperFor(Class<?> wanted) {
    return wanted.isInstance(this);
  }

  private ColumnShape parameter(int parameter) throws SQLException {
    if (parameter < 1 || parameter > parameters.size()) {
      throw Checks.noSuchParameter(parameter, parameters.size());
    }
    return parameters.get(parameter - 1);
  }
}
