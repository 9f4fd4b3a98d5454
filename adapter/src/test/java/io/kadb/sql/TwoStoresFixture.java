package io.kadb.sql;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that hold whatever the store is: each runs on SQLite and on PostgreSQL. */
@ParameterizedClass
@EnumSource(TableFixture.StoreForm.class)
abstract class TwoStoresFixture extends TableFixture {
  @Parameter StoreForm form;

  @Override
  final StoreForm store() {
    return form;
  }
}
