#include "LeibnizKernels.h"
