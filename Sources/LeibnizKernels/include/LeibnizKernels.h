// What Swift cannot say as fast: counting references without atomic instructions, and loops over
// vectors that use the widest registers the machine has. No calculus lives here.
#ifndef LEIBNIZ_KERNELS_H
#define LEIBNIZ_KERNELS_H

// The Swift runtime's own functions. An atomic count costs 5 ns, and a node of a graph is counted
// four times in its life; but a graph belongs to one task at a time, which the compiler enforces
// (`Value` is not `Sendable`), so plain counting is enough.
void *swift_nonatomic_retain(void *object);
void swift_nonatomic_release(void *object);

#endif
