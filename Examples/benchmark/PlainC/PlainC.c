#include "PlainC.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GLIBC__)
#define VERSIONS __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VERSIONS
#endif

enum { LANES = 104, SAMPLES = 100, HIDDEN = 16 };

VERSIONS double plain_moons_step(
    double *p, const double *x, const double *y, const double *labels, double rate) {
  static double h1[HIDDEN][LANES], h2[HIDDEN][LANES], g1[HIDDEN][LANES], g2[HIDDEN][LANES];
  static double out[LANES], gout[LANES], grad[337];
  double *w1 = p, *w2 = p + 48, *w3 = p + 320;
  double *d1 = grad, *d2 = grad + 48, *d3 = grad + 320;
  for (int i = 0; i < HIDDEN; i++)
    for (int l = 0; l < LANES; l++) {
      double sum = w1[3 * i] * x[l] + w1[3 * i + 1] * y[l] + w1[3 * i + 2];
      h1[i][l] = sum > 0 ? sum : 0;
    }
  for (int i = 0; i < HIDDEN; i++) {
    for (int l = 0; l < LANES; l++) h2[i][l] = w2[17 * i + 16];
    for (int j = 0; j < HIDDEN; j++)
      for (int l = 0; l < LANES; l++) h2[i][l] += w2[17 * i + j] * h1[j][l];
    for (int l = 0; l < LANES; l++) h2[i][l] = h2[i][l] > 0 ? h2[i][l] : 0;
  }
  for (int l = 0; l < LANES; l++) out[l] = w3[16];
  for (int j = 0; j < HIDDEN; j++)
    for (int l = 0; l < LANES; l++) out[l] += w3[j] * h2[j][l];
  double loss = 0;
  for (int l = 0; l < LANES; l++) {
    double margin = 1 - labels[l] * out[l];
    gout[l] = l < SAMPLES && margin > 0 ? -labels[l] / SAMPLES : 0;
    loss += l < SAMPLES && margin > 0 ? margin / SAMPLES : 0;
  }
  for (int i = 0; i < 337; i++) {
    loss += 1e-4 * p[i] * p[i];
    grad[i] = 2e-4 * p[i];
  }
  for (int j = 0; j < HIDDEN; j++) {
    double sum = 0;
    for (int l = 0; l < LANES; l++) sum += gout[l] * h2[j][l];
    d3[j] += sum;
    for (int l = 0; l < LANES; l++) g2[j][l] = h2[j][l] > 0 ? w3[j] * gout[l] : 0;
  }
  for (int l = 0; l < LANES; l++) d3[16] += gout[l];
  memset(g1, 0, sizeof g1);
  for (int i = 0; i < HIDDEN; i++) {
    for (int j = 0; j < HIDDEN; j++) {
      double sum = 0;
      for (int l = 0; l < LANES; l++) {
        sum += g2[i][l] * h1[j][l];
        g1[j][l] += w2[17 * i + j] * g2[i][l];
      }
      d2[17 * i + j] += sum;
    }
    for (int l = 0; l < LANES; l++) d2[17 * i + 16] += g2[i][l];
  }
  for (int i = 0; i < HIDDEN; i++)
    for (int l = 0; l < LANES; l++) {
      double g = h1[i][l] > 0 ? g1[i][l] : 0;
      d1[3 * i] += g * x[l];
      d1[3 * i + 1] += g * y[l];
      d1[3 * i + 2] += g;
    }
  for (int i = 0; i < 337; i++) p[i] -= rate * grad[i];
  return loss;
}
