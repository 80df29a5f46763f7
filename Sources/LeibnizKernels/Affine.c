// Products of a matrix that all lanes share with vectors of lanes. Each loop keeps a block of
// results in registers, so that a number loaded is used several times.
#include "Dispatch.h"
#include "LeibnizKernels.h"

#define TOTAL(v) (((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7])))

// One lane: the dot products run along the columns.

INLINE void affine1(
    double *y, long rows, long columns, const double *w, leibniz_strides ws, const double *x,
    long xs, const double *bias, long biass) {
  for (long i = 0; i < rows; i++) {
    const double *row = w + i * ws.row;
    double sum = bias ? bias[i * biass] : 0;
    long j = 0;
    if (ws.column == 1 && xs == 1) {
      lanes8 a = {0}, b = {0};
      for (; j + 16 <= columns; j += 16) {
        a += LOAD(row + j) * LOAD(x + j);
        b += LOAD(row + j + 8) * LOAD(x + j + 8);
      }
      for (; j + 8 <= columns; j += 8) a += LOAD(row + j) * LOAD(x + j);
      a += b;
      sum += TOTAL(a);
    }
    for (; j < columns; j++) sum += row[j * ws.column] * x[j * xs];
    y[i] = sum;
  }
}

INLINE void affine1_by_input(
    double *xbar, long rows, long columns, const double *w, leibniz_strides ws, const double *ybar,
    long xs) {
  for (long i = 0; i < rows; i++) {
    const double *row = w + i * ws.row;
    double g = ybar[i];
    long j = 0;
    if (ws.column == 1 && xs == 1)
      for (; j + 8 <= columns; j += 8) STORE(xbar + j) += g * LOAD(row + j);
    for (; j < columns; j++) xbar[j * xs] += g * row[j * ws.column];
  }
}

INLINE void affine1_by_weight(
    double *wbar, double *biasbar, long rows, long columns, leibniz_strides ws, long biass,
    const double *ybar, const double *x, long xs) {
  for (long i = 0; i < rows; i++) {
    double g = ybar[i];
    if (biasbar) biasbar[i * biass] += g;
    if (!wbar) continue;
    double *row = wbar + i * ws.row;
    long j = 0;
    if (ws.column == 1 && xs == 1)
      for (; j + 8 <= columns; j += 8) STORE(row + j) += g * LOAD(x + j);
    for (; j < columns; j++) row[j * ws.column] += g * x[j * xs];
  }
}

// Many lanes: blocks of 4 results × 16 lanes.

#define AFFINE_BLOCK(R, V)                                                        \
  {                                                                               \
    lanes8 sum[R][V];                                                             \
    for (long r = 0; r < R; r++)                                                  \
      for (long v = 0; v < V; v++)                                                \
        sum[r][v] = (lanes8){0} + (bias ? bias[(i + r) * biass] : 0.0);           \
    for (long j = 0; j < columns; j++) {                                          \
      const double *input = x + j * xs * lanes + lane;                            \
      const double *weight = w + i * ws.row + j * ws.column;                      \
      for (long r = 0; r < R; r++)                                                \
        for (long v = 0; v < V; v++) sum[r][v] += weight[r * ws.row] * LOAD(input + 8 * v); \
    }                                                                             \
    for (long r = 0; r < R; r++)                                                  \
      for (long v = 0; v < V; v++) STORE(y + (i + r) * lanes + lane + 8 * v) = sum[r][v]; \
  }

VERSIONS void leibniz_affine(
    double *y, long rows, long columns, long lanes, const double *w, leibniz_strides ws,
    const double *x, long xs, const double *bias, long biass) {
  if (lanes == 1) {
    affine1(y, rows, columns, w, ws, x, xs, bias, biass);
    return;
  }
  long i = 0;
  for (; i + 4 <= rows; i += 4) {
    long lane = 0;
    for (; lane + 16 <= lanes; lane += 16) AFFINE_BLOCK(4, 2)
    for (; lane < lanes; lane += 8) AFFINE_BLOCK(4, 1)
  }
  for (; i < rows; i++) {
    long lane = 0;
    for (; lane + 32 <= lanes; lane += 32) AFFINE_BLOCK(1, 4)
    for (; lane < lanes; lane += 8) AFFINE_BLOCK(1, 1)
  }
}

#define BY_INPUT_BLOCK(C, V)                                                      \
  {                                                                               \
    lanes8 sum[C][V];                                                             \
    for (long c = 0; c < C; c++)                                                  \
      for (long v = 0; v < V; v++) sum[c][v] = LOAD(xbar + (j + c) * xs * lanes + lane + 8 * v); \
    for (long i = 0; i < rows; i++) {                                             \
      const double *g = ybar + i * lanes + lane;                                  \
      const double *weight = w + i * ws.row + j * ws.column;                      \
      for (long c = 0; c < C; c++)                                                \
        for (long v = 0; v < V; v++) sum[c][v] += weight[c * ws.column] * LOAD(g + 8 * v); \
    }                                                                             \
    for (long c = 0; c < C; c++)                                                  \
      for (long v = 0; v < V; v++) STORE(xbar + (j + c) * xs * lanes + lane + 8 * v) = sum[c][v]; \
  }

VERSIONS void leibniz_affine_by_input(
    double *xbar, long rows, long columns, long lanes, const double *w, leibniz_strides ws,
    const double *ybar, long xs) {
  if (lanes == 1) {
    affine1_by_input(xbar, rows, columns, w, ws, ybar, xs);
    return;
  }
  if (xs == 0) {  // one input stands for all columns: its sums must follow each other
    for (long j = 0; j < columns; j++)
      for (long lane = 0; lane < lanes; lane += 8) BY_INPUT_BLOCK(1, 1)
    return;
  }
  long j = 0;
  for (; j + 4 <= columns; j += 4) {
    long lane = 0;
    for (; lane + 16 <= lanes; lane += 16) BY_INPUT_BLOCK(4, 2)
    for (; lane < lanes; lane += 8) BY_INPUT_BLOCK(4, 1)
  }
  for (; j < columns; j++) {
    long lane = 0;
    for (; lane + 32 <= lanes; lane += 32) BY_INPUT_BLOCK(1, 4)
    for (; lane < lanes; lane += 8) BY_INPUT_BLOCK(1, 1)
  }
}

#define BY_WEIGHT_BLOCK(R, C)                                                     \
  {                                                                               \
    lanes8 sum[R][C];                                                             \
    for (long r = 0; r < R; r++)                                                  \
      for (long c = 0; c < C; c++) sum[r][c] = (lanes8){0};                       \
    for (long lane = 0; lane < lanes; lane += 8)                                  \
      for (long r = 0; r < R; r++) {                                              \
        lanes8 g = LOAD(ybar + (i + r) * lanes + lane);                           \
        for (long c = 0; c < C; c++) sum[r][c] += g * LOAD(x + (j + c) * xs * lanes + lane); \
      }                                                                           \
    for (long r = 0; r < R; r++)                                                  \
      for (long c = 0; c < C; c++) wbar[(i + r) * ws.row + (j + c) * ws.column] += TOTAL(sum[r][c]); \
  }

VERSIONS void leibniz_affine_by_weight(
    double *wbar, double *biasbar, long rows, long columns, long lanes, leibniz_strides ws,
    long biass, const double *ybar, const double *x, long xs) {
  if (lanes == 1) {
    affine1_by_weight(wbar, biasbar, rows, columns, ws, biass, ybar, x, xs);
    return;
  }
  if (biasbar)
    for (long i = 0; i < rows; i++) {
      lanes8 sum = {0};
      for (long lane = 0; lane < lanes; lane += 8) sum += LOAD(ybar + i * lanes + lane);
      biasbar[i * biass] += TOTAL(sum);
    }
  if (!wbar) return;
  long i = 0;
  for (; i + 4 <= rows; i += 4) {
    long j = 0;
    for (; j + 4 <= columns; j += 4) BY_WEIGHT_BLOCK(4, 4)
    for (; j < columns; j++) BY_WEIGHT_BLOCK(4, 1)
  }
  for (; i < rows; i++) {
    long j = 0;
    for (; j + 4 <= columns; j += 4) BY_WEIGHT_BLOCK(1, 4)
    for (; j < columns; j++) BY_WEIGHT_BLOCK(1, 1)
  }
}
