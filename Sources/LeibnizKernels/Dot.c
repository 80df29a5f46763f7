// Dot products both of whose factors differ from lane to lane.
#include "Dispatch.h"
#include "LeibnizKernels.h"

// One lane.

INLINE double dot1(ptrdiff_t count, const double *a, ptrdiff_t as, const double *b, ptrdiff_t bs) {
  double sum = 0;
  ptrdiff_t j = 0;
  if (as == 1 && bs == 1) {
    lanes8 sums = {0};
    for (; j + 8 <= count; j += 8) sums += LOAD(a + j) * LOAD(b + j);
    for (ptrdiff_t k = 0; k < 8; k++) sum += sums[k];
  }
  for (; j < count; j++) sum += a[j * as] * b[j * bs];
  return sum;
}

INLINE void dot1_by_factor(
    double *abar, ptrdiff_t count, ptrdiff_t as, double g, const double *b, ptrdiff_t bs) {
  ptrdiff_t j = 0;
  if (as == 1 && bs == 1)
    for (; j + 8 <= count; j += 8) STORE(abar + j) += g * LOAD(b + j);
  for (; j < count; j++) abar[j * as] += g * b[j * bs];
}

VERSIONS void leibniz_dot(
    double *y, ptrdiff_t rows, ptrdiff_t count, ptrdiff_t lanes, const double *a,
    leibniz_strides as, const double *b, leibniz_strides bs) {
  if (lanes == 1) {
    for (ptrdiff_t i = 0; i < rows; i++)
      y[i] = dot1(count, a + i * as.row, as.column, b + i * bs.row, bs.column);
    return;
  }
  for (ptrdiff_t i = 0; i < rows; i++)
    for (ptrdiff_t lane = 0; lane < lanes; lane += 8) {
      const double *first = a + i * as.row * lanes + lane, *second = b + i * bs.row * lanes + lane;
      lanes8 sum = {0};
      for (ptrdiff_t j = 0; j < count; j++)
        sum += LOAD(first + j * as.column * lanes) * LOAD(second + j * bs.column * lanes);
      STORE(y + i * lanes + lane) = sum;
    }
}

VERSIONS void leibniz_dot_by_factor(
    double *abar, ptrdiff_t rows, ptrdiff_t count, ptrdiff_t lanes, leibniz_strides as,
    const double *ybar, const double *b, leibniz_strides bs) {
  if (lanes == 1) {
    for (ptrdiff_t i = 0; i < rows; i++)
      dot1_by_factor(abar + i * as.row, count, as.column, ybar[i], b + i * bs.row, bs.column);
    return;
  }
  for (ptrdiff_t i = 0; i < rows; i++)
    for (ptrdiff_t lane = 0; lane < lanes; lane += 8) {
      double *first = abar + i * as.row * lanes + lane;
      const double *second = b + i * bs.row * lanes + lane;
      lanes8 g = LOAD(ybar + i * lanes + lane);
      for (ptrdiff_t j = 0; j < count; j++)
        STORE(first + j * as.column * lanes) += g * LOAD(second + j * bs.column * lanes);
    }
}

VERSIONS void leibniz_add(double *sums, const double *numbers, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) sums[i] += numbers[i];
}
