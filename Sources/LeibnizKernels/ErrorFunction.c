// erf and erfc, in forms of one piece each: erf x = 1 − exp(−x P(x)); and for erfc, which is wanted
// where it is small, exp(−x²) Q(t) / (1 + 2x) with t = (x − 4) / (x + 4), which takes ¾…∞ to −0.7…1.
#include "Elementary.h"

// erfc x for x ≥ ¾. The square is exact: x = h + l, and exp(−x²) = exp(−h² − l (x + h)).
INLINE double erfc_of_large(double x) {
  double limited = clamp(x, 0.75, 28);
  double h = high_half(limited), l = limited - h;
  reduced e = reduce(-(h * h), -(l * (limited + h)));
  double q = POLYNOMIAL((limited - 4.0) / (limited + 4.0), error_function_complement_series);
  double divisor = 1.0 + 2.0 * limited, lost = 2.0 * limited - divisor;
  lost = lost + 1.0;
  q = q / divisor;
  // What the divisor lost is wanted to one digit: its inverse is about q / 1.2.
  return scale(q + q * (e.r + (curved_part(e) - lost * q * (1 / 1.2))), e.n);
}

INLINE double erf_of_small(double x) { return x + x * POLYNOMIAL(x * x, error_function_series); }

// x P(x), of which the main part is a product of halves and exact, and 1 − exp(−x P(x)) like expm1.
INLINE double erf_of(double x) {
  double size = clamp(magnitude(x), 0, 6);
  double first = high_half(error_exponent_series[0]);
  double rest = long_polynomial(size, error_exponent_series + 1, COUNT(error_exponent_series) - 1);
  rest = rest * size + (error_exponent_series[0] - first);
  double h = high_half(size), main = h * first, more = (size - h) * first + size * rest;
  double exponent = main + more, lost = main - exponent;
  lost = lost + more;
  reduced e = reduce(-exponent, -lost);
  double power = power_of_two(e.n);
  double y = (1.0 - power - power * e.r) - power * curved_part(e);
  return x == 0 ? x : signed_as(y, x);
}

INLINE double erfc_of(double x) {
  double y = erfc_of_large(magnitude(x));
  y = x < 0 ? 2.0 - y : y;
  return magnitude(x) < 0.75 ? 1.0 - erf_of_small(x) : x == x ? y : x;
}

ROW(erf, erf_of)
ROW(erfc, erfc_of)
