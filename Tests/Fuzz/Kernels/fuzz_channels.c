#include "CKernels.h"
#include "kernels.h"

static void passes(nt_type type, size_t size, long images, long channels, long plane) {
  const long count = images * channels * plane;
  // The second half of the channels of every image, as one of the threads sees them.
  const long first = channels / 2;
  char *x = buffer('f', size, count), *g = buffer('f', size, count);
  double *numbers[6];
  for (int i = 0; i < 6; i++) numbers[i] = buffer('f', 8, channels);
  nt_channel_view view = {images, channels - first, plane, channels * plane};
  const size_t start = (size_t)(first * plane) * size;
  nt_channel_moments(type, x + start, &view, numbers[0] + first, numbers[1] + first);
  nt_channel_products(type, g + start, x + start, &view, numbers[0] + first, numbers[2] + first, numbers[3] + first);
  nt_plane_range all = {0, images * channels, channels, plane};
  nt_plane_range some = {first, images * channels - first, channels, plane};
  void *y = buffer(0, size, count);
  nt_channel_affine(type, x, all, numbers[0], numbers[1], numbers[2], y);
  nt_channel_combine(type, g, x, some, numbers[0], numbers[1], numbers[2], numbers[3], y);
  release();
}

static void response(nt_type type, size_t size, long channels, long plane) {
  nt_response_view view = {channels, plane, between(1, 6), 0.5, plane % 2 ? 0.75 : 0.5, 1};
  const long count = channels * plane;
  void *x = buffer('f', size, count), *g = buffer('f', size, count), *y = buffer(0, size, count);
  nt_response(type, x, &view, plane, y);
  nt_response_gradient(type, g, x, &view, plane, buffer(0, size, channels * nt_response_scratch), y);
  release();
}

static void rows(nt_type type, size_t size, long count, long width, int centers) {
  nt_row_view view = {count, width};
  void *x = buffer('f', size, count * width), *g = buffer('f', size, count * width), *w = buffer('f', size, width);
  double *mean = centers ? buffer(0, 8, count) : 0, *scale = buffer(0, 8, count);
  void *y = buffer(0, size, count * width);
  nt_row_norm(type, x, view, w, centers ? w : 0, 1e-5, mean, scale, y);
  nt_row_norm_gradient(
      type, g, x, view, centers ? w : 0, mean, scale, y, buffer('f', 8, width), buffer('f', 8, width));
  release();
}

void fuzz_channels(void) {
  for (long width = 1; width <= 70; width++) {
    for (int centers = 0; centers < 2; centers++) {
      rows(nt_float, 4, between(0, 3), width, centers);
      rows(nt_double, 8, between(0, 3), width, centers);
    }
  }
  for (long plane = 1; plane <= 70; plane++) {
    for (long channels = 1; channels <= 3; channels++) {
      passes(nt_float, 4, between(1, 3), channels, plane);
      passes(nt_double, 8, between(1, 3), channels, plane);
      response(nt_float, 4, 3 * channels - 2, plane);
      response(nt_double, 8, 3 * channels - 2, plane);
    }
  }
  for (long channels = 1; channels <= 70; channels++) {
    passes(nt_float, 4, between(1, 5), channels, 1);
    passes(nt_double, 8, between(1, 5), channels, 1);
  }
}
