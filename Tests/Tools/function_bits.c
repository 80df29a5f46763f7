// Prints the bits of all functions of rows at many points, to compare versions of the kernels.
#include <stdint.h>
#include <stdio.h>
#include "LeibnizKernels.h"

#define COUNT 20000

static double x[COUNT], y[COUNT], z[COUNT];
static uint64_t state = 1;

static double next(double low, double high) {
  state = state * 6364136223846793005 + 1442695040888963407;
  return low + (high - low) * ((double)(state >> 11) * 0x1p-53);
}

static void show(const char *name) {
  for (int i = 0; i < COUNT; i++) printf("%s %a %a %a\n", name, x[i], y[i], z[i]);
}

static void fill(double low, double high) {
  for (int i = 0; i < COUNT; i++) {
    x[i] = next(low, high);
    y[i] = next(-3, 3);
  }
}

#define TRY(name, low, high)       \
  fill(low, high);                 \
  leibniz_##name(z, x, COUNT);     \
  show(#name);

int main(void) {
  TRY(exp, -745, 710) TRY(exp, -1, 1) TRY(expm1, -3, 3) TRY(expm1, -40, 710)
  TRY(log, 0, 3) TRY(log1p, -1, 3) TRY(sin, -1e5, 1e5) TRY(cos, -1e5, 1e5) TRY(tan, -1e5, 1e5)
  TRY(asin, -1, 1) TRY(acos, -1, 1) TRY(atan, -4, 4) TRY(sinh, -4, 4) TRY(cosh, -4, 4)
  TRY(tanh, -4, 4) TRY(asinh, -4, 4) TRY(acosh, 1, 4) TRY(atanh, -1, 1) TRY(erf, -5, 5)
  TRY(erfc, -5, 27)
  fill(0, 4);
  leibniz_pow(z, x, y, COUNT);
  show("pow");
  fill(-3, 3);
  leibniz_atan2(z, y, x, COUNT);
  show("atan2");
}
