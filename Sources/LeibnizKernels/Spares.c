#include "LeibnizKernels.h"

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

_Thread_local leibniz_spares leibniz_thread_spares;

// The address sanitizer is to see each use of a dead object.
#if __has_include(<pthread.h>) && !__has_feature(address_sanitizer)

#include <pthread.h>
#include <stdlib.h>

// 5 MB of nodes: the graph of a training step is kept, one of millions goes back to the system.
enum { most = 1 << 16 };

static pthread_key_t exit_key;
static _Bool has_exit_key;

static void release_spares(void *pointer) {
  leibniz_spares *spares = pointer;
  while (spares->count > 0) swift_nonatomic_release(spares->objects[--spares->count]);
  free(spares->objects);
  *spares = (leibniz_spares){0};
}

static void make_exit_key(void) {
  has_exit_key = pthread_key_create(&exit_key, release_spares) == 0;
}

_Bool leibniz_make_room(leibniz_spares *spares) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  if (spares->limit != 0) return 0;
  pthread_once(&once, make_exit_key);
  if (!has_exit_key || pthread_setspecific(exit_key, spares) != 0) return 0;
  spares->objects = malloc(most * sizeof *spares->objects);
  if (spares->objects != 0) spares->limit = most;
  return spares->objects != 0;
}

#else

_Bool leibniz_make_room(leibniz_spares *spares) {
  (void)spares;
  return 0;
}

#endif
