// For posix_memalign.
#define _POSIX_C_SOURCE 200809L

#include "kernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

static void *blocks[256];
static int block_count;
static uint64_t state = 1;

static uint32_t word(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 32);
}

ptrdiff_t between(ptrdiff_t low, ptrdiff_t high) { return low + (ptrdiff_t)(word() % (uint64_t)(high - low + 1)); }

static double number(void) {
  static const double special[] = {0, -0.0, 1, -1, INFINITY, -INFINITY, NAN, 1e-310, 3e38, -3e38, 88, -104, 710};
  if (word() % 16 == 0) return special[word() % (sizeof special / sizeof *special)];
  return (double)(int32_t)word() / 0x1p30;
}

static int64_t whole(void) {
  static const int64_t special[] = {0, 1, -1, INT64_MAX, INT64_MIN, INT32_MAX, INT32_MIN};
  if (word() % 16 == 0) return special[word() % (sizeof special / sizeof *special)];
  return (int64_t)(word() % 201) - 100;
}

static void set(char fill, size_t size, char *start, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    char *place = start + (size_t)i * size;
    if (fill == 'f' && size == 4) {
      float value = (float)number();
      memcpy(place, &value, 4);
    } else if (fill == 'f') {
      double value = number();
      memcpy(place, &value, 8);
    } else if (fill == 'i') {
      int64_t value = whole();
      int32_t narrow = value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : (int32_t)value;
      memcpy(place, size == 8 ? (void *)&value : (void *)&narrow, size);
    } else if (fill == 'b') {
      *place = (char)(word() & 1);
    } else {
      memset(place, 0, size);
    }
  }
}

static void *keep(void *block) {
  if (block == NULL || block_count == sizeof blocks / sizeof *blocks) abort();
  return blocks[block_count++] = block;
}

void *buffer(char fill, size_t size, ptrdiff_t count) {
  // One element is left out at the start, so that nothing is aligned to more than an element.
  char *start = (char *)keep(malloc(size * (size_t)(count + 1))) + size;
  set(fill, size, start, count);
  return start;
}

void *aligned_buffer(char fill, size_t size, ptrdiff_t count) {
  void *start = NULL;
  if (posix_memalign(&start, 64, size * (size_t)count) != 0) abort();
  set(fill, size, keep(start), count);
  return start;
}

void release(void) {
  while (block_count > 0) free(blocks[--block_count]);
}

int main(void) {
  static const char *const names[] = {"portable", "wide", "avx2", "avx512"};
  for (int form = nt_form_portable; form <= nt_form_avx512; form++) {
    if (!nt_form_supported((nt_form)form)) continue;
    nt_form_activate((nt_form)form);
    fprintf(stderr, "%s\n", names[form]);
    fuzz_activation();
    fuzz_channels();
    fuzz_compare();
    fuzz_elementwise();
    fuzz_reductions();
    fuzz_products();
    fuzz_pooling();
    fuzz_pixel_windows();
    fuzz_pixels();
    fuzz_convolutions();
    fuzz_image_chain();
    fuzz_images();
    fuzz_lanes();
    fuzz_movement();
    fuzz_random();
    fuzz_rows();
    fuzz_softmax();
    fuzz_sparse();
    fuzz_updates();
    fuzz_winograd();
  }
  return 0;
}
