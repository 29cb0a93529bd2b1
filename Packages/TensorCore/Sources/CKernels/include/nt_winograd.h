// Convolution with 3×3 kernels at stride 1 by Winograd's F(4×4, 3×3), channels-last. The theory is in winograd.inc.
#ifndef NT_WINOGRAD_H
#define NT_WINOGRAD_H

#include <stdbool.h>
#include <stddef.h>

#include "nt_epilogue.h"

/// A stack of maps `[N, height, width, channels]` and how it is cut into square tiles, counted along rows, then down, then
/// image after image. A tile begins at (4·y - pad_top, 4·x - pad_left); what lies outside of the map counts as zero.
typedef struct {
  ptrdiff_t channels, height, width;
  ptrdiff_t tiles_y, tiles_x;
  ptrdiff_t pad_top, pad_left;
} nt_winograd_map;

/// A stack of 36 matrices, a tile's channels in each row: element (matrix, tile, c) is
/// `start[matrix * matrix_stride + tile * tile_stride + c]`. Rows hold whole vectors.
typedef struct {
  float *start;
  ptrdiff_t matrix_stride, tile_stride;
} nt_winograd_matrices;

/// Bᵀ d B of the 6×6 tiles first ..< first + count, to rows 0 ..< count; from maps `input`.
void nt_winograd_input(const nt_winograd_map *map, const float *input, ptrdiff_t first, ptrdiff_t count,
                       nt_winograd_matrices out);

/// Aᵀ m A of rows 0 ..< count, to the 4×4 tiles first ..< first + count of `output`, through the epilogue; only of channels
/// first_channel ..< first_channel + channels, which are the columns of the matrices.
void nt_winograd_output(const nt_winograd_map *map, nt_winograd_matrices in, ptrdiff_t first, ptrdiff_t count,
                        const nt_epilogue *epilogue, ptrdiff_t first_channel, ptrdiff_t channels, float *output);

/// A g Aᵀ of the 4×4 tiles first ..< first + count of the output's gradient, to rows 0 ..< count.
void nt_winograd_gradient(const nt_winograd_map *map, const float *gradient, ptrdiff_t first, ptrdiff_t count,
                          nt_winograd_matrices out);

/// Row `row` of G w Gᵀ, six matrices, for a panel of outputs (tile.columns of nt_gemm_block_f32) and `inputs` inputs,
/// packed for that function: each `[input][column]`, `matrix_stride` apart. `kernels` is `[input][9][column]`; the nine are
/// taken in reverse if `flipped`.
void nt_winograd_weight(ptrdiff_t inputs, const float *kernels, bool flipped, int row, float *packed,
                        ptrdiff_t matrix_stride);

/// Gᵀ u G: rows first ..< last of 36 matrices `[K, C]`, rows `row_stride` apart, to the gradient `[K, C, 3, 3]`.
void nt_winograd_weight_gradient(ptrdiff_t channels, const float *sums, ptrdiff_t matrix_stride, ptrdiff_t row_stride,
                                 ptrdiff_t first, ptrdiff_t last, float *result);

#endif
