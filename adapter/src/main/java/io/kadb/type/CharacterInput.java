package io.kadb.type;

/** Input of TEXT, of VARCHAR and CHAR without a length, and of types left to PostgreSQL. */
final class CharacterInput implements TextInput {
  @Override
  public Object read(byte[] utf8, int from, int to) {
    return Utf8.decode(utf8, from, to);
  }

  @Override
  public Object read(String text) {
    return Utf8.refuseZero(text);
  }
}
