// Many lanes: products of a matrix that they share with vectors of lanes, and the products of such
// vectors that are added up to a matrix. Each loop keeps a block of results in registers, so that a number
// loaded is used several times.
#include "Dispatch.h"
#include "LeibnizKernels.h"
#include "Totals.h"

#define AFFINE_BLOCK(R, V)                                                       \
  {                                                                              \
    lanes8 sum[R][V];                                                            \
    for (int r = 0; r < R; r++)                                                  \
      for (int v = 0; v < V; v++)                                                \
        sum[r][v] = accumulates ? LOAD(y + (i + r) * ys * lanes + lane + 8 * v)  \
                                : (lanes8){0} + (bias ? bias[(i + r) * biass] : 0.0);              \
    for (ptrdiff_t j = 0; j < columns; j++) {                                    \
      const double *input = x + j * xs * lanes + lane;                           \
      const double *weight = w + i * ws.row + j * ws.column;                     \
      for (int r = 0; r < R; r++)                                                \
        for (int v = 0; v < V; v++) sum[r][v] += weight[r * ws.row] * LOAD(input + 8 * v);         \
    }                                                                            \
    for (int r = 0; r < R; r++)                                                  \
      for (int v = 0; v < V; v++) STORE(y + (i + r) * ys * lanes + lane + 8 * v) = sum[r][v];      \
  }

// Blocks of R results × V vectors of lanes: those lanes of x meet all rows of w while they are in the
// first-level cache.
#define AFFINE(R, V)                                                             \
  for (; lane + 8 * V <= lanes; lane += 8 * V) {                                 \
    ptrdiff_t i = 0;                                                             \
    for (; i + R <= rows; i += R) AFFINE_BLOCK(R, V)                             \
    for (; i < rows; i++) AFFINE_BLOCK(1, V)                                     \
  }

VERSIONS void leibniz_affine(
    double *y, ptrdiff_t ys, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t lanes, const double *w,
    leibniz_strides ws, const double *x, ptrdiff_t xs, const double *bias, ptrdiff_t biass,
    int accumulates) {
  ptrdiff_t lane = 0;
  // 16 sums fit into 32 registers of eight lanes; sixteen registers of four hold 4 sums.
  if (HAS_WIDE_REGISTERS) AFFINE(4, 4)
  AFFINE(4, 1)
}

#define TOTALS_BLOCK(R, C)                                                       \
  {                                                                              \
    lanes8 sum[R][C];                                                            \
    for (int r = 0; r < R; r++)                                                  \
      for (int c = 0; c < C; c++) sum[r][c] = (lanes8){0};                       \
    for (ptrdiff_t lane = 0; lane < lanes; lane += 8)                            \
      for (int r = 0; r < R; r++) {                                              \
        lanes8 g = LOAD(a + (i + r) * as * lanes + lane);                        \
        for (int c = 0; c < C; c++) sum[r][c] += g * LOAD(b + (j + c) * bs * lanes + lane);        \
      }                                                                          \
    for (int r = 0; r < R; r++)                                                  \
      for (int c = 0; c < C; c++) y[(i + r) * ys.row + (j + c) * ys.column] += TOTAL(sum[r][c]);   \
  }

// R rows of eight neighbouring columns, whose totals are added as vectors.
#define TOTALS_ROWS(R)                                                           \
  {                                                                              \
    lanes8 sum[R][8];                                                            \
    for (int r = 0; r < R; r++)                                                  \
      for (int c = 0; c < 8; c++) sum[r][c] = (lanes8){0};                       \
    for (ptrdiff_t lane = 0; lane < lanes; lane += 8)                            \
      for (int c = 0; c < 8; c++) {                                              \
        lanes8 input = LOAD(b + (j + c) * bs * lanes + lane);                    \
        for (int r = 0; r < R; r++) sum[r][c] += LOAD(a + (i + r) * as * lanes + lane) * input;    \
      }                                                                          \
    for (int r = 0; r < R; r++) STORE(y + (i + r) * ys.row + j) += TOTALS(sum[r]);                 \
  }

VERSIONS void leibniz_outer_totals(
    double *y, leibniz_strides ys, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t lanes,
    const double *a, ptrdiff_t as, const double *b, ptrdiff_t bs) {
  ptrdiff_t whole = ys.column == 1 ? columns / 8 * 8 : 0;
  // The eight columns stay in the first-level cache for all rows.
  for (ptrdiff_t j = 0; j < whole; j += 8) {
    ptrdiff_t i = 0;
    if (HAS_WIDE_REGISTERS)
      for (; i + 3 <= rows; i += 3) TOTALS_ROWS(3)
    for (; i < rows; i++) TOTALS_ROWS(1)
  }
  if (whole == columns) return;
  ptrdiff_t i = 0;
  for (; i + 4 <= rows; i += 4) {
    ptrdiff_t j = whole;
    for (; j + 4 <= columns; j += 4) TOTALS_BLOCK(4, 4)
    for (; j < columns; j++) TOTALS_BLOCK(4, 1)
  }
  for (; i < rows; i++) {
    ptrdiff_t j = whole;
    for (; j + 4 <= columns; j += 4) TOTALS_BLOCK(1, 4)
    for (; j < columns; j++) TOTALS_BLOCK(1, 1)
  }
}
