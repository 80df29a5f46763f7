// The sums of the numbers of vectors.
#ifndef LEIBNIZ_TOTALS_H
#define LEIBNIZ_TOTALS_H

#include "Dispatch.h"

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

#endif
