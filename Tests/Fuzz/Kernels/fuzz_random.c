#include "CKernels.h"
#include "kernels.h"

void fuzz_random(void) {
  for (ptrdiff_t blocks = 0; blocks <= 70; blocks++) {
    ptrdiff_t words = 4 * blocks;
    uint32_t *random = buffer(0, 4, words);
    nt_philox(random, blocks, 1, UINT64_MAX, (uint64_t)-3);
    ptrdiff_t count = words - (words > 0 ? between(0, 3) : 0);
    nt_uniform_float(buffer(0, 4, count), random, count, -1, 1);
    nt_uniform_double(buffer(0, 8, count / 2), random, count / 2, -1, 1);
    nt_words_below(buffer(0, 1, count), random, count, UINT64_C(1) << 32);
    nt_uniform_float((float *)random, random, count, 0, 1);
    release();
  }
}
