// Prints the bits of what each kernel computes from numbers that are the same everywhere. Compiled for
// several processors, with and without optimisation, it must print the same.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "LeibnizKernels.h"

enum { count = 1 << 17 };

static double *numbers(uint64_t seed) {
  double *x = malloc(count * sizeof *x);
  for (int i = 0; i < count; i++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    x[i] = (double)(int64_t)seed * 0x1p-62;
  }
  return x;
}

static void print(const char *name, const double *x) {
  uint64_t hash = 14695981039346656037u;
  for (int i = 0; i < count; i++) {
    uint64_t bits;
    memcpy(&bits, x + i, sizeof bits);
    hash = (hash ^ bits) * 1099511628211u;
  }
  printf("%s %016llx\n", name, (unsigned long long)hash);
}

int main(void) {
  for (ptrdiff_t lanes = 8; lanes <= 104; lanes += 24)
    for (ptrdiff_t rows = 1; rows <= 11; rows += 5)
      for (ptrdiff_t columns = 1; columns <= 21; columns += 4) {
        double *w = numbers(1), *x = numbers(2), *b = numbers(3), *y = numbers(4);
        leibniz_strides strides = {columns, 1};
        leibniz_affine(y, 1, rows, columns, lanes, w, strides, x, 1, b, 1, 0);
        leibniz_affine(y, 1, rows, columns, lanes, w, strides, x, 1, 0, 0, 1);
        print("affine", y);
        leibniz_outer_totals(w, strides, rows, columns, lanes, x, 1, y, 1);
        print("outer totals", w);
        for (ptrdiff_t repeats = 1; repeats <= 4; repeats += 3)
          leibniz_affine1(
              y, rows, repeats, rows, columns, w, 0, columns, x, columns, b, repeats > 1 ? 2 : 0, 1,
              repeats > 1);
        leibniz_product1(y + 5 * rows, columns, rows, columns, 3, b, strides, w, columns, 1);
        print("one sample", y);
        for (int kind = 0; kind < 16; kind++) {
          leibniz_contraction c = {
              {2, rows, columns}, y, {0, 0, 0}, x, {0, 0, 0}, b, {0, 0, 0}, kind & 1, 1,
              kind >> 1 & 1, kind >> 2 & 1, 0};
          c.r_has_lanes = !(kind & 8);
          ptrdiff_t step = c.r_has_lanes ? lanes : 1;
          c.rs[0] = rows * columns * step, c.rs[1] = columns * step, c.rs[2] = kind & 2 ? 0 : step;
          c.as[1] = c.a_has_lanes ? lanes : 1, c.bs[2] = c.b_has_lanes ? lanes : 1;
          leibniz_contract(&c, lanes);
        }
        print("contractions", y);
        for (int kind = 0; kind < 36; kind++) {
          ptrdiff_t length = 4 * columns, bs = kind / 6 % 3;
          leibniz_contraction c = {
              {2, rows, length}, w, {0, 2 * length, kind % 3}, x, {0, 3, 1 + kind / 3 % 2}, bs ? b : 0,
              {0, 5, bs ? bs - 1 : 0}, kind / 18, 1, 1, 1, 0};
          leibniz_contract1(&c);
        }
        print("contractions of one sample", w);
        leibniz_subtract_squares(x, lanes, rows < lanes ? rows : lanes);
        print("squares of pivots", x);
        leibniz_relu(y, x, count / 2);
        leibniz_relu_slope(y + count / 2, x, b, count / 2, 1);
        leibniz_sum(w, y, 1, x, 1, count);
        print("maps", w);
        free(w), free(x), free(b), free(y);
      }
}
