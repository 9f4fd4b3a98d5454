package io.kadb.type;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharacterInputTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          boolean          | t                                    | true
          boolean          | TRUE                                 | true
          boolean          | tr                                   | true
          boolean          | yes                                  | true
          boolean          | y                                    | true
          boolean          | on                                   | true
          boolean          | 1                                    | true
          boolean          | ·true·                               | true
          boolean          | f                                    | false
          boolean          | fal                                  | false
          boolean          | no                                   | false
          boolean          | of                                   | false
          boolean          | off                                  | false
          boolean          | 0                                    | false
          text             | ab                                   | ab
          text             | ·x·                                  | ·x·
          text             | äöü😀                                | äöü😀
          varchar          | abc··                                | abc··
          varchar(3)       | a                                    | a
          varchar(3)       | abc                                  | abc
          varchar(3)       | abc··                                | abc
          varchar(3)       | äöü                                  | äöü
          varchar(3)       | 😀😀😀                               | 😀😀😀
          varchar(3)       | ·x···                                | ·x·
          char(3)          | a                                    | a··
          char(3)          | abc                                  | abc
          char(3)          | abc··                                | abc
          char(3)          | ä                                    | ä··
          char(3)          | 😀                                   | 😀··
          bpchar           | ab·                                  | ab·
          bytea            | \\x                                  | \\x
          bytea            | \\x00ff                              | \\x00ff
          bytea            | \\xFF                                | \\xff
          bytea            | \\x·00·ff·                           | \\x00ff
          bytea            | abc                                  | \\x616263
          bytea            | a\\\\b                               | \\x615c62
          bytea            | a\\001b                              | \\x610162
          bytea            | \\377                                | \\xff
          bytea            | ä                                    | \\xc3a4
          uuid             | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
          uuid             | A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
          uuid             | {a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11} | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
          uuid             | a0eebc999c0b4ef8bb6d6bb9bd380a11     | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
          uuid             | a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11 | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11
          json             | {}                                   | {}
          json             | [1,·2]                               | [1,·2]
          json             | ·1·                                  | ·1·
          json             | "a"                                  | "a"
          json             | null                                 | null
          json             | {"a":1,"a":2}                        | {"a":1,"a":2}
          json             | "\\u0000"                            | "\\u0000"
          json             | "\\ud800"                            | "\\ud800"
          json             | 1e999999                             | 1e999999
          jsonb            | {"a":·1}                             | {"a":·1}
          jsonb            | "\\ud83d\\ude00"                     | "\\ud83d\\ude00"
          inet             | not·an·address                       | not·an·address
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
          boolean          | o                                    | 22P02
          boolean          | ``                                   | 22P02
          boolean          | 2                                    | 22P02
          boolean          | 10                                   | 22P02
          boolean          | yess                                 | 22P02
          boolean          | -1                                   | 22P02
          boolean          | offf                                 | 22P02
          varchar(3)       | abcd                                 | 22001
          varchar(3)       | äöüß                                 | 22001
          varchar(3)       | 😀😀😀😀                             | 22001
          char(3)          | abcd                                 | 22001
          bytea            | \\X00                                | 22P02
          bytea            | \\x0                                 | 22023
          bytea            | \\x0g                                | 22023
          bytea            | \\x0·0                               | 22023
          bytea            | a\\400                               | 22P02
          bytea            | a\\b                                 | 22P02
          bytea            | a\\                                  | 22P02
          uuid             | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1  | 22P02
          uuid             | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a111 | 22P02
          uuid             | ·a0eebc999c0b4ef8bb6d6bb9bd380a11    | 22P02
          uuid             | {a0eebc999c0b4ef8bb6d6bb9bd380a11    | 22P02
          uuid             | a0eebc99--9c0b4ef8bb6d6bb9bd380a11   | 22P02
          uuid             | g0eebc999c0b4ef8bb6d6bb9bd380a11     | 22P02
          uuid             | ``                                   | 22P02
          uuid             | {}                                   | 22P02
          json             | {"a":1,}                             | 22P02
          json             | [1,]                                 | 22P02
          json             | {a:1}                                | 22P02
          json             | 'a'                                  | 22P02
          json             | 1·2                                  | 22P02
          json             | 01                                   | 22P02
          json             | 1.                                   | 22P02
          json             | "\\u00zz"                            | 22P02
          json             | "\\x"                                | 22P02
          json             | nul                                  | 22P02
          json             | ``                                   | 22P02
          json             | [                                    | 22P02
          json             | "                                    | 22P02
          json             | NaN                                  | 22P02
          json             | +1                                   | 22P02
          json             | /*·*/1                               | 22P02
          json             | {"a":1}x                             | 22P02
          json             | ]                                    | 22P02
          jsonb            | "\\ud800"                            | 22P02
          jsonb            | 1e999999                             | 22003
          jsonb            | {                                    | 22P02
          """)
  void refuses(String type, String text, String state) {
    InputCases.refuses(type, text, state);
  }
}
