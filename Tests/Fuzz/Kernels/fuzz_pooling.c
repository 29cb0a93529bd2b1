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

/// Windows as adaptive pooling cuts an axis of `size` elements into `count`.
static void bounds(ptrdiff_t *starts, ptrdiff_t *ends, ptrdiff_t size, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    starts[i] = i * size / count;
    ends[i] = ((i + 1) * size + count - 1) / count;
  }
}

static void windows(bool wide) {
  size_t size = wide ? 8 : 4;
  nt_windows s = {between(1, 12), between(1, 40), between(1, 9), between(1, 9)};
  if (between(0, 3) == 0) s.out_width = 1;
  ptrdiff_t planes = between(1, 3), in = s.height * s.width, out = s.out_height * s.out_width;
  ptrdiff_t *table = buffer(0, sizeof(ptrdiff_t), 2 * (s.out_height + s.out_width));
  bounds(table, table + s.out_height, s.height, s.out_height);
  bounds(table + 2 * s.out_height, table + 2 * s.out_height + s.out_width, s.width, s.out_width);
  void *input = buffer('f', size, planes * in), *output = buffer(0, size, planes * out);
  void *result = buffer(0, size, planes * in);
  int64_t *indices = buffer(0, 8, planes * out);
  nt_window_average(wide, &s, table, planes, input, output);
  nt_window_average_gradient(wide, &s, table, planes, output, result);
  nt_window_max(wide, &s, table, planes, input, output, indices);
  nt_unpool(wide, planes, in, out, output, indices, result);
  nt_unpool_gradient(wide, planes, in, out, input, indices, output);
  release();
}

/// A table of `count` places on an axis of `size` elements.
static ptrdiff_t *places(ptrdiff_t size, ptrdiff_t count) {
  ptrdiff_t *table = buffer(0, sizeof(ptrdiff_t), count);
  for (ptrdiff_t i = 0; i < count; i++) table[i] = between(0, size - 1);
  return table;
}

static void resample(bool wide) {
  size_t size = wide ? 8 : 4;
  nt_resampling s = {between(1, 9), between(1, 40), between(1, 9), between(1, 40)};
  ptrdiff_t planes = between(1, 3), in = planes * s.height * s.width, out = planes * s.out_height * s.out_width;
  ptrdiff_t *rows = places(s.height, 2 * s.out_height), *columns = places(s.width, 2 * s.out_width);
  void *weights = buffer('f', size, s.out_height + s.out_width);
  void *input = buffer('f', size, in), *output = buffer(0, size, out), *result = buffer(0, size, in);
  nt_resample_nearest(wide, &s, rows, columns, planes, input, output);
  nt_resample_nearest_gradient(wide, &s, rows, columns, planes, output, result);
  nt_resample_bilinear(wide, &s, rows, columns, weights, planes, input, output);
  nt_resample_bilinear_gradient(wide, &s, rows, columns, weights, planes, output, result);
  release();
}

void fuzz_pooling(void) {
  for (int round = 0; round < 2000; round++) resample(round & 1);
  for (int round = 0; round < 2000; round++) windows(round & 1);
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
