package io.kadb.type;

import java.util.List;

/** Inputs of numbers: integers in four bases, decimals, exponents, limits, what is not finite. */
final class NumberGrammar extends InputGrammar {
  private static final List<String> LIMITS =
      List.of(
          "32767",
          "32768",
          "65535",
          "65536",
          "2147483647",
          "2147483648",
          "4294967295",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551615",
          "18446744073709551616",
          "0x7FFF",
          "0x8000",
          "0x7FFFFFFF",
          "0x80000000",
          "0xFFFFFFFF",
          "0x7FFFFFFFFFFFFFFF",
          "0x8000000000000000",
          "0xFFFFFFFFFFFFFFFF",
          "0o77777",
          "0o100000",
          "0b111111111111111",
          "0b1000000000000000",
          "1e308",
          "1.7976931348623157e308",
          "1.7976931348623159e308",
          "2e308",
          "5e-324",
          "2e-324",
          "4.9e-324",
          "2.4703282292062327e-324",
          "2.4703282292062328e-324",
          "3.4028235e38",
          "3.4028236e38",
          "1e39",
          "1e-45",
          "7e-46",
          "1.4e-45",
          "1.17549435e-38",
          "0.1",
          "16777217",
          "9007199254740993",
          "1e23",
          "8.5e-7",
          "123456789012345678",
          "1e15",
          "1e16",
          "1e-5",
          "1e-4",
          "100000",
          "999999.5",
          "1000000",
          "99999999.995",
          "9.995",
          "0.005",
          "-0.005",
          "1e131071",
          "1e131072",
          "1e-16383",
          "1e-16384",
          "0e99999",
          "0e-20000",
          "1e1000000",
          "1e-1000000",
          "1e2147483647",
          "1e2147483648",
          "1e-2147483648",
          "1e99999999999",
          "NaN",
          "nan",
          "NAN",
          "Infinity",
          "infinity",
          "inf",
          "INF",
          "infinit",
          "infinityx",
          "nan(1)",
          "nan(x",
          "0x1p3",
          "0x1.8p1",
          "0x.8",
          "0x1.8",
          "0x1p-1074",
          "0x1p-1075",
          "0x1p1024",
          "1_000",
          "1__000",
          "_1",
          "1_",
          "0x_1F",
          "0x_",
          "0x",
          "0o_7",
          "0b_1",
          "0b",
          "0o8",
          "0b2",
          "1_0.5_5",
          "1_.5",
          "1._5",
          "1e1_0",
          "1_e10",
          "017",
          "08",
          "1.",
          ".5",
          ".",
          "",
          "-",
          "+",
          "1e",
          "1e+",
          "e5",
          "1.5e3",
          "1E3",
          "1d",
          "1f",
          "0x1F",
          "0X1f",
          "1,000",
          "1 000",
          "--1",
          "+-1",
          "- 1",
          "1-");

  NumberGrammar(long seed) {
    super(seed);
  }

  @Override
  String good() {
    String sign = one("", "", "", "-", "+", "- ", " -");
    return padded(sign + magnitude());
  }

  private String padded(String number) {
    return oneIn(6) ? one(" ", "\t", "\n ", "") + number + one(" ", "  ", "\t", "\n") : number;
  }

  private String magnitude() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> one(LIMITS);
      case 2 -> one("0x", "0X") + digits(1 + random.nextInt(9), 16);
      case 3 -> one("0o", "0O") + digits(1 + random.nextInt(9), 8);
      case 4 -> one("0b", "0B") + digits(1 + random.nextInt(20), 2);
      case 5 -> grouped();
      case 6 -> digits(1 + random.nextInt(4), 10) + exponent();
      case 7 -> digits(1 + random.nextInt(20), 10) + "." + digits(random.nextInt(20), 10);
      case 8 -> "." + digits(1 + random.nextInt(8), 10) + (oneIn(2) ? exponent() : "");
      case 9 -> digits(1, 10) + "." + digits(1 + random.nextInt(18), 10) + exponent();
      default -> digits(1 + random.nextInt(oneIn(3) ? 22 : 6), 10);
    };
  }

  private String grouped() {
    StringBuilder number = new StringBuilder(digits(1 + random.nextInt(3), 10));
    for (int i = random.nextInt(4); i > 0; i--) {
      number.append(oneIn(9) ? "__" : "_").append(digits(3, 10));
    }
    return number.append(oneIn(4) ? "." + digits(2, 10) + "_" + digits(1, 10) : "").toString();
  }

  private String exponent() {
    int most = oneIn(4) ? 400 : 30;
    return one("e", "E") + one("", "+", "-") + random.nextInt(most);
  }
}
