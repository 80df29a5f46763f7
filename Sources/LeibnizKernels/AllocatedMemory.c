// What the C library knows of its memory.
#include "LeibnizKernels.h"

#if defined(__linux__)
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#elif defined(__APPLE__)
#include <malloc/malloc.h>
#endif

#if defined(__GLIBC__) && defined(__GLIBC_PREREQ)
#if __GLIBC_PREREQ(2, 33)
#define COUNTS_ARENAS
#endif
#endif

#if defined(COUNTS_ARENAS) || defined(__APPLE__)

// A block, with the word that GNU's library keeps before it.
static long long block_size(void *block) {
#if defined(__APPLE__)
  return (long long)malloc_size(block);
#else
  return (long long)(malloc_usable_size(block) + sizeof(size_t));
#endif
}

static long long all_blocks(void) {
#if defined(__APPLE__)
  malloc_statistics_t statistics;
  malloc_zone_statistics(0, &statistics);
  return (long long)statistics.size_in_use;
#else
  struct mallinfo2 info = mallinfo2();
  return (long long)(info.uordblks + info.hblkhd);
#endif
}

long long leibniz_allocated_bytes(void) {
  leibniz_spares *spares = leibniz_thread_spares;
  long long bytes = all_blocks();
  if (spares == 0) return bytes;
  for (ptrdiff_t i = 0; i < spares->count; i++) bytes -= block_size(spares->objects[i]);
  return bytes - block_size(spares);
}

#else

long long leibniz_allocated_bytes(void) { return -1; }

#endif

#if defined(__linux__) && defined(MADV_HUGEPAGE)

void leibniz_use_large_pages(void *memory, size_t bytes) {
  const uintptr_t page = 1 << 21;
  uintptr_t start = ((uintptr_t)memory + page - 1) / page * page;
  uintptr_t end = ((uintptr_t)memory + bytes) / page * page;
  if (start < end) madvise((void *)start, end - start, MADV_HUGEPAGE);
}

#else

void leibniz_use_large_pages(void *memory, size_t bytes) {
  (void)memory;
  (void)bytes;
}

#endif
