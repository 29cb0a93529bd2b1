#include "CKernels.h"
#include "kernels.h"

/// Along one axis: size, kernel, stride and padding, such that each window meets the plane. False if they do not.
static bool axis(ptrdiff_t *size, ptrdiff_t *kernel, ptrdiff_t *stride, ptrdiff_t *pad, ptrdiff_t *out,
                 ptrdiff_t *padded) {
  *size = between(1, 20);
  *kernel = between(1, 4);
  *stride = between(1, 3);
  *pad = between(0, *kernel - 1);
  ptrdiff_t after = between(0, *kernel - 1);
  *padded = *size + after;
  ptrdiff_t room = *size + *pad + after - *kernel;
  if (room < 0) return false;
  *out = room / *stride + 1;
  return (*out - 1) * *stride - *pad < *size;
}

static void pool(bool wide, bool words, bool count_padding, const nt_pooling *shape) {
  size_t size = wide ? 8 : 4;
  ptrdiff_t planes = between(1, 3);
  ptrdiff_t in = planes * shape->height * shape->width, out = planes * shape->out_height * shape->out_width;
  void *input = buffer('f', size, in), *output = buffer(0, size, out), *choices = buffer(0, words ? 4 : 1, out);
  nt_max_pool(wide, words, shape, planes, input, output, choices);
  nt_max_pool_gradient(wide, words, shape, planes, output, choices, buffer(0, size, in));
  nt_average_pool(wide, count_padding, shape, planes, input, output);
  nt_average_pool_gradient(wide, count_padding, shape, planes, output, buffer(0, size, in));
  release();
}

void fuzz_pooling(void) {
  for (int round = 0; round < 2000; round++) {
    nt_pooling s = {0};
    if (!axis(&s.height, &s.kernel_height, &s.stride_y, &s.pad_top, &s.out_height, &s.padded_height)) continue;
    if (!axis(&s.width, &s.kernel_width, &s.stride_x, &s.pad_left, &s.out_width, &s.padded_width)) continue;
    pool(round & 1, round & 2, round & 4, &s);
  }
  // Every window of 2 × 2 at every width, which has a loop of its own.
  for (ptrdiff_t width = 2; width <= 80; width++) {
    nt_pooling s = {4, width, 2, width / 2, 2, 2, 2, 2, 0, 0, 4, width};
    for (int way = 0; way < 8; way++) pool(way & 1, way & 2, way & 4, &s);
  }
}
