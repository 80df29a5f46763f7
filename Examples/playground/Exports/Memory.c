// What Embedded Swift asks of a C library, where there is none: memory, in blocks of powers of two that
// are kept for their size when they are given back; products of 128 bits; rounding.

typedef unsigned long size;

extern unsigned char __heap_base;
static size unused;
static void *free_blocks[32];

// Before each block stands its class, in sixteen bytes that keep the block aligned. A block that must be
// aligned otherwise has class −1 and the address of the block that it is a part of.
typedef struct {
  int class;
  void *whole;
  size unused[2];
} head;

static head *head_of(void *block) { return (head *)block - 1; }

static void *allocate(size bytes) {
  int class = 4;
  while ((1ul << class) < bytes) class++;
  void *block = free_blocks[class];
  if (block) {
    free_blocks[class] = *(void **)block;
    return block;
  }
  if (!unused) unused = ((size)&__heap_base + 15) & ~15ul;
  size end = unused + sizeof(head) + (1ul << class);
  size have = __builtin_wasm_memory_size(0) << 16;
  if (end > have) {
    size pages = (end - have + 65535) >> 16, more = have >> 17;  // half as much again: to grow is slow
    if (__builtin_wasm_memory_grow(0, pages > more ? pages : more) == (size)-1 &&
        __builtin_wasm_memory_grow(0, pages) == (size)-1)
      __builtin_trap();
  }
  block = (void *)(unused + sizeof(head));
  head_of(block)->class = class;
  unused = end;
  return block;
}

int posix_memalign(void **result, size alignment, size bytes) {
  if (alignment <= 16) {
    *result = allocate(bytes);
    return 0;
  }
  void *whole = allocate(bytes + alignment + sizeof(head));
  void *block = (void *)(((size)whole + sizeof(head) + alignment - 1) & ~(alignment - 1));
  *head_of(block) = (head){.class = -1, .whole = whole};
  *result = block;
  return 0;
}

void free(void *block) {
  if (!block) return;
  if (head_of(block)->class < 0) block = head_of(block)->whole;
  int class = head_of(block)->class;
  *(void **)block = free_blocks[class];
  free_blocks[class] = block;
}

// One instruction each, with bulk memory.
void *memmove(void *to, const void *from, size count) { return __builtin_memmove(to, from, count); }
void *memcpy(void *to, const void *from, size count) { return __builtin_memmove(to, from, count); }
void *memset(void *to, int byte, size count) { return __builtin_memset(to, byte, count); }

int memcmp(const void *a, const void *b, size count) {
  const unsigned char *x = a, *y = b;
  for (; count > 0; count--, x++, y++)
    if (*x != *y) return *x < *y ? -1 : 1;
  return 0;
}

void __stack_chk_fail(void) { __builtin_trap(); }
unsigned __stack_chk_guard = 0x5bd1e995;

// a · b by halves of the low words.
__int128 __multi3(__int128 a, __int128 b) {
  typedef unsigned long long word;
  word al = (word)a, bl = (word)b, ah = (word)((unsigned __int128)a >> 64), bh = (word)((unsigned __int128)b >> 64);
  word a0 = al & 0xffffffff, a1 = al >> 32, b0 = bl & 0xffffffff, b1 = bl >> 32;
  word low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (middle & 0xffffffff);
  word high = a1 * b1 + (middle >> 32) + (other >> 32) + al * bh + ah * bl;
  return (__int128)((unsigned __int128)high << 64 | (other << 32 | (low & 0xffffffff)));
}

// To the nearest whole number, halves away from zero.
double round(double x) {
  double whole = __builtin_trunc(x), rest = x - whole;
  return rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole;
}
