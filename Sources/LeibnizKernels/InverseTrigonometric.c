// asin, acos, atan and atan2.
#include "Elementary.h"

#define PI_HIGH 0x1.921fb54442d18p1
#define PI_LOW 0x1.1a62633145c07p-53
// π/4 in two parts; the first has 51 bits, so that three of it are exact.
#define QUARTER_PI_HIGH 0x1.921fb54442d18p-1
#define QUARTER_PI_LOW 0x1.1a62633145c07p-55

// For |x| ≤ ½ arcsin x = x + x³ P(x²); beyond, by the half angle: π/2 − 2 arcsin √((1 − |x|) / 2).
typedef struct {
  _Bool halved;
  double x, rest;  // the arcsine of x is x + rest
} arc;

INLINE arc arcsine_of(double x) {
  double size = magnitude(x);
  arc a;
  a.halved = size > 0.5;
  double z = a.halved ? 0.5 - 0.5 * size : x * x;
  a.x = a.halved ? ROOT(z) : x;
  a.rest = a.x * (z * LONG_POLYNOMIAL(z, arcsine_series));
  return a;
}

INLINE double asin_of(double x) {
  arc a = arcsine_of(x);
  double beyond = PI_HIGH / 2 - (2 * a.x + (2 * a.rest - PI_LOW / 2));
  return a.halved ? signed_as(beyond, x) + (beyond - beyond) : x == 0 ? x : a.x + a.rest;
}

INLINE double acos_of(double x) {
  arc a = arcsine_of(x);
  double within = PI_HIGH / 2 - (a.x + (a.rest - PI_LOW / 2));
  double beyond = 2 * (a.x + a.rest);
  double negative = PI_HIGH - (2 * a.x + (2 * a.rest - PI_LOW));
  return !a.halved ? within : x < 0 ? negative : beyond;
}

// The angle of (x, y): k π/4 ± arctan t with |t| ≤ ½, where t is the quotient of the shorter by the
// longer side, or that of their difference by their sum.
INLINE double atan2_of(double y, double x) {
  double height = magnitude(y), width = magnitude(x);
  _Bool is_steep = height > width, is_left = bits(x) >> 63;
  double a = is_steep ? width : height, b = is_steep ? height : width;
  _Bool both_infinite = a == INFINITE;
  double down = b > 0x1p1000 ? 0.25 : 1;  // keeps the sum finite
  a = both_infinite ? 1 : a * down;
  b = both_infinite ? 1 : b * down;
  _Bool is_diagonal = a > 0.5 * b;
  double top = is_diagonal ? a - b : a, bottom = is_diagonal ? a + b : b;
  double t = top / (bottom == 0 ? 1 : bottom), z = t * t;
  double rest = t * (z * LONG_POLYNOMIAL(z, arctangent_series));
  double k = is_diagonal ? 1 : 0;
  k = is_steep ? 2 - k : k;
  k = is_left ? 4 - k : k;
  double direction = is_steep != is_left ? -1 : 1;
  double angle = k * QUARTER_PI_HIGH + (direction * t + (direction * rest + k * QUARTER_PI_LOW));
  return height == height && width == width ? signed_as(angle, y) : height + width;
}

INLINE double atan_of(double x) { return x == 0 ? x : atan2_of(x, 1); }

ROW(asin, asin_of)
ROW(acos, acos_of)
ROW(atan, atan_of)

VERSIONS void leibniz_atan2(double *z, const double *y, const double *x, ptrdiff_t count) {
  EACH(i, count) z[i] = atan2_of(y[i], x[i]);
}
