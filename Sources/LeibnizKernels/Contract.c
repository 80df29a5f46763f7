// Contractions of every shape. Networks spend their time in those of Affine.c; what is left, products
// of lanes with lanes, sums, and single samples whose matrices have unusual strides, is done here.
#include "Dispatch.h"
#include "LeibnizKernels.h"
#include "Totals.h"

// Numbers of one operand along an axis of lanes: eight neighbours, or one for all of them.
#define PART(address, step) ((step) ? LOAD(address) : (lanes8){0} + *(address))

// A row of results over i, each for all lanes; steps count numbers, and are 0 where the lanes share one.
INLINE void products(
    double *r, ptrdiff_t rs, const double *a, ptrdiff_t as, const double *b, ptrdiff_t bs,
    ptrdiff_t length, ptrdiff_t lanes, ptrdiff_t al, ptrdiff_t bl, int accumulates) {
  for (ptrdiff_t i = 0; i < length; i++)
    for (ptrdiff_t lane = 0; lane < lanes; lane += 8) {
      double *place = r + i * rs + lane;
      lanes8 product = PART(a + i * as + lane * al, al);
      if (b) product *= PART(b + i * bs + lane * bl, bl);
      STORE(place) = accumulates ? LOAD(place) + product : product;
    }
}

// One result for each lane, V vectors of lanes at a time.
#define SUM_BLOCK(V)                                                             \
  {                                                                              \
    lanes8 sum[V];                                                               \
    for (int v = 0; v < V; v++)                                                  \
      sum[v] = accumulates ? LOAD(r + lane + 8 * v) : (lanes8){0};               \
    const double *first = a + lane * al, *second = b + lane * bl;                \
    if (b)                                                                       \
      for (ptrdiff_t i = 0; i < length; i++)                                     \
        for (int v = 0; v < V; v++)                                              \
          sum[v] += PART(first + i * as + 8 * v * al, al) * PART(second + i * bs + 8 * v * bl, bl); \
    else                                                                         \
      for (ptrdiff_t i = 0; i < length; i++)                                     \
        for (int v = 0; v < V; v++) sum[v] += PART(first + i * as + 8 * v * al, al);               \
    for (int v = 0; v < V; v++) STORE(r + lane + 8 * v) = sum[v];                \
  }

INLINE void sum_of_products(
    double *r, const double *a, ptrdiff_t as, const double *b, ptrdiff_t bs, ptrdiff_t length,
    ptrdiff_t lanes, ptrdiff_t al, ptrdiff_t bl, int accumulates) {
  ptrdiff_t lane = 0;
  for (; lane + 32 <= lanes; lane += 32) SUM_BLOCK(4)
  for (; lane < lanes; lane += 8) SUM_BLOCK(1)
}

// Totals over the lanes, added to one number each.
INLINE void totals(
    double *r, ptrdiff_t rs, const double *a, ptrdiff_t as, const double *b, ptrdiff_t bs,
    ptrdiff_t length, ptrdiff_t lanes, ptrdiff_t al, ptrdiff_t bl) {
  if (rs == 0) {
    lanes8 sum = {0};
    for (ptrdiff_t i = 0; i < length; i++)
      for (ptrdiff_t lane = 0; lane < lanes; lane += 8) {
        lanes8 product = PART(a + i * as + lane * al, al);
        if (b) product *= PART(b + i * bs + lane * bl, bl);
        sum += product;
      }
    *r += TOTAL(sum);
    return;
  }
  for (ptrdiff_t i = 0; i < length; i++) {
    lanes8 sum = {0};
    for (ptrdiff_t lane = 0; lane < lanes; lane += 8) {
      lanes8 product = PART(a + i * as + lane * al, al);
      if (b) product *= PART(b + i * bs + lane * bl, bl);
      sum += product;
    }
    r[i * rs] += TOTAL(sum);
  }
}

// The loops over the outer axes; INNER sees the addresses of a row.
#define OUTER(INNER)                                                             \
  for (ptrdiff_t p = 0; p < c->counts[0]; p++)                                   \
    for (ptrdiff_t q = 0; q < c->counts[1]; q++) {                               \
      double *r = c->r + p * c->rs[0] + q * c->rs[1];                            \
      const double *a = c->a + p * c->as[0] + q * c->as[1];                      \
      const double *b = c->b ? c->b + p * c->bs[0] + q * c->bs[1] : 0;           \
      /* A result that outer axes share is added to from its second time on. */  \
      int accumulates = c->accumulates || (p && !c->rs[0]) || (q && !c->rs[1]);  \
      (void)accumulates, (void)b;                                                \
      INNER;                                                                     \
    }

VERSIONS void leibniz_contract(const leibniz_contraction *c, ptrdiff_t lanes) {
  ptrdiff_t length = c->counts[2], as = c->as[2], bs = c->bs[2], rs = c->rs[2];
  ptrdiff_t al = c->a_has_lanes, bl = c->b_has_lanes;
  if (!c->r_has_lanes) {
    if (!c->b) OUTER(totals(r, rs, a, as, 0, 0, length, lanes, al, 0))
    else if (al && bl) OUTER(totals(r, rs, a, as, b, bs, length, lanes, 1, 1))
    else OUTER(totals(r, rs, a, as, b, bs, length, lanes, al, bl))
  } else if (rs == 0 && length > 1) {
    if (al && (bl || !c->b)) OUTER(sum_of_products(r, a, as, b, bs, length, lanes, 1, 1, accumulates))
    else if (al) OUTER(sum_of_products(r, a, as, b, bs, length, lanes, 1, 0, accumulates))
    else if (bl) OUTER(sum_of_products(r, a, as, b, bs, length, lanes, 0, 1, accumulates))
    else OUTER(sum_of_products(r, a, as, b, bs, length, lanes, 0, 0, accumulates))
  } else {
    if (!c->b && al) OUTER(products(r, rs, a, as, 0, 0, length, lanes, 1, 0, accumulates))
    else if (!c->b) OUTER(products(r, rs, a, as, 0, 0, length, lanes, 0, 0, accumulates))
    else if (al && bl) OUTER(products(r, rs, a, as, b, bs, length, lanes, 1, 1, accumulates))
    else if (al) OUTER(products(r, rs, a, as, b, bs, length, lanes, 1, 0, accumulates))
    else if (bl) OUTER(products(r, rs, a, as, b, bs, length, lanes, 0, 1, accumulates))
    else OUTER(products(r, rs, a, as, b, bs, length, lanes, 0, 0, accumulates))
  }
}

// Single samples.

INLINE double dot1(
    ptrdiff_t count, const double *a, ptrdiff_t as, const double *b, ptrdiff_t bs, int keeps_order) {
  double sum = 0;
  ptrdiff_t j = 0;
  if (as == 1 && bs == 1 && !keeps_order) {
    lanes8 sums = {0};
    for (; j + 8 <= count; j += 8) sums += LOAD(a + j) * LOAD(b + j);
    if (j) sum += TOTAL(sums);
  }
  for (; j < count; j++) sum += a[j * as] * b[j * bs];
  return sum;
}

INLINE double sum1(ptrdiff_t count, const double *a, ptrdiff_t as, int keeps_order) {
  double sum = 0;
  ptrdiff_t j = 0;
  if (as == 1 && !keeps_order) {
    lanes8 sums = {0};
    for (; j + 8 <= count; j += 8) sums += LOAD(a + j);
    if (j) sum += TOTAL(sums);
  }
  for (; j < count; j++) sum += a[j * as];
  return sum;
}

// Results that are neighbours: eight at a time, then four.
#define NEIGHBOURS(N, LANES, A, B)                                               \
  for (; i + N <= length; i += N) {                                              \
    LANES product = (A) * (B), *place = (LANES *)(r + i);                        \
    *place = accumulates ? *place + product : product;                           \
  }
#define VECTOR(LANES, address) (*(const LANES *)(address))

INLINE void products1(
    double *r, ptrdiff_t rs, const double *a, ptrdiff_t as, const double *b, ptrdiff_t bs,
    ptrdiff_t length, int accumulates) {
  ptrdiff_t i = 0;
  if (rs == 1 && length >= 4) {
    if (!b) {
      if (as == 1) {
        NEIGHBOURS(8, lanes8, LOAD(a + i), 1)
        NEIGHBOURS(4, lanes4, VECTOR(lanes4, a + i), 1)
      } else if (as == 2) {
        // Every second number of sixteen; the last of these may lie behind the operand.
        for (; i + 8 < length; i += 8) {
          lanes8 numbers = PICK(LOAD(a + 2 * i), LOAD(a + 2 * i + 8), 0, 2, 4, 6, 8, 10, 12, 14);
          STORE(r + i) = accumulates ? LOAD(r + i) + numbers : numbers;
        }
      }
    } else if (as == 1 && bs == 1) {
      NEIGHBOURS(8, lanes8, LOAD(a + i), LOAD(b + i))
      NEIGHBOURS(4, lanes4, VECTOR(lanes4, a + i), VECTOR(lanes4, b + i))
    } else if (as == 1 && bs == 0) {
      NEIGHBOURS(8, lanes8, LOAD(a + i), *b)
      NEIGHBOURS(4, lanes4, VECTOR(lanes4, a + i), *b)
    } else if (as == 0 && bs == 1) {
      NEIGHBOURS(8, lanes8, *a, LOAD(b + i))
      NEIGHBOURS(4, lanes4, *a, VECTOR(lanes4, b + i))
    }
  }
  if (!b && accumulates)
    for (; i < length; i++) r[i * rs] += a[i * as];
  else if (!b)
    for (; i < length; i++) r[i * rs] = a[i * as];
  else if (accumulates)
    for (; i < length; i++) r[i * rs] += a[i * as] * b[i * bs];
  else
    for (; i < length; i++) r[i * rs] = a[i * as] * b[i * bs];
}

VERSIONS void leibniz_contract1(const leibniz_contraction *c) {
  ptrdiff_t length = c->counts[2], as = c->as[2], bs = c->bs[2], rs = c->rs[2];
  if (rs == 0 && length > 1) {
    OUTER({
      double sum = b ? dot1(length, a, as, b, bs, c->keeps_order) : sum1(length, a, as, c->keeps_order);
      *r = accumulates ? *r + sum : sum;
    })
  } else {
    OUTER(products1(r, rs, a, as, b, bs, length, accumulates))
  }
}

VERSIONS void leibniz_add(double *sums, const double *numbers, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) sums[i] += numbers[i];
}
