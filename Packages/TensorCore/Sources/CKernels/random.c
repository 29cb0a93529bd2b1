#include "include/nt_random.h"

#include <math.h>
#include <string.h>

#include "form.h"

// A fused multiply-add would round differently, and the same seed must give the same numbers everywhere.
#pragma STDC FP_CONTRACT OFF

#define NT_FORM 0
#include "form_begin.h"
#include "random.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "random.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "random.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "random.inc"
#include "form_end.h"
#endif

void nt_philox(uint32_t *words, ptrdiff_t blocks, uint64_t key, uint64_t stream, uint64_t first) {
  NT_DISPATCH(nt_philox, (words, blocks, key, stream, first))
}

void nt_uniform_float(float *to, const uint32_t *words, ptrdiff_t count, float low, float high) {
  NT_DISPATCH(nt_uniform_float, (to, words, count, low, high))
}

void nt_uniform_double(double *to, const uint32_t *words, ptrdiff_t count, double low, double high) {
  double width = high - low, last = nextafter(high, low);
  for (ptrdiff_t i = 0; i < count; i++) {
    uint64_t bits = (uint64_t)words[2 * i] | (uint64_t)words[2 * i + 1] << 32;
    double value = low + (double)(int64_t)(bits >> 11) * 0x1p-53 * width;
    to[i] = value < high ? value : last;
  }
}

void nt_words_below(uint8_t *to, const uint32_t *words, ptrdiff_t count, uint64_t threshold) {
  NT_DISPATCH(nt_words_below, (to, words, count, threshold))
}
