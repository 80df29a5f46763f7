// One sample: products of matrices, whose rows are what is repeated, say for each token of a document.
// Numbers of the matrix that is shared are loaded once for several rows.
#include "Dispatch.h"
#include "LeibnizKernels.h"
#include "Totals.h"

// Eight rows at once, whose dot products with x run along the columns.
INLINE void affine_rows(
    double *y, ptrdiff_t rows, ptrdiff_t columns, const double *w, ptrdiff_t row, const double *x,
    const double *bias, ptrdiff_t biass, int accumulates) {
  ptrdiff_t whole = columns / 8 * 8;
  ptrdiff_t i = 0;
  for (; i + 8 <= rows; i += 8) {
    lanes8 sums[8] = {{0}};
    for (ptrdiff_t j = 0; j < whole; j += 8) {
      lanes8 input = LOAD(x + j);
      for (int r = 0; r < 8; r++) sums[r] += LOAD(w + (i + r) * row + j) * input;
    }
    lanes8 total = TOTALS(sums);
    STORE(y + i) = accumulates ? LOAD(y + i) + total : total;
    if (!bias && whole == columns) continue;
    for (int r = 0; r < 8; r++) {
      double rest = bias ? bias[(i + r) * biass] : 0;
      for (ptrdiff_t j = whole; j < columns; j++) rest += w[(i + r) * row + j] * x[j];
      y[i + r] += rest;
    }
  }
  for (; i < rows; i++) {
    double sum = bias ? bias[i * biass] : 0;
    lanes8 sums = {0};
    for (ptrdiff_t j = 0; j < whole; j += 8) sums += LOAD(w + i * row + j) * LOAD(x + j);
    if (whole > 0) sum += TOTAL(sums);
    for (ptrdiff_t j = whole; j < columns; j++) sum += w[i * row + j] * x[j];
    y[i] = accumulates ? y[i] + sum : sum;
  }
}

// Eight rows of w as columns, so that a number of x meets eight weights that are neighbours.
INLINE void transpose8(double *panel, ptrdiff_t columns, const double *w, ptrdiff_t row) {
  ptrdiff_t j = 0;
  for (; j + 8 <= columns; j += 8) {
    lanes8 v[8], u[8];
    for (int r = 0; r < 8; r++) v[r] = LOAD(w + r * row + j);
    for (int r = 0; r < 8; r += 2) {
      u[r] = PICK(v[r], v[r + 1], 0, 8, 2, 10, 4, 12, 6, 14);
      u[r + 1] = PICK(v[r], v[r + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    for (int r = 0; r < 8; r += 4)
      for (int s = 0; s < 2; s++) {
        v[r + s] = PICK(u[r + s], u[r + s + 2], 0, 1, 8, 9, 4, 5, 12, 13);
        v[r + s + 2] = PICK(u[r + s], u[r + s + 2], 2, 3, 10, 11, 6, 7, 14, 15);
      }
    for (int s = 0; s < 4; s++) {
      STORE(panel + 8 * (j + s)) = PICK(v[s], v[s + 4], 0, 1, 2, 3, 8, 9, 10, 11);
      STORE(panel + 8 * (j + s + 4)) = PICK(v[s], v[s + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
  }
  for (; j < columns; j++)
    for (int r = 0; r < 8; r++) panel[8 * j + r] = w[r * row + j];
}

// Eight results each for T repeats.
#define PANEL_BLOCK(T)                                                           \
  {                                                                              \
    lanes8 sum[T];                                                               \
    for (int t = 0; t < T; t++)                                                  \
      sum[t] = accumulates || j > 0 ? LOAD(y + (p + t) * yp + i) : start;        \
    for (ptrdiff_t k = 0; k < width; k++) {                                      \
      lanes8 weights = LOAD(panel + 8 * k);                                      \
      for (int t = 0; t < T; t++) sum[t] += x[(p + t) * xp + j + k] * weights;   \
    }                                                                            \
    for (int t = 0; t < T; t++) STORE(y + (p + t) * yp + i) = sum[t];            \
  }

VERSIONS void leibniz_affine1(
    double *y, ptrdiff_t yp, ptrdiff_t repeats, ptrdiff_t rows, ptrdiff_t columns, const double *w,
    ptrdiff_t wp, ptrdiff_t row, const double *x, ptrdiff_t xp, const double *bias, ptrdiff_t bp,
    ptrdiff_t biass, int accumulates) {
  enum { most = 64 };
  ptrdiff_t i = 0;
  // From three repeats on, the weights are turned round once for all.
  if (repeats > 2 && wp == 0 && bp == 0 && yp != 0) {
    double panel[8 * most];
    for (; i + 8 <= rows; i += 8) {
      lanes8 start = {0};
      if (bias)
        for (int r = 0; r < 8; r++) start[r] = bias[(i + r) * biass];
      for (ptrdiff_t j = 0; j < columns; j += most) {
        ptrdiff_t width = columns - j < most ? columns - j : most;
        transpose8(panel, width, w + i * row + j, row);
        ptrdiff_t p = 0;
        for (; p + 6 <= repeats; p += 6) PANEL_BLOCK(6)
        for (; p + 3 <= repeats; p += 3) PANEL_BLOCK(3)
        for (; p < repeats; p++) PANEL_BLOCK(1)
      }
    }
  }
  if (i == rows) return;
  for (ptrdiff_t p = 0; p < repeats; p++)
    affine_rows(
        y + p * yp + i, rows - i, columns, w + p * wp + i * row, row, x + p * xp,
        bias ? bias + p * bp + i * biass : 0, biass, accumulates || (p > 0 && yp == 0));
}

// P rows of results × V vectors of columns.
#define PRODUCT_BLOCK(P, V)                                                      \
  {                                                                              \
    lanes8 sum[P][V];                                                            \
    for (int r = 0; r < P; r++)                                                  \
      for (int v = 0; v < V; v++)                                                \
        sum[r][v] = accumulates ? LOAD(c + (p + r) * cp + j + 8 * v) : (lanes8){0};                \
    for (ptrdiff_t k = 0; k < inner; k++)                                        \
      for (int r = 0; r < P; r++) {                                              \
        double factor = a[(p + r) * as.row + k * as.column];                     \
        for (int v = 0; v < V; v++) sum[r][v] += factor * LOAD(b + k * bk + j + 8 * v);            \
      }                                                                          \
    for (int r = 0; r < P; r++)                                                  \
      for (int v = 0; v < V; v++) STORE(c + (p + r) * cp + j + 8 * v) = sum[r][v];                 \
  }

// One row of results, V vectors of columns; the sums over odd k stay apart, for an addition waits for
// the one before.
#define PRODUCT_ROW(V)                                                           \
  {                                                                              \
    lanes8 even[V], odd[V];                                                      \
    for (int v = 0; v < V; v++)                                                  \
      even[v] = accumulates ? LOAD(c + p * cp + j + 8 * v) : (lanes8){0};        \
    for (int v = 0; v < V; v++) odd[v] = (lanes8){0};                            \
    const double *factors = a + p * as.row;                                      \
    ptrdiff_t k = 0;                                                             \
    for (; k + 2 <= inner; k += 2) {                                             \
      const double *numbers = b + k * bk + j;                                    \
      for (int v = 0; v < V; v++) even[v] += factors[k * as.column] * LOAD(numbers + 8 * v);       \
      for (int v = 0; v < V; v++)                                                \
        odd[v] += factors[(k + 1) * as.column] * LOAD(numbers + bk + 8 * v);     \
    }                                                                            \
    if (k < inner)                                                               \
      for (int v = 0; v < V; v++)                                                \
        even[v] += factors[k * as.column] * LOAD(b + k * bk + j + 8 * v);        \
    for (int v = 0; v < V; v++) STORE(c + p * cp + j + 8 * v) = even[v] + odd[v];                  \
  }

VERSIONS void leibniz_product1(
    double *c, ptrdiff_t cp, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t inner, const double *a,
    leibniz_strides as, const double *b, ptrdiff_t bk, int accumulates) {
  ptrdiff_t p = 0;
  for (; p + 4 <= rows; p += 4) {
    ptrdiff_t j = 0;
    for (; j + 16 <= columns; j += 16) PRODUCT_BLOCK(4, 2)
    for (; j + 8 <= columns; j += 8) PRODUCT_BLOCK(4, 1)
  }
  for (; p < rows; p++) {
    ptrdiff_t j = 0;
    for (; j + 32 <= columns; j += 32) PRODUCT_ROW(4)
    for (; j + 16 <= columns; j += 16) PRODUCT_ROW(2)
    for (; j + 8 <= columns; j += 8) PRODUCT_ROW(1)
  }
  // What is left of the columns: four, then one by one.
  ptrdiff_t whole = columns / 8 * 8;
  if (whole == columns) return;
  for (p = 0; p < rows; p++) {
    const double *factors = a + p * as.row;
    ptrdiff_t j = whole;
    if (j + 4 <= columns) {
      lanes4 *place = (lanes4 *)(c + p * cp + j);
      lanes4 sum = accumulates ? *place : (lanes4){0};
      for (ptrdiff_t k = 0; k < inner; k++)
        sum += factors[k * as.column] * *(const lanes4 *)(b + k * bk + j);
      *place = sum;
      j += 4;
    }
    for (; j < columns; j++) {
      double sum = accumulates ? c[p * cp + j] : 0;
      for (ptrdiff_t k = 0; k < inner; k++) sum += factors[k * as.column] * b[k * bk + j];
      c[p * cp + j] = sum;
    }
  }
}
