#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

// How often this process has called malloc; -1 where calls cannot be counted.
long allocation_count(void);

#endif
