// Products of a matrix that all lanes share with vectors of lanes, and the products of such vectors
// that are added up to a matrix. Each loop keeps a block of results in registers, so that a number
// loaded is used several times.
#include "Dispatch.h"
#include "LeibnizKernels.h"

#define TOTAL(v) (((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7])))

// The totals of eight vectors at once, by adding neighbours, then pairs, then halves: TOTAL of each.
#define PICK(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#define PAIRS(a, b)                                                              \
  (PICK(a, b, 0, 8, 2, 10, 4, 12, 6, 14) + PICK(a, b, 1, 9, 3, 11, 5, 13, 7, 15))
#define FOURS(a, b)                                                              \
  (PICK(a, b, 0, 1, 8, 9, 4, 5, 12, 13) + PICK(a, b, 2, 3, 10, 11, 6, 7, 14, 15))
#define EIGHTS(a, b)                                                             \
  (PICK(a, b, 0, 1, 2, 3, 8, 9, 10, 11) + PICK(a, b, 4, 5, 6, 7, 12, 13, 14, 15))
#define TOTALS(v)                                                                \
  EIGHTS(                                                                        \
      FOURS(PAIRS(v[0], v[1]), PAIRS(v[2], v[3])),                               \
      FOURS(PAIRS(v[4], v[5]), PAIRS(v[6], v[7])))

// One lane, columns that are neighbours: the dot products run along the columns, eight rows at once.

VERSIONS void leibniz_affine1(
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

// C vectors of columns from j on; their sums stay in registers, those of odd rows apart.
#define TRANSPOSED1_BLOCK(C)                                                     \
  {                                                                              \
    lanes8 even[C], odd[C];                                                      \
    for (int c = 0; c < C; c++)                                                  \
      even[c] = accumulates ? LOAD(y + j + 8 * c) : (lanes8){0};                 \
    for (int c = 0; c < C; c++) odd[c] = (lanes8){0};                            \
    ptrdiff_t i = 0;                                                             \
    for (; i + 2 <= rows; i += 2) {                                              \
      const double *numbers = w + i * row + j;                                   \
      for (int c = 0; c < C; c++) even[c] += x[i * xs] * LOAD(numbers + 8 * c);  \
      for (int c = 0; c < C; c++) odd[c] += x[(i + 1) * xs] * LOAD(numbers + row + 8 * c);         \
    }                                                                            \
    if (i < rows)                                                                \
      for (int c = 0; c < C; c++) even[c] += x[i * xs] * LOAD(w + i * row + j + 8 * c);            \
    for (int c = 0; c < C; c++) STORE(y + j + 8 * c) = even[c] + odd[c];         \
  }

VERSIONS void leibniz_transposed1(
    double *y, ptrdiff_t columns, ptrdiff_t rows, const double *w, ptrdiff_t row, const double *x,
    ptrdiff_t xs, int accumulates) {
  ptrdiff_t j = 0;
  for (; j + 32 <= columns; j += 32) TRANSPOSED1_BLOCK(4)
  for (; j + 16 <= columns; j += 16) TRANSPOSED1_BLOCK(2)
  for (; j + 8 <= columns; j += 8) TRANSPOSED1_BLOCK(1)
  for (; j < columns; j++) {
    double sum = accumulates ? y[j] : 0;
    for (ptrdiff_t i = 0; i < rows; i++) sum += x[i * xs] * w[i * row + j];
    y[j] = sum;
  }
}

// Many lanes: blocks of 4 results × 16 lanes.

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

VERSIONS void leibniz_affine(
    double *y, ptrdiff_t ys, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t lanes, const double *w,
    leibniz_strides ws, const double *x, ptrdiff_t xs, const double *bias, ptrdiff_t biass,
    int accumulates) {
  ptrdiff_t i = 0;
  for (; i + 4 <= rows; i += 4) {
    ptrdiff_t lane = 0;
    for (; lane + 16 <= lanes; lane += 16) AFFINE_BLOCK(4, 2)
    for (; lane < lanes; lane += 8) AFFINE_BLOCK(4, 1)
  }
  for (; i < rows; i++) {
    ptrdiff_t lane = 0;
    for (; lane + 32 <= lanes; lane += 32) AFFINE_BLOCK(1, 4)
    for (; lane < lanes; lane += 8) AFFINE_BLOCK(1, 1)
  }
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
  ptrdiff_t i = 0;
  for (; i + 2 <= rows; i += 2)
    for (ptrdiff_t j = 0; j < whole; j += 8) TOTALS_ROWS(2)
  for (; i < rows; i++)
    for (ptrdiff_t j = 0; j < whole; j += 8) TOTALS_ROWS(1)
  i = 0;
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
