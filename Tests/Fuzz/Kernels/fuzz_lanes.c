#include "CKernels.h"
#include "kernels.h"

static ptrdiff_t smaller(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }

/// A convolution whose maps hold the rows only that the output rows from `out_first` on need.
static bool sizes(nt_lane_convolution *s) {
  *s = (nt_lane_convolution){.groups = between(1, 2), .channels = between(1, 4), .filters = between(1, 14)};
  s->height = between(1, 10);
  s->width = between(1, 14);
  s->kernel_height = between(1, 5);
  s->kernel_width = between(1, 5);
  s->stride_y = between(1, 2);
  s->stride_x = between(1, 2);
  s->dilation_y = between(1, 2);
  s->dilation_x = between(1, 2);
  s->pad_top = between(-1, 2);
  s->pad_left = between(-1, 2);
  ptrdiff_t y = s->height + s->pad_top + between(0, 2) - (s->kernel_height - 1) * s->dilation_y - 1;
  ptrdiff_t x = s->width + s->pad_left + between(0, 2) - (s->kernel_width - 1) * s->dilation_x - 1;
  if (y < 0 || x < 0) return false;
  s->out_height = y / s->stride_y + 1;
  s->out_width = x / s->stride_x + 1;
  s->out_first = between(0, s->out_height - 1);
  s->out_rows = between(1, s->out_height - s->out_first);
  ptrdiff_t top = s->out_first * s->stride_y - s->pad_top;
  ptrdiff_t bottom = top + (s->out_rows - 1) * s->stride_y + (s->kernel_height - 1) * s->dilation_y;
  s->first_row = smaller(top > 0 ? top : 0, s->height);
  ptrdiff_t rows = smaller(bottom + 1, s->height) - s->first_row;
  s->rows = rows > 0 ? rows : 0;
  return true;
}

static void convolve(const nt_lane_convolution *s) {
  ptrdiff_t lanes = nt_lane_count();
  ptrdiff_t channels = s->groups * s->channels, filters = s->groups * s->filters;
  ptrdiff_t weights = filters * s->channels * s->kernel_height * s->kernel_width;
  ptrdiff_t in = channels * s->rows * s->width, out = filters * s->out_rows * s->out_width;
  float *weight = buffer('f', 4, weights), *packed = aligned_buffer(0, 4, weights);
  float *input = aligned_buffer('f', 4, in * lanes), *output = aligned_buffer('f', 4, out * lanes);
  nt_lane_pack(s, weight, true, packed);
  nt_lane_pack(s, weight, false, packed);
  nt_lane_convolve(s, input, packed, buffer('f', 4, filters), output);
  nt_lane_convolve(s, input, packed, NULL, output);
  float *sums = aligned_buffer(0, 4, weights * lanes);
  nt_lane_weight_gradient(s, output, input, sums);
  nt_lanes_reduce(sums, weights, buffer(0, 4, weights));
  nt_lanes_sum_planes(output, filters, s->out_rows * s->out_width, aligned_buffer(0, 4, filters * lanes));
  release();
}

static void change_layout(ptrdiff_t count) {
  ptrdiff_t lanes = nt_lane_count(), left = between(1, lanes + 2), images = smaller(left, lanes);
  ptrdiff_t stride = count + between(0, 5), extent = (images - 1) * stride + count;
  float *map = aligned_buffer(0, 4, count * lanes), *pixels = buffer('f', 4, extent);
  nt_lanes_load(pixels, stride, left, count, map);
  nt_lanes_store(map, left, count, pixels, stride);
  release();
}

void fuzz_lanes(void) {
  for (ptrdiff_t count = 1; count <= 100; count++) change_layout(count);
  for (int round = 0; round < 1500; round++) {
    nt_lane_convolution s;
    if (sizes(&s)) convolve(&s);
  }
}
