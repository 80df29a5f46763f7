// xʸ = exp(y log x). The error of y log x, which may be 745, is the error of the power: so the logarithm
// is wanted to 2⁻⁶⁵ of its size, as the sum of two numbers.
#include "Elementary.h"

typedef struct {
  double high, low;
} sum;

// a + b for |a| ≥ |b|.
INLINE sum fast_sum(double a, double b) {
  sum s;
  s.high = a + b;
  double rest = a - s.high;
  s.low = rest + b;
  return s;
}

// x with so many of its bits that a product with another such is exact.
#define WITH_BITS(count, x) number(bits(x) & ~(uint64_t)0 << (53 - count))

// log x for a positive x, by 2s + s³ (2/3 + s² P(s²)) with s = f / (f + 2). The quotient is h + l, of
// which h has 17 bits and l makes up for what is left of f; the cube is that of c, which has 11 bits, and
// the rest.
INLINE sum precise_logarithm(double x) {
  split e = split_exponent(x);
  double f = e.f, inverse = 1.0 / (f + 2.0);
  double s = f * inverse, z = s * s, h = WITH_BITS(17, s);
  double f_high = WITH_BITS(36, f);
  double left = f - 2.0 * h;
  left = left - h * f_high;
  left = left - h * (f - f_high);
  double l = left * inverse;

  double c = WITH_BITS(11, h), d = h - c;
  double square = c * c, cube = square * c, more = d * (3 * square + d * (3 * c + d));
  double third = WITH_BITS(20, 2.0 / 3);
  double low = cube * (2.0 / 3 - third + 0x1.5555555555555p-55) + more * (2.0 / 3)
      + s * z * (z * POLYNOMIAL(z, logarithm_fifth_series));
  sum y = fast_sum(2 * h, cube * third);
  sum whole = fast_sum(e.n * LN2_HIGH, y.high);  // exact too where n is 0
  low = low + e.n * LN2_LOW + (whole.low + y.low);
  // (2/3) ((h + l)³ − h³) is l times 2h (h + l) + (2/3) l², for which the rounded l does.
  double slope = 2.0 + 2.0 * h * s + (2.0 / 3) * (s - h) * (s - h);
  return (sum){whole.high, low + l * slope};
}

#define LARGEST 0x1p80  // an exponent as good as infinite, whose halves are finite

// y log |x|; 0 for x = 1, whatever y.
INLINE sum exponent_of(double x, double y) {
  y = x == 1 ? 0 : clamp(y, -LARGEST, LARGEST);
  sum l = precise_logarithm(magnitude(x));
  double l_high = high_half(l.high), l_low = (l.high - l_high) + l.low;
  double y_high = high_half(y), main = y_high * l_high;
  double rest = (y - y_high) * l_high + y * l_low;
  // Beyond ±800 the power is infinite or 0 whatever the rest, which may be too large itself.
  double limited = clamp(main, -800, 800);
  return (sum){limited, limited == main ? rest : 0};
}

// Whether a number that is not negative has no fraction.
INLINE _Bool is_whole(double x) { return x >= 0x1p52 || (x + 0x1p52) - 0x1p52 == x; }

// xʸ from z = |x|ʸ, right for positive finite x.
INLINE double special_power(double x, double y, double z) {
  double size = magnitude(x);
  z = size == 0 || size == INFINITE ? (size == 0) == (y < 0) ? INFINITE : 0 : z;
  _Bool whole = is_whole(magnitude(y)), odd = whole && !is_whole(0.5 * magnitude(y));
  _Bool negative = bits(x) >> 63;
  z = negative && odd ? -z : z;
  z = negative && !whole && size > 0 && size < INFINITE ? __builtin_nan("") : z;
  z = x == x && (y == y || x == 1) ? z : x + y;
  return y == 0 ? 1 : z;
}

// In strips and in two loops, because one iteration of both is too long for a processor to work at several
// at once (2.3 ns for a number, instead of 1.1 and 0.6). Most strips have ordinary numbers alone.
#define STRIP 256
VERSIONS void leibniz_pow(double *z, const double *x, const double *y, ptrdiff_t count) {
  double high[STRIP], low[STRIP];
  for (; count > 0; z += STRIP, x += STRIP, y += STRIP, count -= STRIP) {
    ptrdiff_t length = count < STRIP ? count : STRIP;
    uint64_t some_special = 0;
    EACH(i, length) {
      sum exponent = exponent_of(x[i], y[i]);
      high[i] = exponent.high;
      low[i] = exponent.low;
      some_special |= bits(x[i]) - 1 >= 0x7fefffffffffffff;  // not positive and finite
    }
    if (some_special) {
      EACH(i, length) z[i] = special_power(x[i], y[i], exponential(high[i], low[i]));
    } else {
      EACH(i, length) z[i] = exponential(high[i], low[i]);
    }
  }
}
