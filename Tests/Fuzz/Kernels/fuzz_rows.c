#include <math.h>

#include "CKernels.h"
#include "kernels.h"

/// A rectangle that may reach out of the image on every side.
static void rectangles(void) {
  nt_rows_rectangle r = {between(1, 9), between(1, 9), between(1, 40)};
  r.first_channel = between(0, r.channels - 1);
  r.count = between(1, r.channels - r.first_channel);
  r.first_row = between(-4, r.height), r.rows = between(1, 7), r.row_step = between(1, 3);
  r.first_column = between(-4, r.width), r.columns = between(1, 7), r.column_step = between(1, 3);
  r.pixel = r.count + between(0, 2);
  nt_rows_copy(&r, buffer('f', 4, r.height * r.width * r.channels), buffer(0, 4, r.rows * r.columns * r.pixel));
  release();
}

/// Convolution of one image without padding at stride 1, forward and the gradient of the weights.
static void passes(void) {
  ptrdiff_t height = between(1, 7), width = between(1, 7), channels = between(1, 9), filters = between(1, 70);
  ptrdiff_t kernel_height = between(1, height), kernel_width = between(1, width);
  ptrdiff_t out_height = height - kernel_height + 1, out_width = width - kernel_width + 1;
  ptrdiff_t positions = out_height * out_width, k = kernel_height * kernel_width * channels;
  ptrdiff_t *sources = buffer(0, sizeof(ptrdiff_t), positions), *places = buffer(0, sizeof(ptrdiff_t), positions);
  ptrdiff_t *offsets = buffer(0, sizeof(ptrdiff_t), kernel_height);
  for (ptrdiff_t p = 0; p < positions; p++) {
    sources[p] = (p / out_width * width + p % out_width) * channels;
    places[p] = p * filters;
  }
  for (ptrdiff_t r = 0; r < kernel_height; r++) offsets[r] = r * width * channels;

  ptrdiff_t lanes = nt_gemm_tile_f32().columns, panels = (filters + lanes - 1) / lanes;
  float *weight = buffer('f', 4, k * filters), *packed = aligned_buffer(0, 4, panels * lanes * k);
  nt_gemm_pack_right_f32(k, filters, weight, filters, 1, packed);
  float *image = buffer('f', 4, height * width * channels), *result = buffer(0, 4, positions * filters);
  nt_rows_patch patch = {kernel_height, kernel_width * channels, offsets};
  nt_rows_product product = {positions, image, sources, places, patch, packed, lanes * k, 0, filters, false, false, NULL};
  nt_rows_multiply(&product, NULL, result);
  product.accumulate = product.is_rare = true;
  product.next = packed;
  nt_epilogue e = {buffer('f', 4, filters), buffer('f', 4, positions * filters), 0, INFINITY};
  nt_rows_multiply(&product, &e, result);

  ptrdiff_t runs = between(1, 3), run = panels * lanes * k;
  float *rows = aligned_buffer(0, 4, panels * lanes * positions), *sums = aligned_buffer('f', 4, runs * run);
  nt_rows_pack_gradient(positions, result, places, 0, filters, rows, lanes * positions);
  nt_rows_outer_product outer = {positions, image, sources, patch, rows, lanes * positions, panels, false};
  nt_rows_outer(&outer, sums);
  outer.accumulate = true;
  outer.later[0] = (nt_rows_later){image, sources, 1};
  nt_rows_outer(&outer, sums);
  ptrdiff_t taps = kernel_height * kernel_width;
  nt_rows_collect(runs, run, taps, channels, filters, sums, buffer(0, 4, filters * k), k);
  release();
}

void fuzz_rows(void) {
  for (int round = 0; round < 2000; round++) {
    rectangles();
    passes();
  }
}
