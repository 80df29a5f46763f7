#include "Dispatch.h"
#include "LeibnizKernels.h"

// Four pivots in one sweep over the rest, whose rows are longer than the first-level cache.
VERSIONS void leibniz_subtract_squares(double *f, ptrdiff_t size, ptrdiff_t pivots) {
  for (ptrdiff_t first = 0; first < pivots; first += 4) {
    ptrdiff_t count = pivots - first < 4 ? pivots - first : 4;
    const double *u = f + first * size;
    for (ptrdiff_t i = pivots; i < size; i++) {
      double *restrict r = f + i * size;
      const double *u0 = u, *u1 = u + size, *u2 = u + 2 * size, *u3 = u + 3 * size;
      double a = u0[i];
      if (count == 4) {
        double b = u1[i], c = u2[i], d = u3[i];
        for (ptrdiff_t j = i; j < size; j++) r[j] -= a * u0[j] + b * u1[j] + c * u2[j] + d * u3[j];
      } else if (count == 3) {
        double b = u1[i], c = u2[i];
        for (ptrdiff_t j = i; j < size; j++) r[j] -= a * u0[j] + b * u1[j] + c * u2[j];
      } else if (count == 2) {
        double b = u1[i];
        for (ptrdiff_t j = i; j < size; j++) r[j] -= a * u0[j] + b * u1[j];
      } else {
        for (ptrdiff_t j = i; j < size; j++) r[j] -= a * u0[j];
      }
    }
  }
}
