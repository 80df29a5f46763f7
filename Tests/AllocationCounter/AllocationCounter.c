#include "AllocationCounter.h"

#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#if defined(__GLIBC__) && !defined(SANITIZED)

#include <stdatomic.h>

static atomic_long calls;

extern void *__libc_malloc(size_t size);

// Stands in for the C library's own, for the whole test process.
void *malloc(size_t size) {
  atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed);
  return __libc_malloc(size);
}

long allocation_count(void) { return atomic_load(&calls); }

#else

long allocation_count(void) { return -1; }

#endif
