package io.kadb.type;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalInputTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          interval         | 1·day                                | P1D
          interval         | 1·year·2·mons·3·days·04:05:06.789    | P1Y2M3DT4H5M6.789S
          interval         | P1Y2M3DT4H5M6S                       | P1Y2M3DT4H5M6S
          interval         | P1Y2M3W4DT5H6M7.8S                   | P1Y2M25DT5H6M7.8S
          interval         | P1M2DT3.004S                         | P1M2DT3.004S
          interval         | P-1Y-2MT-3H                          | P-1Y-2MT-3H
          interval         | P0001-02                             | P1Y2M
          interval         | PT003038                             | PT30M38S
          interval         | P1                                   | P1Y
          interval         | P1.5D                                | P1DT12H
          interval         | PT36H                                | PT36H
          interval         | PT-6M-7.89S                          | PT-6M-7.89S
          interval         | PT0S                                 | PT0S
          interval         | P0001-02-03T04:05:06                 | P1Y2M3DT4H5M6S
          interval         | P00010203T040506                     | P1Y2M3DT4H5M6S
          interval         | 1-2                                  | P1Y2M
          interval         | -1-2                                 | P-1Y-2M
          interval         | 1-2·3·4:05:06                        | P1Y2M3DT4H5M6S
          interval         | 1-2·-3·-4:05:06                      | P1Y2M-3DT-4H-5M-6S
          interval         | @·1·minute                           | PT1M
          interval         | 1·day·ago                            | P-1D
          interval         | 1·year·1·day·ago                     | P-1Y-1D
          interval         | -1·day                               | P-1D
          interval         | 1.5·days                             | P1DT12H
          interval         | 1.5·months                           | P1M15D
          interval         | 1.5·years                            | P1Y6M
          interval         | 0.33·years                           | P4M
          interval         | 1.1·weeks                            | P7DT16H48M
          interval         | 1.2345678·seconds                    | PT1.234568S
          interval         | 1:02                                 | PT1H2M
          interval         | 1:02:03                              | PT1H2M3S
          interval         | -1:02:03                             | PT-1H-2M-3S
          interval         | 12:34.5                              | PT12M34.5S
          interval         | 1                                    | PT1S
          interval         | 1.5                                  | PT1.5S
          interval         | 1h·2m·3s                             | PT1H2M3S
          interval         | 1y2m3d                               | P1Y3DT2M
          interval         | 90·minutes                           | PT1H30M
          interval         | 100:00:00                            | PT100H
          interval         | 2·decades                            | P20Y
          interval         | 1·century                            | P100Y
          interval         | 500·ms                               | PT0.5S
          interval         | 5·us                                 | PT0.000005S
          interval         | 1·year·-2·months                     | P10M
          interval         | 1·2:03:04                            | P1DT2H3M4S
          interval         | -0.5·s                               | PT-0.5S
          interval         | 1·day·25:00:00                       | P1DT25H
          interval         | 1·day,·2·hours                       | P1DT2H
          interval         | 178000000·years                      | P178000000Y
          interval         | 2147483647·months                    | P178956970Y7M
          interval(2)      | 1.239·s                              | PT1.24S
          interval(2)      | 1:02:03.456                          | PT1H2M3.46S
          interval(2)      | -1.235·s                             | PT-1.24S
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
          interval         | P                                    | 22007
          interval         | ``                                   | 22007
          interval         | abc                                  | 22007
          interval         | P+1Y                                 | 22007
          interval         | 1.5·s·1·ms                           | 22007
          interval         | 1·2147483648·days                    | 22015
          interval         | 4:60:00                              | 22015
          interval         | P:61:39.3288035                      | 22015
          interval         | PT:61:39.5                           | 22015
          interval         | +2.41375099·decade·-1-108·timezone·  | 22015
          interval         | 1·timezone                           | 22007
          interval         | 1·quarter                            | 22007
          interval         | 1-12·qtr                             | 22015
          interval         | 1·fortnight                          | 22007
          interval         | 1·day·1·day                          | 22007
          interval         | day                                  | 22007
          interval         | 1·day·day                            | 22007
          interval         | ago                                  | 22007
          interval         | 1·2·days                             | 22007
          interval         | P1H                                  | 22007
          interval         | pT1H                                 | 22007
          interval         | 1·yearx                              | 22007
          interval         | infinity                             | 22007
          interval         | 1e3·s                                | 22007
          """)
  void refuses(String type, String text, String state) {
    InputCases.refuses(type, text, state);
  }
}
