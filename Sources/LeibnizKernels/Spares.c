#include "LeibnizKernels.h"

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

_Thread_local leibniz_spares *leibniz_thread_spares;

// The address sanitizer is to see each use of a dead object.
#if __has_include(<pthread.h>) && !__has_feature(address_sanitizer)

#include <pthread.h>
#include <stdlib.h>

static pthread_key_t exit_key;
static _Bool has_exit_key;

// The spares stand on the heap, because the thread's own variables may be gone when this is called.
static void release_spares(void *pointer) {
  leibniz_spares *spares = pointer;
  while (spares->count > 0) swift_nonatomic_release(spares->objects[--spares->count]);
  free(spares);
}

static void make_exit_key(void) {
  has_exit_key = pthread_key_create(&exit_key, release_spares) == 0;
}

leibniz_spares *leibniz_make_spares(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, make_exit_key);
  leibniz_spares *spares = has_exit_key ? malloc(sizeof *spares) : 0;
  if (spares == 0) return 0;
  spares->count = 0;
  if (pthread_setspecific(exit_key, spares) != 0) {
    free(spares);
    return 0;
  }
  return leibniz_thread_spares = spares;
}

#else

leibniz_spares *leibniz_make_spares(void) { return 0; }

#endif
