// The exponential and the logarithm of eight lanes. Goals, in this order: within 1 unit in the
// last place (expm1: 2); right at infinities, zeros, subnormals and where nothing is a number; no branches.
#include "Dispatch.h"
#include "LeibnizKernels.h"

// Vectors are not passed to functions, which would fix the width of their registers.
#define SPLAT(number) ((lanes8){0} + (number))
#define CHOOSE(mask, a, b) ((lanes8)(((mask) & (bits8)(a)) | (~(mask) & (bits8)(b))))

// ln 2 in two parts; the first has 32 bits, so that its product with a whole number is exact.
#define LN2_HIGH 0x1.62e42fee00000p-1
#define LN2_LOW 0x1.a39ef35793c76p-33
#define ROUND 0x1.8p52  // adding it leaves the nearest whole number in the low bits

// x = n ln 2 + r with |r| ≤ ln 2 / 2, and eˣ = 2ⁿ eʳ. The Taylor series of eʳ to r¹³ is off by
// less than 2⁻⁵⁷; it is summed by Estrin's scheme, in which half of the terms do not wait for the
// others. Leaves p = eʳ − 1 and the whole number n.
#define REDUCE(x)                                                          \
  lanes8 clamped = CHOOSE(x > 710.0, SPLAT(710.0), x);                     \
  clamped = CHOOSE(clamped < -750.0, SPLAT(-750.0), clamped);              \
  lanes8 shifted = clamped * 0x1.71547652b82fep0 + ROUND;                  \
  lanes8 n = shifted - ROUND;                                              \
  lanes8 r = (clamped - n * LN2_HIGH) - n * LN2_LOW;                       \
  lanes8 r2 = r * r, r4 = r2 * r2;                                         \
  lanes8 p = (r * (1.0 / 6227020800) + 1.0 / 479001600) * r2               \
      + (r * (1.0 / 39916800) + 1.0 / 3628800);                            \
  p = p * r4                                                               \
      + ((r * (1.0 / 362880) + 1.0 / 40320) * r2 + (r * (1.0 / 5040) + 1.0 / 720)); \
  p = p * r4 + ((r * (1.0 / 120) + 1.0 / 24) * r2 + (r * (1.0 / 6) + 0.5)); \
  p = p * r2 + r;                                                          \
  bits8 whole = (bits8)shifted - (bits8)SPLAT(ROUND);                      \
  /* 2ⁿ in two factors, so that it neither over- nor underflows on the way. */ \
  bits8 half = whole >> 1;                                                 \
  lanes8 first = (lanes8)((half + 1023) << 52);                            \
  lanes8 second = (lanes8)((whole - half + 1023) << 52);

VERSIONS void leibniz_exp8(double *address) {
  lanes8 x = LOAD(address);
  REDUCE(x)
  STORE(address) = CHOOSE(x == x, (p + 1.0) * first * second, x);
}

// eˣ − 1 = 2ⁿ p + (2ⁿ − 1), or eˣ where 2ⁿ alone would overflow.
VERSIONS void leibniz_expm18(double *address) {
  lanes8 x = LOAD(address);
  REDUCE(x)
  lanes8 result = (p * first) * second + (first * second - 1.0);
  result = CHOOSE(whole > 1023, (p + 1.0) * first * second, result);
  STORE(address) = CHOOSE(x == x, CHOOSE(x == 0.0, x, result), x);
}

// x = 2ⁿ m with √½ ≤ m < √2, and log m = 2 artanh(s) with s = (m − 1) / (m + 1), |s| < 0.1716.
// The series of artanh to s²³ is off by less than 2⁻⁶⁰. With f = m − 1,
// log m = f − (f²/2 − s (f²/2 + R)), which adds small things to small things.
VERSIONS void leibniz_log8(double *address) {
  lanes8 x = LOAD(address);
  bits8 tiny = x < 0x1p-1022;
  lanes8 scaled = CHOOSE(tiny, x * 0x1p54, x);
  bits8 shift = ((bits8)scaled - 0x3fe6a09e667f3bcdLL) >> 52;
  lanes8 m = (lanes8)((bits8)scaled - (shift << 52));
  bits8 whole = shift - (tiny & 54);
  lanes8 n = (lanes8)(whole + 0x4338000000000000LL) - ROUND;
  lanes8 f = m - 1.0, s = f / (m + 1.0), z = s * s;
  lanes8 z2 = z * z, z4 = z2 * z2;
  lanes8 q = z2 * (2.0 / 23) + (z * (2.0 / 21) + 2.0 / 19);
  q = q * z4 + ((z * (2.0 / 17) + 2.0 / 15) * z2 + (z * (2.0 / 13) + 2.0 / 11));
  q = q * z4 + ((z * (2.0 / 9) + 2.0 / 7) * z2 + (z * (2.0 / 5) + 2.0 / 3));
  lanes8 square = 0.5 * (f * f);
  lanes8 y = n * LN2_HIGH - ((square - (s * (square + q * z) + n * LN2_LOW)) - f);
  y = CHOOSE(x == 0.0, SPLAT(-__builtin_inf()), y);
  y = CHOOSE(x == __builtin_inf(), x, y);
  STORE(address) = CHOOSE(x >= 0.0, y, SPLAT(__builtin_nan("")));
}
