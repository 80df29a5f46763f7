// sin, cos and tan, by x = n π/2 + r with |r| ≤ π/4.
#include "Elementary.h"

// π/2 in four parts. The first three have 33 bits, so that their products with n < 2²⁰ are exact.
#define HALF_PI_1 0x1.921fb54400000p+0
#define HALF_PI_2 0x1.0b4611a600000p-34
#define HALF_PI_3 0x1.3198a2e000000p-69
#define HALF_PI_4 0x1.b839a252049c1p-104

// Larger arguments would need more parts of π; they take the C library's functions, one by one. Declared
// here, because <math.h> is missing where the host of a WebAssembly module provides them.
#define LARGEST 0x1p20
double sin(double x);
double cos(double x);
double tan(double x);

typedef struct {
  double sine, cosine;
  uint64_t n;
} angle;

// The sine and the cosine of r, which is kept as a sum of two numbers: next to a multiple of π/2 all
// leading bits are lost in x − n π/2, and each part of π is subtracted with its rounding error.
INLINE angle reduce_angle(double x) {
  double shifted = x * 0x1.45f306dc9c883p-1 + ROUND;
  double n = shifted - ROUND;
  double a = x - n * HALF_PI_1;
  double second = n * HALF_PI_2;
  double b = a - second;
  double lost = a - b;
  lost = lost - second;
  double third = n * HALF_PI_3;
  double c = b - third;
  double lost_too = b - c;
  lost_too = lost_too - third;
  double rest = lost + (lost_too - n * HALF_PI_4);
  double r = c + rest;
  double low = c - r;
  low = low + rest;

  double z = r * r, half = 0.5 * z, one_less = 1.0 - half;
  angle angle;
  angle.sine = r + (r * z * POLYNOMIAL(z, sine_series) + low * (1.0 - half));
  double lost_square = (1.0 - one_less) - half;
  angle.cosine = one_less + (lost_square + (z * z * POLYNOMIAL(z, cosine_series) - r * low));
  angle.n = bits(shifted) - bits(ROUND);
  return angle;
}

INLINE double negated_if(_Bool condition, double x) { return condition ? -x : x; }

INLINE double sin_of(double x) {
  angle a = reduce_angle(x);
  double y = negated_if(a.n & 2, a.n & 1 ? a.cosine : a.sine);
  return x == 0 ? x : y + (x - x);
}

INLINE double cos_of(double x) {
  angle a = reduce_angle(x);
  return negated_if((a.n + 1) & 2, a.n & 1 ? a.sine : a.cosine) + (x - x);
}

INLINE double tan_of(double x) {
  angle a = reduce_angle(x);
  double y = (a.n & 1 ? -a.cosine : a.sine) / (a.n & 1 ? a.sine : a.cosine);
  return x == 0 ? x : y + (x - x);
}

INLINE _Bool is_large(double x) { return magnitude(x) > LARGEST && magnitude(x) < INFINITE; }

// In strips, so that only the strips with large arguments are slow.
#define STRIP 64
#define PERIODIC_ROW(name)                                                            \
  VERSIONS void leibniz_##name(double *y, const double *x, ptrdiff_t count) {         \
    for (; count > 0; y += STRIP, x += STRIP, count -= STRIP) {                       \
      ptrdiff_t length = count < STRIP ? count : STRIP;                               \
      uint64_t some_large = 0;                                                        \
      EACH(i, length) some_large |= is_large(x[i]);                                   \
      if (some_large) {                                                               \
        for (ptrdiff_t i = 0; i < length; i++)                                        \
          y[i] = is_large(x[i]) ? name(x[i]) : name##_of(x[i]);                       \
      } else {                                                                        \
        EACH(i, length) y[i] = name##_of(x[i]);                                       \
      }                                                                               \
    }                                                                                 \
  }

PERIODIC_ROW(sin)
PERIODIC_ROW(cos)
PERIODIC_ROW(tan)
