// Dot products both of whose factors differ from lane to lane.
#include "Dispatch.h"
#include "LeibnizKernels.h"

VERSIONS void leibniz_dot(
    double *y, long count, long lanes, const double *a, long as, const double *b, long bs) {
  if (lanes == 1) {
    double sum = 0;
    long j = 0;
    if (as == 1 && bs == 1) {
      lanes8 sums = {0};
      for (; j + 8 <= count; j += 8) sums += LOAD(a + j) * LOAD(b + j);
      for (long k = 0; k < 8; k++) sum += sums[k];
    }
    for (; j < count; j++) sum += a[j * as] * b[j * bs];
    *y = sum;
    return;
  }
  for (long lane = 0; lane < lanes; lane += 8) {
    lanes8 sum = {0};
    for (long j = 0; j < count; j++)
      sum += LOAD(a + j * as * lanes + lane) * LOAD(b + j * bs * lanes + lane);
    STORE(y + lane) = sum;
  }
}

VERSIONS void leibniz_dot_by_factor(
    double *abar, long count, long lanes, long as, const double *ybar, const double *b, long bs) {
  if (lanes == 1) {
    double g = *ybar;
    long j = 0;
    if (as == 1 && bs == 1)
      for (; j + 8 <= count; j += 8) STORE(abar + j) += g * LOAD(b + j);
    for (; j < count; j++) abar[j * as] += g * b[j * bs];
    return;
  }
  for (long lane = 0; lane < lanes; lane += 8) {
    lanes8 g = LOAD(ybar + lane);
    for (long j = 0; j < count; j++)
      STORE(abar + j * as * lanes + lane) += g * LOAD(b + j * bs * lanes + lane);
  }
}
