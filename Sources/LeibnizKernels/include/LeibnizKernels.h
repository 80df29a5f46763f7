// What Swift cannot say, or not as fast: counting references without atomic instructions, loops over
// vectors that use the widest registers the machine has, and how much memory is in use. No calculus
// lives here.
#ifndef LEIBNIZ_KERNELS_H
#define LEIBNIZ_KERNELS_H

// The Swift runtime's own functions. An atomic count costs 5 ns, and a node of a graph is counted
// four times in its life; but a graph belongs to one task at a time, which the compiler enforces
// (`Value` is not `Sendable`), so plain counting is enough.
void *swift_nonatomic_retain(void *object);
void swift_nonatomic_release(void *object);

// Dead objects that this thread keeps to make new ones of: to allocate and free a node of a graph
// takes 40 ns, to take a spare one 2.
typedef struct {
  void **objects;
  long count, limit;
} leibniz_spares;

extern _Thread_local leibniz_spares leibniz_thread_spares;

// Finds room for one more; at the thread's exit the objects kept are released.
_Bool leibniz_make_room(leibniz_spares *spares);

// A spare object, or null.
static inline void *leibniz_take_spare(void) {
  leibniz_spares *spares = &leibniz_thread_spares;
  return spares->count == 0 ? (void *)0 : spares->objects[--spares->count];
}

// Keeps the caller's reference to an object, if there is room.
static inline _Bool leibniz_keep_spare(void *object) {
  leibniz_spares *spares = &leibniz_thread_spares;
  if (spares->count == spares->limit && !leibniz_make_room(spares)) return 0;
  spares->objects[spares->count++] = object;
  return 1;
}

// A matrix of rows × columns numbers: element (i, j) stands at start[i * row + j * column].
typedef struct {
  long row, column;
} leibniz_strides;

// Matrices of lanes hold, at each element, `lanes` neighbouring numbers; the strides count elements.
// `lanes` is 1 or a multiple of 8.

// y(i) = Σj w(i, j) x(j) + bias(i), where w and bias are the same for all lanes; bias may be null.
void leibniz_affine(
    double *y, long rows, long columns, long lanes, const double *w, leibniz_strides ws,
    const double *x, long xs, const double *bias, long biass);

// x̄(j) += Σi w(i, j) ȳ(i)
void leibniz_affine_by_input(
    double *xbar, long rows, long columns, long lanes, const double *w, leibniz_strides ws,
    const double *ybar, long xs);

// w̄(i, j) += Σlanes ȳ(i) x(j), and bias̄(i) += Σlanes ȳ(i); either may be null.
void leibniz_affine_by_weight(
    double *wbar, double *biasbar, long rows, long columns, long lanes, leibniz_strides ws,
    long biass, const double *ybar, const double *x, long xs);

// y(i) = Σj a(i, j) b(i, j) for each lane.
void leibniz_dot(
    double *y, long rows, long count, long lanes, const double *a, leibniz_strides as,
    const double *b, leibniz_strides bs);

// ā(i, j) += ȳ(i) b(i, j) for each lane.
void leibniz_dot_by_factor(
    double *abar, long rows, long count, long lanes, leibniz_strides as, const double *ybar,
    const double *b, leibniz_strides bs);

// The elementary functions of eight lanes at once, in place; exp and log within 1 unit in the last
// place, expm1 within 2.
void leibniz_exp8(double *x);
void leibniz_expm18(double *x);
void leibniz_log8(double *x);

// m ← beta1 m + (1 − beta1) g and s ← beta2 s + (1 − beta2) g², where g has coupled · p added to it;
// then p ← kept p − rate m / (correction √s + epsilon).
typedef struct {
  double beta1, beta2, rate, correction, epsilon, coupled, kept;
} leibniz_adam_rule;

// One step for each of `count` parameters p.
void leibniz_adam(
    double *values, const double *gradients, double *mean, double *size, long count,
    leibniz_adam_rule rule);

// The bytes that the process has allocated and not yet freed, without this thread's spare objects;
// -1 where the C library does not tell.
long long leibniz_allocated_bytes(void);

#endif
