package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import io.kadb.sql.ResultColumn;
import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;

/** What is known of a prepared statement's parameters. */
record KadbParameterMetaData(List<ResultColumn> parameters) implements ParameterMetaData {
  @Override
  public int getParameterCount() {
    return parameters.size();
  }

  @Override
  public int isNullable(int parameter) throws SQLException {
    return parameter(parameter).nullable() ? parameterNullable : parameterNullableUnknown;
  }

  @Override
  public boolean isSigned(int parameter) throws SQLException {
    return JdbcType.signed(parameter(parameter).type().kind());
  }

  @Override
  public int getPrecision(int parameter) throws SQLException {
    return JdbcType.precision(parameter(parameter).type());
  }

  @Override
  public int getScale(int parameter) throws SQLException {
    return JdbcType.scale(parameter(parameter).type());
  }

  @Override
  public int getParameterType(int parameter) throws SQLException {
    return JdbcType.of(parameter(parameter).type().kind()).code();
  }

  @Override
  public String getParameterTypeName(int parameter) throws SQLException {
    return parameter(parameter).type().name();
  }

  @Override
  public String getParameterClassName(int parameter) throws SQLException {
    return JdbcType.of(parameter(parameter).type().kind()).className();
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

  private ResultColumn parameter(int parameter) throws SQLException {
    if (parameter < 1 || parameter > parameters.size()) {
      throw SqlExceptions.of(
          ErrorCode.BAD_PARAMETER,
          "there is no parameter " + parameter + ": the statement has " + parameters.size());
    }
    return parameters.get(parameter - 1);
  }
}
