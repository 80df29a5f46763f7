// exp, expm1 and the hyperbolic functions, by x = n ln 2 + r and eˣ = 2ⁿ eʳ. With S = sinh r and
// C = cosh r − 1, sinh x and cosh x are sums of S, C and 2ⁿ ± 2⁻ⁿ that do not cancel.
#include "Elementary.h"

INLINE double exp_of(double x) { return exponential(clamp(x, -750, 710), -0.0); }

// (2ⁿ − 1) + 2ⁿ (eʳ − 1), or eˣ where 2ⁿ alone would overflow.
INLINE double expm1_of(double x) {
  double limited = clamp(x, -50, 710);
  reduced e = reduce(limited, -0.0);
  double p = curved_part(e);
  double power = power_of_two(limited > 709 ? 1023 : e.n);
  double small = (power - 1.0 + power * e.r) + power * p;
  double large = scale(1.0 + (e.r + p), e.n);
  return x == 0 ? x : limited > 709 ? large : small;
}

// (2ⁿ + 2⁻ⁿ) / 4 and (2ⁿ − 2⁻ⁿ) / 4: half of what the functions need, so that n may be 1025.
typedef struct {
  double cosh, sinh;
} powers;

INLINE powers half_powers(uint64_t n) {
  double up = power_of_two(n - 2), down = power_of_two((n < 1000 ? 0 - n : (uint64_t)-1000) - 2);
  return (powers){up + down, up - down};
}

// Half of sinh x and of cosh x for 0 ≤ x ≤ 710.5, beyond which both are infinite.
INLINE powers half_functions(double x) {
  reduced e = reduce(x, -0.0);
  powers p = half_powers(e.n);
  double z = e.r * e.r;
  double curved_sinh = e.r * z * POLYNOMIAL(z, hyperbolic_sine_series) + e.rest;
  double curved_cosh = z * (0.5 + z * POLYNOMIAL(z, hyperbolic_cosine_series));
  double sinh = p.sinh + (e.r * p.cosh + (curved_sinh * p.cosh + curved_cosh * p.sinh));
  double cosh = p.cosh + (e.r * p.sinh + (curved_sinh * p.sinh + curved_cosh * p.cosh));
  return (powers){cosh, sinh};
}

INLINE double sinh_of(double x) {
  double y = half_functions(clamp(magnitude(x), 0, 710.5)).sinh;
  return x == 0 ? x : signed_as(y + y, x);
}

INLINE double cosh_of(double x) {
  double y = half_functions(clamp(magnitude(x), 0, 710.5)).cosh;
  return y + y;
}

// q = t / d with t = e²ˣ − 1 and d = t + 2. What rounding takes from t and d is put back, by 1/d, which
// is (1 − q) / 2.
INLINE double tanh_of(double x) {
  reduced e = reduce(clamp(2 * magnitude(x), 0, 44), -0.0);
  double power = power_of_two(e.n);
  double most = power - 1.0 + power * e.r, more = power * curved_part(e);
  double t = most + more, lost = most - t;
  lost = lost + more;
  double d = 2.0 + t, lost_too = t < 2 ? 2.0 - d : t - d;
  lost_too = lost_too + (t < 2 ? t : 2.0);
  double q = t / d, inverse = 0.5 * (1.0 - q);
  return x == 0 ? x : signed_as(q + inverse * (lost - q * (lost + lost_too)), x);
}

ROW(exp, exp_of)
ROW(expm1, expm1_of)
ROW(sinh, sinh_of)
ROW(cosh, cosh_of)
ROW(tanh, tanh_of)
