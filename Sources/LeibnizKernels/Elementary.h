// What the elementary functions of rows share. Each is a function of one number without branches, which
// the compiler turns into vectors of the widest registers; so a row of eight takes the vector
// loop, and the last numbers of a row that is no multiple of eight take scalar instructions with equal bits.
//
// Products and sums within an expression may be fused, and are wherever the machine can. What must not be
// (errors of rounding, which are found by undoing an operation) stands in statements of its own.
#ifndef LEIBNIZ_ELEMENTARY_H
#define LEIBNIZ_ELEMENTARY_H

#include <stdint.h>
#include "Coefficients.h"
#include "Dispatch.h"
#include "LeibnizKernels.h"

// y(i) = f(x(i)) for a row; y may be x itself.
#define EACH(i, count)                                                                 \
  _Pragma("clang loop vectorize(assume_safety) vectorize_width(8) interleave_count(1)") \
  for (ptrdiff_t i = 0; i < count; i++)
#define ROW(name, f)                                                                  \
  VERSIONS void leibniz_##name(double *y, const double *x, ptrdiff_t count) {         \
    EACH(i, count) y[i] = f(x[i]);                                                    \
  }

#define INFINITE __builtin_inf()
#define ROOT(x) __builtin_elementwise_sqrt(x)  // unlike sqrt, sets no error number
#define COUNT(array) ((int)(sizeof array / sizeof *array))
#define POLYNOMIAL(x, coefficients) polynomial(x, coefficients, COUNT(coefficients))
#define LONG_POLYNOMIAL(x, coefficients) long_polynomial(x, coefficients, COUNT(coefficients))

INLINE uint64_t bits(double x) {
  union { double number; uint64_t bits; } both = {.number = x};
  return both.bits;
}

INLINE double number(uint64_t bits) {
  union { uint64_t bits; double number; } both = {.bits = bits};
  return both.number;
}

INLINE double magnitude(double x) { return number(bits(x) & INT64_MAX); }

// |x| with the sign of s.
INLINE double signed_as(double x, double s) {
  return number((bits(x) & INT64_MAX) | (bits(s) & ~(uint64_t)INT64_MAX));
}

// x with as many bits as make its square exact.
INLINE double high_half(double x) { return number(bits(x) & 0xfffffffff8000000); }

// Σ cᵢ xⁱ, by Horner's rule.
INLINE double polynomial(double x, const double *c, int count) {
  double sum = c[count - 1];
  for (int i = count - 2; i >= 0; i--) sum = sum * x + c[i];
  return sum;
}

// The terms first, first + 4, … of a polynomial, as one of x⁴.
INLINE double every_fourth(double fourth, const double *c, int first, int count) {
  int last = first + (count - 1 - first) / 4 * 4;
  double sum = c[last];
  for (int i = last - 4; i >= first; i -= 4) sum = sum * fourth + c[i];
  return sum;
}

// Σ cᵢ xⁱ for many terms, as four sums that do not wait for each other.
INLINE double long_polynomial(double x, const double *c, int count) {
  double square = x * x, fourth = square * square;
  double high = every_fourth(fourth, c, 2, count) + every_fourth(fourth, c, 3, count) * x;
  return high * square + (every_fourth(fourth, c, 0, count) + every_fourth(fourth, c, 1, count) * x);
}

// ln 2 in two parts; the first has 32 bits, so that its product with a whole number is exact.
#define LN2_HIGH 0x1.62e42fee00000p-1
#define LN2_LOW 0x1.a39ef35793c76p-33
#define ROUND 0x1.8p52  // adding it leaves the nearest whole number in the low bits

// x = n ln 2 + r + rest with |r| ≤ ln 2 / 2 and a rest below the last place of r.
typedef struct {
  double r, rest;
  uint64_t n;  // in two's complement
} reduced;

// The reduction of x + rest, where |x| < 2000 and |rest| < 0.2. Without a rest, −0 costs nothing.
INLINE reduced reduce(double x, double rest) {
  double shifted = (x + rest) * 0x1.71547652b82fep0 + ROUND;
  double n = shifted - ROUND;
  double high = x - n * LN2_HIGH, low = n * LN2_LOW;
  double before = high - low;
  reduced e;
  e.r = before + rest;
  double lost = high - before, lost_too = before - e.r;
  lost = lost - low;
  lost_too = lost_too + rest;
  e.rest = lost + lost_too;
  e.n = bits(shifted) - bits(ROUND);
  return e;
}

// exp(r + rest) − 1 − r.
INLINE double curved_part(reduced e) {
  return e.r * e.r * LONG_POLYNOMIAL(e.r, exponential_series) + e.rest;
}

// 2ⁿ for −1022 ≤ n ≤ 1023.
INLINE double power_of_two(uint64_t n) { return number((n + 1023) << 52); }

// 2ⁿ x for |n| < 2048, by two factors that neither over- nor underflow on the way.
INLINE double scale(double x, uint64_t n) {
  uint64_t half = ((n + 4096) >> 1) - 2048;
  return x * power_of_two(half) * power_of_two(n - half);
}

// x between both, or x where it is not a number.
INLINE double clamp(double x, double least, double most) {
  x = x < least ? least : x;
  return x > most ? most : x;
}

// exp(x + rest), where |x| < 2000 and the rest is small.
INLINE double exponential(double x, double rest) {
  reduced e = reduce(x, rest);
  return scale(1.0 + (e.r + curved_part(e)), e.n);
}

// x = 2ⁿ m with √½ ≤ m < √2 and f = m − 1.
typedef struct {
  double f, n;
} split;

INLINE split split_exponent(double x) {
  _Bool tiny = x < 0x1p-1022;
  double scaled = tiny ? x * 0x1p54 : x;
  // The exponent counts from √½; 2⁶² keeps the difference positive.
  uint64_t shift = (bits(scaled) - 0x3fe6a09e667f3bcd + (1ULL << 62)) >> 52;
  split s;
  s.f = number(bits(scaled) - ((shift - 1024) << 52)) - 1.0;
  s.n = (number(shift + bits(ROUND)) - ROUND) - (tiny ? 1024.0 + 54.0 : 1024.0);
  return s;
}

// log x + rest + extra · log 2 for a positive x and a small rest.
//
// log m = 2 artanh(s) with s = f / (f + 2), |s| < 0.1716, and 2 artanh(s) = 2s + s³ P(s²) =
// f − (f²/2 − s (f²/2 + s² P)), which adds small things to small things.
INLINE double logarithm(double x, double rest, double extra) {
  split e = split_exponent(x);
  double f = e.f, n = e.n + extra;
  double s = f / (f + 2.0), z = s * s;
  double square = 0.5 * f * f;
  double small = s * (square + z * POLYNOMIAL(z, logarithm_series)) + (n * LN2_LOW + rest);
  return n * LN2_HIGH - ((square - small) - f);
}

#endif
