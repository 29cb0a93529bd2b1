#include "CKernels.h"
#include "kernels.h"

void fuzz_pixels(void) {
  for (int round = 0; round < 2000; round++) {
    ptrdiff_t pixels = between(0, 11), channels = between(1, 70), count = pixels * channels;
    float *x = buffer('f', 4, count), *g = buffer('f', 4, count), *addend = buffer('f', 4, count);
    float *y = buffer(0, 4, count), *result = buffer(0, 4, count), *kept = buffer(0, 4, count);
    float *on_g = buffer('f', 4, channels), *on_x = buffer('f', 4, channels), *constant = buffer('f', 4, channels);
    double *sums = buffer('f', 8, channels), *squares = buffer('f', 8, channels);
    nt_pixel_map map = {buffer('f', 4, channels), buffer('f', 4, channels), buffer('f', 4, channels)};
    nt_pixel_moments(x, pixels, channels, map.center, sums, squares);
    for (int relu = 0; relu < 2; relu++) {
      nt_pixel_affine(x, NULL, pixels, channels, map, relu, y);
      nt_pixel_affine(x, addend, pixels, channels, map, relu, y);
    }
    for (nt_keep keep = nt_keep_all; keep <= nt_keep_by_output; keep++) {
      const float *output = keep == nt_keep_by_output ? y : NULL;
      nt_pixel_products(g, x, output, pixels, channels, map, keep, sums, squares);
      nt_pixel_combine(g, x, output, pixels, channels, map, keep, on_g, on_x, constant, result, NULL);
      nt_pixel_combine(g, x, output, pixels, channels, map, keep, on_g, on_x, constant, result, kept);
    }
    release();
  }
}
