// Products of a matrix that all lanes share with vectors of lanes. Each loop keeps a block of
// results in registers, so that a number loaded is used several times.
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

// One lane: the dot products run along the columns, eight rows at once.

INLINE void affine1(
    double *y, ptrdiff_t rows, ptrdiff_t columns, const double *w, leibniz_strides ws,
    const double *x, ptrdiff_t xs, const double *bias, ptrdiff_t biass) {
  ptrdiff_t whole = ws.column == 1 && xs == 1 ? columns / 8 * 8 : 0;
  ptrdiff_t i = 0;
  if (whole > 0)
    for (; i + 8 <= rows; i += 8) {
      lanes8 sums[8] = {{0}};
      for (ptrdiff_t j = 0; j < whole; j += 8) {
        lanes8 input = LOAD(x + j);
        for (int r = 0; r < 8; r++) sums[r] += LOAD(w + (i + r) * ws.row + j) * input;
      }
      STORE(y + i) = TOTALS(sums);
      for (int r = 0; r < 8; r++) {
        double rest = bias ? bias[(i + r) * biass] : 0;
        for (ptrdiff_t j = whole; j < columns; j++) rest += w[(i + r) * ws.row + j] * x[j];
        y[i + r] += rest;
      }
    }
  for (; i < rows; i++) {
    const double *row = w + i * ws.row;
    double sum = bias ? bias[i * biass] : 0;
    lanes8 sums = {0};
    for (ptrdiff_t j = 0; j < whole; j += 8) sums += LOAD(row + j) * LOAD(x + j);
    if (whole > 0) sum += TOTAL(sums);
    for (ptrdiff_t j = whole; j < columns; j++) sum += row[j * ws.column] * x[j * xs];
    y[i] = sum;
  }
}

// C vectors of columns from j on; their sums stay in registers, those of odd rows apart.
#define BY_INPUT1_BLOCK(C)                                                       \
  {                                                                              \
    lanes8 even[C], odd[C];                                                      \
    for (int c = 0; c < C; c++) even[c] = LOAD(xbar + j + 8 * c);                \
    for (int c = 0; c < C; c++) odd[c] = (lanes8){0};                            \
    ptrdiff_t i = 0;                                                             \
    for (; i + 2 <= rows; i += 2) {                                              \
      const double *row = w + i * ws.row + j;                                    \
      for (int c = 0; c < C; c++) even[c] += ybar[i] * LOAD(row + 8 * c);        \
      for (int c = 0; c < C; c++) odd[c] += ybar[i + 1] * LOAD(row + ws.row + 8 * c);              \
    }                                                                            \
    if (i < rows)                                                                \
      for (int c = 0; c < C; c++) even[c] += ybar[i] * LOAD(w + i * ws.row + j + 8 * c);           \
    for (int c = 0; c < C; c++) STORE(xbar + j + 8 * c) = even[c] + odd[c];      \
  }

INLINE void affine1_by_input(
    double *xbar, ptrdiff_t rows, ptrdiff_t columns, const double *w, leibniz_strides ws,
    const double *ybar, ptrdiff_t xs) {
  ptrdiff_t j = 0;
  if (ws.column == 1 && xs == 1) {
    for (; j + 32 <= columns; j += 32) BY_INPUT1_BLOCK(4)
    for (; j + 16 <= columns; j += 16) BY_INPUT1_BLOCK(2)
    for (; j + 8 <= columns; j += 8) BY_INPUT1_BLOCK(1)
  }
  if (j == columns) return;
  for (ptrdiff_t i = 0; i < rows; i++)
    for (ptrdiff_t k = j; k < columns; k++) xbar[k * xs] += ybar[i] * w[i * ws.row + k * ws.column];
}

INLINE void affine1_by_weight(
    double *wbar, double *biasbar, ptrdiff_t rows, ptrdiff_t columns, leibniz_strides ws,
    ptrdiff_t biass, const double *ybar, const double *x, ptrdiff_t xs) {
  for (ptrdiff_t i = 0; i < rows; i++) {
    double g = ybar[i];
    if (biasbar) biasbar[i * biass] += g;
    if (!wbar) continue;
    double *row = wbar + i * ws.row;
    ptrdiff_t j = 0;
    if (ws.column == 1 && xs == 1)
      for (; j + 8 <= columns; j += 8) STORE(row + j) += g * LOAD(x + j);
    for (; j < columns; j++) row[j * ws.column] += g * x[j * xs];
  }
}

// Many lanes: blocks of 4 results × 16 lanes.

#define AFFINE_BLOCK(R, V)                                                       \
  {                                                                              \
    lanes8 sum[R][V];                                                            \
    for (int r = 0; r < R; r++)                                                  \
      for (int v = 0; v < V; v++)                                                \
        sum[r][v] = (lanes8){0} + (bias ? bias[(i + r) * biass] : 0.0);          \
    for (ptrdiff_t j = 0; j < columns; j++) {                                    \
      const double *input = x + j * xs * lanes + lane;                           \
      const double *weight = w + i * ws.row + j * ws.column;                     \
      for (int r = 0; r < R; r++)                                                \
        for (int v = 0; v < V; v++) sum[r][v] += weight[r * ws.row] * LOAD(input + 8 * v);         \
    }                                                                            \
    for (int r = 0; r < R; r++)                                                  \
      for (int v = 0; v < V; v++) STORE(y + (i + r) * lanes + lane + 8 * v) = sum[r][v];           \
  }

VERSIONS void leibniz_affine(
    double *y, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t lanes, const double *w,
    leibniz_strides ws, const double *x, ptrdiff_t xs, const double *bias, ptrdiff_t biass) {
  if (lanes == 1) {
    affine1(y, rows, columns, w, ws, x, xs, bias, biass);
    return;
  }
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

#define BY_INPUT_BLOCK(C, V)                                                     \
  {                                                                              \
    lanes8 sum[C][V];                                                            \
    for (int c = 0; c < C; c++)                                                  \
      for (int v = 0; v < V; v++) sum[c][v] = LOAD(xbar + (j + c) * xs * lanes + lane + 8 * v);    \
    for (ptrdiff_t i = 0; i < rows; i++) {                                       \
      const double *g = ybar + i * lanes + lane;                                 \
      const double *weight = w + i * ws.row + j * ws.column;                     \
      for (int c = 0; c < C; c++)                                                \
        for (int v = 0; v < V; v++) sum[c][v] += weight[c * ws.column] * LOAD(g + 8 * v);          \
    }                                                                            \
    for (int c = 0; c < C; c++)                                                  \
      for (int v = 0; v < V; v++) STORE(xbar + (j + c) * xs * lanes + lane + 8 * v) = sum[c][v];   \
  }

VERSIONS void leibniz_affine_by_input(
    double *xbar, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t lanes, const double *w,
    leibniz_strides ws, const double *ybar, ptrdiff_t xs) {
  if (lanes == 1) {
    affine1_by_input(xbar, rows, columns, w, ws, ybar, xs);
    return;
  }
  if (xs == 0) {  // one input stands for all columns: its sums must follow each other
    for (ptrdiff_t j = 0; j < columns; j++)
      for (ptrdiff_t lane = 0; lane < lanes; lane += 8) BY_INPUT_BLOCK(1, 1)
    return;
  }
  ptrdiff_t j = 0;
  for (; j + 4 <= columns; j += 4) {
    ptrdiff_t lane = 0;
    for (; lane + 16 <= lanes; lane += 16) BY_INPUT_BLOCK(4, 2)
    for (; lane < lanes; lane += 8) BY_INPUT_BLOCK(4, 1)
  }
  for (; j < columns; j++) {
    ptrdiff_t lane = 0;
    for (; lane + 32 <= lanes; lane += 32) BY_INPUT_BLOCK(1, 4)
    for (; lane < lanes; lane += 8) BY_INPUT_BLOCK(1, 1)
  }
}

#define BY_WEIGHT_BLOCK(R, C)                                                    \
  {                                                                              \
    lanes8 sum[R][C];                                                            \
    for (int r = 0; r < R; r++)                                                  \
      for (int c = 0; c < C; c++) sum[r][c] = (lanes8){0};                       \
    for (ptrdiff_t lane = 0; lane < lanes; lane += 8)                            \
      for (int r = 0; r < R; r++) {                                              \
        lanes8 g = LOAD(ybar + (i + r) * lanes + lane);                          \
        for (int c = 0; c < C; c++) sum[r][c] += g * LOAD(x + (j + c) * xs * lanes + lane);        \
      }                                                                          \
    for (int r = 0; r < R; r++)                                                  \
      for (int c = 0; c < C; c++) wbar[(i + r) * ws.row + (j + c) * ws.column] += TOTAL(sum[r][c]);\
  }

// R rows of eight neighbouring columns, whose totals are added as vectors.
#define BY_WEIGHT_ROWS(R)                                                        \
  {                                                                              \
    lanes8 sum[R][8];                                                            \
    for (int r = 0; r < R; r++)                                                  \
      for (int c = 0; c < 8; c++) sum[r][c] = (lanes8){0};                       \
    for (ptrdiff_t lane = 0; lane < lanes; lane += 8)                            \
      for (int c = 0; c < 8; c++) {                                              \
        lanes8 input = LOAD(x + (j + c) * xs * lanes + lane);                    \
        for (int r = 0; r < R; r++) sum[r][c] += LOAD(ybar + (i + r) * lanes + lane) * input;      \
      }                                                                          \
    for (int r = 0; r < R; r++) STORE(wbar + (i + r) * ws.row + j) += TOTALS(sum[r]);              \
  }

VERSIONS void leibniz_affine_by_weight(
    double *wbar, double *biasbar, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t lanes,
    leibniz_strides ws, ptrdiff_t biass, const double *ybar, const double *x, ptrdiff_t xs) {
  if (lanes == 1) {
    affine1_by_weight(wbar, biasbar, rows, columns, ws, biass, ybar, x, xs);
    return;
  }
  if (biasbar)
    for (ptrdiff_t i = 0; i < rows; i++) {
      lanes8 sum = {0};
      for (ptrdiff_t lane = 0; lane < lanes; lane += 8) sum += LOAD(ybar + i * lanes + lane);
      biasbar[i * biass] += TOTAL(sum);
    }
  if (!wbar) return;
  ptrdiff_t whole = ws.column == 1 ? columns / 8 * 8 : 0;
  ptrdiff_t i = 0;
  for (; i + 2 <= rows; i += 2)
    for (ptrdiff_t j = 0; j < whole; j += 8) BY_WEIGHT_ROWS(2)
  for (; i < rows; i++)
    for (ptrdiff_t j = 0; j < whole; j += 8) BY_WEIGHT_ROWS(1)
  i = 0;
  for (; i + 4 <= rows; i += 4) {
    ptrdiff_t j = whole;
    for (; j + 4 <= columns; j += 4) BY_WEIGHT_BLOCK(4, 4)
    for (; j < columns; j++) BY_WEIGHT_BLOCK(4, 1)
  }
  for (; i < rows; i++) {
    ptrdiff_t j = whole;
    for (; j + 4 <= columns; j += 4) BY_WEIGHT_BLOCK(1, 4)
    for (; j < columns; j++) BY_WEIGHT_BLOCK(1, 1)
  }
}
