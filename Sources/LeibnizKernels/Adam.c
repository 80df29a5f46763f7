// One step of Adam over neighbouring parameters.
#include "Dispatch.h"
#include "LeibnizKernels.h"

// For one number or eight of them, of type T.
#define STEP(T)                                                                  \
  {                                                                              \
    T value = *(const T *)(values + i);                                          \
    T g = *(const T *)(gradients + i) + rule.coupled * value;                    \
    T m = rule.beta1 * *(const T *)(mean + i) + (1 - rule.beta1) * g;            \
    T s = rule.beta2 * *(const T *)(size + i) + (1 - rule.beta2) * g * g;        \
    T root = __builtin_elementwise_sqrt(s);                                      \
    *(T *)(mean + i) = m;                                                        \
    *(T *)(size + i) = s;                                                        \
    *(T *)(values + i) =                                                         \
        rule.kept * value - rule.rate * m / (rule.correction * root + rule.epsilon); \
  }

VERSIONS void leibniz_adam(
    double *values, const double *gradients, double *mean, double *size, ptrdiff_t count,
    leibniz_adam_rule rule) {
  ptrdiff_t i = 0;
  for (; i + 8 <= count; i += 8) STEP(lanes8)
  for (; i < count; i++) STEP(double)
}
