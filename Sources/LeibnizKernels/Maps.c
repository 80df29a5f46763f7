// Rows of the primitive table that networks run more often than all others, with registers as wide as
// the machine has. Tests hold each against its row.
#include "Dispatch.h"
#include "LeibnizKernels.h"

VERSIONS void leibniz_relu(double *y, const double *x, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) y[i] = x[i] <= 0 ? 0 : x[i];
}

VERSIONS void leibniz_relu_slope(
    double *r, const double *y, const double *g, ptrdiff_t count, int accumulates) {
  // Nothing that is not a number passes for a slope of 0 or 1.
#define SHARE ((y[i] > 0 ? 1 : y[i] <= 0 ? 0 : y[i]) * g[i])
  if (accumulates)
    for (ptrdiff_t i = 0; i < count; i++) r[i] += SHARE;
  else
    for (ptrdiff_t i = 0; i < count; i++) r[i] = SHARE;
}

VERSIONS void leibniz_sum(
    double *r, const double *a, ptrdiff_t as, const double *b, ptrdiff_t bs, ptrdiff_t count) {
  if (as && bs)
    for (ptrdiff_t i = 0; i < count; i++) r[i] = a[i] + b[i];
  else if (as || bs) {
    const double *many = as ? a : b;
    double one = as ? *b : *a;
    for (ptrdiff_t i = 0; i < count; i++) r[i] = many[i] + one;
  } else
    for (ptrdiff_t i = 0; i < count; i++) r[i] = *a + *b;
}
