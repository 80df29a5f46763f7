// Where the linker can choose between versions of a function at load time, each kernel is compiled
// for AVX-512, for AVX2 and for any x86-64; elsewhere once, for the machine that is the target.
#ifndef LEIBNIZ_DISPATCH_H
#define LEIBNIZ_DISPATCH_H

#if defined(__linux__)
#include <features.h>
#endif

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

// The thread sanitizer is not there yet when the linker chooses. LEIBNIZ_ONE_VERSION is for comparing the
// versions, compiled one by one.
#if defined(__x86_64__) && !defined(LEIBNIZ_ONE_VERSION) && defined(__GLIBC__) && !__has_feature(thread_sanitizer)
#define VERSIONS __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#define HAS_WIDE_REGISTERS __builtin_cpu_supports("avx512f")
#else
#define VERSIONS
#ifdef __AVX512F__
#define HAS_WIDE_REGISTERS 1
#else
#define HAS_WIDE_REGISTERS 0
#endif
#endif

#define INLINE static inline __attribute__((always_inline))

// Eight lanes; where registers are narrower, the compiler uses several.
typedef double lanes8 __attribute__((vector_size(64), aligned(8)));
typedef double lanes4 __attribute__((vector_size(32), aligned(8)));
typedef long long bits8 __attribute__((vector_size(64), aligned(8)));

#define LOAD(address) (*(const lanes8 *)(address))
#define STORE(address) (*(lanes8 *)(address))

#endif
