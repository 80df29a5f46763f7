// Dot products both of whose factors differ from lane to lane.
#include "Dispatch.h"
#include "LeibnizKernels.h"

// One lane.

INLINE double dot1(long count, const double *a, long as, const double *b, long bs) {
  double sum = 0;
  long j = 0;
  if (as == 1 && bs == 1) {
    lanes8 sums = {0};
    for (; j + 8 <= count; j += 8) sums += LOAD(a + j) * LOAD(b + j);
    for (long k = 0; k < 8; k++) sum += sums[k];
  }
  for (; j < count; j++) sum += a[j * as] * b[j * bs];
  return sum;
}

INLINE void dot1_by_factor(double *abar, long count, long as, double g, const double *b, long bs) {
  long j = 0;
  if (as == 1 && bs == 1)
    for (; j + 8 <= count; j += 8) STORE(abar + j) += g * LOAD(b + j);
  for (; j < count; j++) abar[j * as] += g * b[j * bs];
}

VERSIONS void leibniz_dot(
    double *y, long rows, long count, long lanes, const double *a, leibniz_strides as,
    const double *b, leibniz_strides bs) {
  if (lanes == 1) {
    for (long i = 0; i < rows; i++)
      y[i] = dot1(count, a + i * as.row, as.column, b + i * bs.row, bs.column);
    return;
  }
  for (long i = 0; i < rows; i++)
    for (long lane = 0; lane < lanes; lane += 8) {
      const double *first = a + i * as.row * lanes + lane, *second = b + i * bs.row * lanes + lane;
      lanes8 sum = {0};
      for (long j = 0; j < count; j++)
        sum += LOAD(first + j * as.column * lanes) * LOAD(second + j * bs.column * lanes);
      STORE(y + i * lanes + lane) = sum;
    }
}

VERSIONS void leibniz_dot_by_factor(
    double *abar, long rows, long count, long lanes, leibniz_strides as, const double *ybar,
    const double *b, leibniz_strides bs) {
  if (lanes == 1) {
    for (long i = 0; i < rows; i++)
      dot1_by_factor(abar + i * as.row, count, as.column, ybar[i], b + i * bs.row, bs.column);
    return;
  }
  for (long i = 0; i < rows; i++)
    for (long lane = 0; lane < lanes; lane += 8) {
      double *first = abar + i * as.row * lanes + lane;
      const double *second = b + i * bs.row * lanes + lane;
      lanes8 g = LOAD(ybar + i * lanes + lane);
      for (long j = 0; j < count; j++)
        STORE(first + j * as.column * lanes) += g * LOAD(second + j * bs.column * lanes);
    }
}
