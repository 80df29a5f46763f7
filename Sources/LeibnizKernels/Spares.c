#include "LeibnizKernels.h"

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

int leibniz_object_layout = leibniz_layout_unseen;
_Thread_local _Bool leibniz_thread_is_releasing;
_Thread_local void *leibniz_thread_waiting;
_Thread_local void *leibniz_thread_recorder;
_Thread_local leibniz_spares *leibniz_thread_spares;

// The address sanitizer is to see each use of a dead object.
#if __has_include(<pthread.h>) && !__has_feature(address_sanitizer)

#include <pthread.h>
#include <stdlib.h>

// The Swift runtime's own function.
void swift_release(void *object);

// At a thread's exit its own variables may be gone before this key's value.
static pthread_key_t key;
static _Bool has_key;

// Destructors that run later may release graphs too, and nobody would give back what they kept.
static _Thread_local _Bool thread_has_ended;

static void release(leibniz_spares *spares) {
  leibniz_thread_spares = 0;
  while (spares->count > 0) swift_release(spares->objects[--spares->count]);
  free(spares);
}

static void end_thread(void *spares) {
  thread_has_ended = 1;
  release(spares);
}

static void make_key(void) { has_key = pthread_key_create(&key, end_thread) == 0; }

// Room for twice as many objects, or for the first; null if there is none.
static leibniz_spares *grow(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, make_key);
  if (!has_key || thread_has_ended) return 0;
  leibniz_spares *spares = pthread_getspecific(key);
  if (spares != 0 && spares->count < spares->capacity) return leibniz_thread_spares = spares;
  ptrdiff_t capacity = spares == 0 ? leibniz_fewest_spares : 2 * spares->capacity;
  if (capacity > leibniz_most_spares) return 0;
  leibniz_spares *larger = malloc(sizeof *larger + capacity * sizeof *larger->objects);
  if (larger == 0) return 0;
  if (pthread_setspecific(key, larger) != 0) {
    free(larger);
    return 0;
  }
  larger->capacity = capacity;
  larger->count = spares == 0 ? 0 : spares->count;
  for (ptrdiff_t i = 0; i < larger->count; i++) larger->objects[i] = spares->objects[i];
  free(spares);
  return leibniz_thread_spares = larger;
}

_Bool leibniz_keep_one_more_spare(void *object) {
  leibniz_spares *spares = grow();
  if (spares == 0) return 0;
  spares->objects[spares->count++] = object;
  return 1;
}

void leibniz_release_spares(void) {
  leibniz_spares *spares = leibniz_thread_spares;
  if (spares == 0) return;
  pthread_setspecific(key, 0);
  release(spares);
}

#else

_Bool leibniz_keep_one_more_spare(void *object) { return 0; }
void leibniz_release_spares(void) {}

#endif
