// log, log1p and the inverse hyperbolic functions, which are logarithms of 1 + a.
#include "Elementary.h"

INLINE double log_of(double x) {
  double y = logarithm(x, 0, 0);
  y = x == 0 ? -INFINITE : x == INFINITE ? x : y;
  return x >= 0 ? y : __builtin_nan("");
}

// log(1 + a + rest) for a > −1: the logarithm of u = 1 + a, put right by what rounding took from u.
INLINE double log_of_one_plus(double a, double rest, double extra) {
  double u = 1.0 + a;
  double low = a < 1.0 ? a - (u - 1.0) : 1.0 - (u - a);
  return logarithm(u, (low + rest) / u, extra);
}

INLINE double log1p_of(double x) {
  double y = log_of_one_plus(x, 0, 0);
  y = x == -1 ? -INFINITE : x == INFINITE || x == 0 ? x : y;
  return x >= -1 ? y : __builtin_nan("");
}

// log(1 + a) with a = |x| + x² / (1 + √(1 + x²)); for large x, log x + log 2.
INLINE double asinh_of(double x) {
  double size = magnitude(x);
  _Bool large = size > 0x1p28;
  double limited = large ? 1 : size, square = limited * limited;
  double more = square / (1.0 + ROOT(1.0 + square)), a = limited + more;
  double rest = limited - a;
  rest = rest + more;
  double y = log_of_one_plus(large ? size - 1.0 : a, large ? 0 : rest, large ? 1 : 0);
  return size > 0 && size < INFINITE ? signed_as(y, x) : x;
}

// log(1 + a) with a = √(2t + t²) + t and t = x − 1; for large x, log x + log 2.
INLINE double acosh_of(double x) {
  _Bool large = x > 0x1p28;
  double t = large ? 1 : x - 1.0;
  double root = ROOT(t * t + 2 * t), a = root + t;
  double rest = root - a;
  rest = rest + t;
  double y = log_of_one_plus(large ? x - 1.0 : a, large ? 0 : rest, large ? 1 : 0);
  y = x == INFINITE ? x : y;
  return x > 1 ? y : x == 1 ? 0 : __builtin_nan("");
}

// ½ log(1 + 2x / (1 − x)).
INLINE double atanh_of(double x) {
  double size = magnitude(x);
  double y = 0.5 * log_of_one_plus(2 * size / (1.0 - size), 0, 0);
  y = size == 1 ? INFINITE : y;
  return size <= 1 ? x == 0 ? x : signed_as(y, x) : __builtin_nan("");
}

ROW(log, log_of)
ROW(log1p, log1p_of)
ROW(asinh, asinh_of)
ROW(acosh, acosh_of)
ROW(atanh, atanh_of)
