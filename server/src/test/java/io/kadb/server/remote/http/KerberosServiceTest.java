package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KerberosServiceTest {
  @ParameterizedTest
  @CsvSource({
    "anna@EXAMPLE.COM, anna",
    "etl/host.example.com@EXAMPLE.COM, etl/host.example.com",
    "anna@OTHER.COM, anna@OTHER.COM",
    "anna@example.com, anna@example.com",
    "anna@SUB.EXAMPLE.COM, anna@SUB.EXAMPLE.COM",
    "anna\\@EXAMPLE.COM@OTHER.COM, anna\\@EXAMPLE.COM@OTHER.COM",
  })
  void onlyUsersOfTheServersRealmHaveShortNames(String principal, String user) {
    assertThat(KerberosService.user(principal, "EXAMPLE.COM")).isEqualTo(user);
  }
}
