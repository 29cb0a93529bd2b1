#include <math.h>

#include "CKernels.h"
#include "kernels.h"

static ptrdiff_t whole(ptrdiff_t count, ptrdiff_t unit) { return (count + unit - 1) / unit * unit; }

static nt_winograd_matrices matrices(ptrdiff_t rows, ptrdiff_t columns) {
  ptrdiff_t width = whole(columns, nt_lane_count());
  return (nt_winograd_matrices){buffer('f', 4, 36 * rows * width), rows * width, width};
}

static void tiles(void) {
  ptrdiff_t images = between(1, 3), height = between(1, 11), width = between(1, 11), channels = between(1, 40);
  nt_winograd_map out = {channels, height, width, (height + 3) / 4, (width + 3) / 4, 0, 0};
  nt_winograd_map in = {channels, between(1, 13), between(1, 13), out.tiles_y, out.tiles_x, between(0, 2), between(0, 2)};
  ptrdiff_t all = images * out.tiles_y * out.tiles_x, first = between(0, all - 1), count = between(1, all - first);
  ptrdiff_t elements = images * height * width * channels;
  nt_winograd_matrices values = matrices(count, channels);
  nt_winograd_input(&in, buffer('f', 4, images * in.height * in.width * channels), first, count, values);
  float *maps = buffer('f', 4, elements);
  nt_winograd_gradient(&out, maps, first, count, values);
  nt_epilogue e = {buffer('f', 4, channels), buffer('f', 4, elements), -1, INFINITY};
  nt_winograd_output(&out, values, first, count, &e, 0, channels, maps);
  ptrdiff_t some = between(0, channels - 1);
  nt_winograd_output(&out, matrices(count, channels - some), first, count, &e, some, channels - some, maps);
  release();
}

static void weights(void) {
  ptrdiff_t inputs = between(1, 9), columns = nt_gemm_tile_f32().columns, row = whole(inputs, nt_lane_count());
  float *kernels = buffer('f', 4, inputs * 9 * columns), *packed = buffer(0, 4, 6 * inputs * columns);
  nt_winograd_weight(inputs, kernels, between(0, 1), (int)between(0, 5), packed, inputs * columns);
  ptrdiff_t filters = between(1, 5), first = between(0, filters - 1), last = between(first, filters);
  nt_winograd_weight_gradient(inputs, buffer('f', 4, 36 * filters * row), filters * row, row, first, last,
                              buffer(0, 4, filters * inputs * 9));
  release();
}

void fuzz_winograd(void) {
  for (int round = 0; round < 1500; round++) {
    tiles();
    weights();
  }
}
