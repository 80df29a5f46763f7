// What Swift cannot say, or not as fast: variables of a thread, dead objects that it keeps, counting on
// several threads, loops over vectors that use the widest registers the machine
// has, and how much memory is in use. No calculus lives here.
#ifndef LEIBNIZ_KERNELS_H
#define LEIBNIZ_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// The elementary functions where there is no C library: the host provides them, as a web page does by
// JavaScript's `Math`.
#if defined(__wasm__) && !defined(__wasi__)
double exp(double x);
double log(double x);
double log1p(double x);
double expm1(double x);
double sin(double x);
double cos(double x);
double tan(double x);
double asin(double x);
double acos(double x);
double atan(double x);
double sinh(double x);
double cosh(double x);
double tanh(double x);
double asinh(double x);
double acosh(double x);
double atanh(double x);
double erf(double x);
double erfc(double x);
double pow(double x, double y);
double atan2(double y, double x);
#endif

// Whether objects and arrays are laid out as the engine knows them: not yet looked at, yes, no.
typedef enum {
  leibniz_layout_unseen,
  leibniz_layout_known,
  leibniz_layout_other
} leibniz_layout;

extern int leibniz_object_layout;

static inline leibniz_layout leibniz_get_layout(void) {
  return (leibniz_layout)__atomic_load_n(&leibniz_object_layout, __ATOMIC_RELAXED);
}

static inline void leibniz_set_layout(leibniz_layout layout) {
  __atomic_store_n(&leibniz_object_layout, layout, __ATOMIC_RELAXED);
}

// A word of an object that other threads may be changing. All that they did with the object before
// they gave up their references to it has been done when this is read.
static inline ptrdiff_t leibniz_shared_word(const ptrdiff_t *word) {
  return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

// The Swift runtime's own functions: so many retains or releases at once.
void *swift_retain_n(void *object, uint32_t count);
void swift_release_n(void *object, uint32_t count);

// Whether this thread is releasing a graph, and the nodes that wait for it: a list, or null.
extern _Thread_local _Bool leibniz_thread_is_releasing;
extern _Thread_local void *leibniz_thread_waiting;

static inline _Bool leibniz_is_releasing(void) { return leibniz_thread_is_releasing; }
static inline void leibniz_set_releasing(_Bool is) { leibniz_thread_is_releasing = is; }
static inline void *leibniz_get_waiting(void) { return leibniz_thread_waiting; }
static inline void leibniz_set_waiting(void *node) { leibniz_thread_waiting = node; }

// What wants to know of comparisons of values on this thread, while a program is recorded; or null.
extern _Thread_local void *leibniz_thread_recorder;

static inline void *leibniz_get_recorder(void) { return leibniz_thread_recorder; }
static inline void leibniz_set_recorder(void *recorder) { leibniz_thread_recorder = recorder; }

// Dead objects that a thread keeps to make new ones of: to allocate and free a node of a graph takes
// 40 ns, to take a spare one 2.
typedef struct {
  ptrdiff_t count, capacity;
  void *objects[];
} leibniz_spares;

// 5 MB of nodes at the most: the graph of a training step is kept, one of millions of nodes goes
// back to the system.
enum { leibniz_fewest_spares = 1 << 8, leibniz_most_spares = 1 << 16 };

// Null until the thread keeps its first object.
extern _Thread_local leibniz_spares *leibniz_thread_spares;

// A spare object, or null.
static inline void *leibniz_take_spare(void) {
  leibniz_spares *spares = leibniz_thread_spares;
  return spares == 0 || spares->count == 0 ? (void *)0 : spares->objects[--spares->count];
}

// As below, where there is no room yet.
_Bool leibniz_keep_one_more_spare(void *object);

// Keeps the caller's reference to an object, or tells that it is one too many.
static inline _Bool leibniz_keep_spare(void *object) {
  leibniz_spares *spares = leibniz_thread_spares;
  if (spares == 0 || spares->count == spares->capacity) return leibniz_keep_one_more_spare(object);
  spares->objects[spares->count++] = object;
  return 1;
}

// Releases what this thread keeps.
void leibniz_release_spares(void);

// The next number of a counter that several threads share.
static inline ptrdiff_t leibniz_take_next(ptrdiff_t *counter) {
  return __atomic_fetch_add(counter, 1, __ATOMIC_RELAXED);
}

// What is made once, by whichever thread is first: null until then.
static inline void *leibniz_load(void **place) { return __atomic_load_n(place, __ATOMIC_ACQUIRE); }

// Puts something there and says true, or says false where another thread was sooner.
static inline _Bool leibniz_publish(void **place, void *made) {
  void *expected = (void *)0;
  return __atomic_compare_exchange_n(
      place, &expected, made, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

// A matrix of rows × columns numbers: element (i, j) stands at start[i * row + j * column].
typedef struct {
  ptrdiff_t row, column;
} leibniz_strides;

// Matrices of lanes hold, at each element, `lanes` neighbouring numbers, a multiple of 8; the strides
// count elements.

// y(i) = Σj w(i, j) x(j) + bias(i), where w and bias are the same for all lanes; bias may be null.
// With `accumulates`, and without bias, the sums are added to y.
void leibniz_affine(
    double *y, ptrdiff_t ys, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t lanes, const double *w,
    leibniz_strides ws, const double *x, ptrdiff_t xs, const double *bias, ptrdiff_t biass,
    int accumulates);

// y(i, j) += Σlanes a(i) b(j), where y has no lanes.
void leibniz_outer_totals(
    double *y, leibniz_strides ys, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t lanes,
    const double *a, ptrdiff_t as, const double *b, ptrdiff_t bs);

// For one sample, y(p, i) = Σj w(p, i, j) x(p, j) + bias(p, i), added to y with `accumulates`; the columns of
// w, x and y are neighbours. With a yp of 0 all repeats are added up.
void leibniz_affine1(
    double *y, ptrdiff_t yp, ptrdiff_t repeats, ptrdiff_t rows, ptrdiff_t columns, const double *w,
    ptrdiff_t wp, ptrdiff_t row, const double *x, ptrdiff_t xp, const double *bias, ptrdiff_t bp,
    ptrdiff_t biass, int accumulates);

// For one sample, c(p, j) = Σk a(p, k) b(k, j); the columns of b and c are neighbours.
void leibniz_product1(
    double *c, ptrdiff_t cp, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t inner, const double *a,
    leibniz_strides as, const double *b, ptrdiff_t bk, int accumulates);

// r(p, q, i) = a(p, q, i) b(p, q, i), or a alone where b is null, added up where the strides of r are
// zero. The strides count numbers.
typedef struct {
  ptrdiff_t counts[3];
  double *r;
  ptrdiff_t rs[3];
  const double *a;
  ptrdiff_t as[3];
  const double *b;
  ptrdiff_t bs[3];
  _Bool accumulates, r_has_lanes, a_has_lanes, b_has_lanes;
  // Whether the numbers of one sample are added up one after the other.
  _Bool keeps_order;
} leibniz_contraction;

// For many lanes. A result without lanes gets the totals over them, added to what it holds.
void leibniz_contract(const leibniz_contraction *contraction, ptrdiff_t lanes);

// For one sample.
void leibniz_contract1(const leibniz_contraction *contraction);

// f(i, j) -= Σp f(p, i) f(p, j) over the pivots p, for i and j that are none, on and above the diagonal of a
// symmetric matrix in rows.
void leibniz_subtract_squares(double *f, ptrdiff_t size, ptrdiff_t pivots);

// y(i) = max(0, x(i)), and NaN where x is.
void leibniz_relu(double *y, const double *x, ptrdiff_t count);

// r(i) = relu′ g(i), where y is the result of relu; or added to r.
void leibniz_relu_slope(
    double *r, const double *y, const double *g, ptrdiff_t count, int accumulates);

// r(i) = a(i) + b(i); a stride of 0 is one number for all.
void leibniz_sum(
    double *r, const double *a, ptrdiff_t as, const double *b, ptrdiff_t bs, ptrdiff_t count);

// sums(i) += numbers(i)
void leibniz_add(double *sums, const double *numbers, ptrdiff_t count);

// The elementary functions of rows: y(i) = f(x(i)); y may be x. Within 2 units in the last place; tan,
// erfc and pow within 3. Special values are those of C. Results are equal, bit by bit, wherever products and
// sums are fused (AVX-512, AVX2, ARM); without, they differ in the last place.
void leibniz_exp(double *y, const double *x, ptrdiff_t count);
void leibniz_expm1(double *y, const double *x, ptrdiff_t count);
void leibniz_log(double *y, const double *x, ptrdiff_t count);
void leibniz_log1p(double *y, const double *x, ptrdiff_t count);
void leibniz_sin(double *y, const double *x, ptrdiff_t count);
void leibniz_cos(double *y, const double *x, ptrdiff_t count);
void leibniz_tan(double *y, const double *x, ptrdiff_t count);
void leibniz_asin(double *y, const double *x, ptrdiff_t count);
void leibniz_acos(double *y, const double *x, ptrdiff_t count);
void leibniz_atan(double *y, const double *x, ptrdiff_t count);
void leibniz_sinh(double *y, const double *x, ptrdiff_t count);
void leibniz_cosh(double *y, const double *x, ptrdiff_t count);
void leibniz_tanh(double *y, const double *x, ptrdiff_t count);
void leibniz_asinh(double *y, const double *x, ptrdiff_t count);
void leibniz_acosh(double *y, const double *x, ptrdiff_t count);
void leibniz_atanh(double *y, const double *x, ptrdiff_t count);
void leibniz_erf(double *y, const double *x, ptrdiff_t count);
void leibniz_erfc(double *y, const double *x, ptrdiff_t count);

// z(i) = x(i) to the power of y(i); z may be x or y.
void leibniz_pow(double *z, const double *x, const double *y, ptrdiff_t count);
// z(i) = the angle of the point (x(i), y(i)); z may be x or y.
void leibniz_atan2(double *z, const double *y, const double *x, ptrdiff_t count);

// m ← beta1 m + (1 − beta1) g and s ← beta2 s + (1 − beta2) g², where g has coupled · p added to it;
// then p ← kept p − rate m / (correction √s + epsilon).
typedef struct {
  double beta1, beta2, rate, correction, epsilon, coupled, kept;
} leibniz_adam_rule;

// One step for each of `count` parameters p.
void leibniz_adam(
    double *values, const double *gradients, double *mean, double *size, ptrdiff_t count,
    leibniz_adam_rule rule);

// The bytes that the process has allocated and not yet freed, without this thread's spare objects;
// -1 where the C library does not tell.
long long leibniz_allocated_bytes(void);

// Asks for pages of 2 MB, where there are such, in memory that has not been written yet.
void leibniz_use_large_pages(void *memory, size_t bytes);

#endif
