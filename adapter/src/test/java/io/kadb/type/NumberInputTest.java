package io.kadb.type;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberInputTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          smallint         | 32767                                | 32767
          smallint         | -32768                               | -32768
          bigint           | 9223372036854775807                  | 9223372036854775807
          bigint           | -9223372036854775808                 | -9223372036854775808
          integer          | 0                                    | 0
          integer          | -0                                   | 0
          integer          | +5                                   | 5
          integer          | ·12·                                 | 12
          integer          | 2147483647                           | 2147483647
          integer          | -2147483648                          | -2147483648
          integer          | 0x1F                                 | 31
          integer          | -0X1f                                | -31
          integer          | 0b101                                | 5
          integer          | 0o17                                 | 15
          integer          | 1_000                                | 1000
          integer          | 0x_1F                                | 31
          integer          | 007                                  | 7
          integer          | 0x7FFFFFFF                           | 2147483647
          oid              | 0                                    | 0
          oid              | 4294967295                           | 4294967295
          oid              | -1                                   | 4294967295
          oid              | -2147483648                          | 2147483648
          oid              | 0x1F                                 | 31
          oid              | 010                                  | 8
          double precision | 1                                    | 1
          double precision | ·1.5·                                | 1.5
          double precision | -1.5e3                               | -1500
          double precision | .5                                   | 0.5
          double precision | 5.                                   | 5
          double precision | 0x1F                                 | 31
          double precision | 0x1p3                                | 8
          double precision | 0x1.8                                | 1.5
          double precision | nan                                  | NaN
          double precision | inf                                  | Infinity
          double precision | -Infinity                            | -Infinity
          double precision | 1e22                                 | 1e+22
          double precision | 0.30000000000000004                  | 0.30000000000000004
          double precision | 16777217                             | 16777217
          double precision | 1e-310                               | 1e-310
          double precision | -0                                   | -0
          double precision | 0e500                                | 0
          real             | 0.1                                  | 0.1
          real             | 16777217                             | 1.6777216e+07
          real             | 3.4028235e38                         | 3.4028235e+38
          real             | 1e-45                                | 1e-45
          numeric          | 1                                    | 1
          numeric          | -1.50                                | -1.50
          numeric          | 1e10                                 | 10000000000
          numeric          | 1.5e-3                               | 0.0015
          numeric          | 1.50e1                               | 15.0
          numeric          | 0e-5                                 | 0.00000
          numeric          | .5                                   | 0.5
          numeric          | 5.                                   | 5
          numeric          | ·7.25·                               | 7.25
          numeric          | 0x1F                                 | 31
          numeric          | -0b101                               | -5
          numeric          | 0o17                                 | 15
          numeric          | 1_000.5_0                            | 1000.50
          numeric          | 00012.500                            | 12.500
          numeric          | -0.00                                | 0.00
          numeric(10,2)    | 1                                    | 1.00
          numeric(10,2)    | 1.005                                | 1.01
          numeric(10,2)    | -1.005                               | -1.01
          numeric(10,2)    | 1.004                                | 1.00
          numeric(10,2)    | 0.005                                | 0.01
          numeric(10,2)    | -0.005                               | -0.01
          numeric(10,2)    | 12345678.99                          | 12345678.99
          numeric(10,2)    | 99999999.994                         | 99999999.99
          numeric(10,2)    | 1e-300                               | 0.00
          numeric(3,5)     | 0.00999                              | 0.00999
          numeric(3,5)     | 0.009994                             | 0.00999
          numeric(2,-3)    | 12345                                | 12000
          numeric(2,-3)    | 499                                  | 0
          numeric(2,-3)    | 500                                  | 1000
          numeric(2,-3)    | 99499                                | 99000
          """)
  void reads(String type, String text, String printed) {
    InputCases.reads(type, text, printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          smallint         | 32768                                | 22003
          smallint         | -32769                               | 22003
          bigint           | 9223372036854775808                  | 22003
          bigint           | -9223372036854775809                 | 22003
          integer          | 2147483648                           | 22003
          integer          | ``                                   | 22P02
          integer          | ·                                    | 22P02
          integer          | 1_                                   | 22P02
          integer          | _1                                   | 22P02
          integer          | 1__0                                 | 22P02
          integer          | 0x                                   | 22P02
          integer          | 0b2                                  | 22P02
          integer          | 12abc                                | 22P02
          integer          | 1.0                                  | 22P02
          integer          | 1e3                                  | 22P02
          integer          | -·1                                  | 22P02
          integer          | --1                                  | 22P02
          integer          | 1·2                                  | 22P02
          integer          | 3000000000x                          | 22003
          integer          | 2147483649x                          | 22P02
          integer          | ٣                                    | 22P02
          oid              | 4294967296                           | 22003
          oid              | -2147483649                          | 22003
          oid              | 08                                   | 22P02
          oid              | 1_0                                  | 22P02
          oid              | 18446744073709551616                 | 22003
          double precision | 1e400                                | 22003
          double precision | -1e400                               | 22003
          double precision | 1e-400                               | 22003
          double precision | 1e                                   | 22P02
          double precision | infinit                              | 22P02
          double precision | 1_000                                | 22P02
          double precision | 1d                                   | 22P02
          double precision | 1f                                   | 22P02
          double precision | 1.5.5                                | 22P02
          double precision | 1,5                                  | 22P02
          double precision | ``                                   | 22P02
          double precision | 0x                                   | 22P02
          real             | 3.4028236e38                         | 22003
          real             | 1e39                                 | 22003
          real             | 1e-46                                | 22003
          real             | abc                                  | 22P02
          numeric          | 1_.5                                 | 22P02
          numeric          | 1._5                                 | 22P02
          numeric          | 1__0                                 | 22P02
          numeric          | 0x1.5                                | 22P02
          numeric          | 1e                                   | 22P02
          numeric          | abc                                  | 22P02
          numeric          | ``                                   | 22P02
          numeric          | 1e131072                             | 22003
          numeric          | 1e-20000                             | 22003
          numeric          | 1e5000000000                         | 22003
          numeric          | NaN                                  | 22003
          numeric          | nan                                  | 22003
          numeric          | Infinity                             | 22003
          numeric          | -inf                                 | 22003
          numeric          | +nan                                 | 22P02
          numeric(10,2)    | 99999999.995                         | 22003
          numeric(10,2)    | 100000000                            | 22003
          numeric(10,2)    | 1e8                                  | 22003
          numeric(10,2)    | 1e100                                | 22003
          numeric(3,5)     | 0.009996                             | 22003
          numeric(3,5)     | 0.01                                 | 22003
          numeric(2,-3)    | 99500                                | 22003
          """)
  void refuses(String type, String text, String state) {
    InputCases.refuses(type, text, state);
  }
}
