// What the C library knows of its memory.
#include "LeibnizKernels.h"

#if defined(__linux__)
#include <malloc.h>
#elif defined(__APPLE__)
#include <malloc/malloc.h>
#endif

#if defined(__GLIBC__) && defined(__GLIBC_PREREQ)
#if __GLIBC_PREREQ(2, 33)
#define COUNTS_ARENAS
#endif
#endif

long long leibniz_allocated_bytes(void) {
#if defined(COUNTS_ARENAS)
  struct mallinfo2 info = mallinfo2();
  return (long long)(info.uordblks + info.hblkhd);
#elif defined(__APPLE__)
  malloc_statistics_t statistics;
  malloc_zone_statistics(0, &statistics);
  return (long long)statistics.size_in_use;
#else
  return -1;
#endif
}
