// Convolution of channels-last maps `[N, H, W, C]` as a product whose rows are the patches of the image where they lie.
// The theory is in conv_rows.inc.
#ifndef NT_ROWS_H
#define NT_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "nt_epilogue.h"

/// A rectangle of pixels to be laid out in a piece of memory of its own, zero where it reaches out of the image.
typedef struct {
  ptrdiff_t height, width, channels;                  ///< of the image `[height, width, channels]`
  ptrdiff_t first_channel, count;                     ///< the channels that are taken
  ptrdiff_t first_row, rows, row_step;                ///< row i of the rectangle is row first_row + i * row_step
  ptrdiff_t first_column, columns, column_step;       ///< and so for columns
  ptrdiff_t pixel;                                    ///< the distance of pixels where they are laid out, at least count
} nt_rows_rectangle;

/// Lays out a rectangle of an image, row after row, columns * pixel elements each.
void nt_rows_copy(const nt_rows_rectangle *rectangle, const float *image, float *to);

/// What the positions of the output see: `segments` pieces of `depth` neighbours each, at `offsets` from where a patch
/// begins.
typedef struct {
  ptrdiff_t segments, depth;
  const ptrdiff_t *offsets;
} nt_rows_patch;

/// The product of the patches of some positions with packed weights.
typedef struct {
  ptrdiff_t positions;
  const float *source;
  const ptrdiff_t *sources;  ///< where the patch of each position begins in `source`
  const ptrdiff_t *places;   ///< where channel 0 of each position lies in the result
  nt_rows_patch patch;
  const float *weight;       ///< panels as nt_gemm_pack_right_f32 packs them: [channels of a panel] for each element of a patch
  ptrdiff_t panel;           ///< the distance of the panels
  ptrdiff_t first, count;    ///< the channels of the result: `weight` begins with the panel of channel `first`
  bool accumulate;           ///< adds to what the result holds
  bool is_rare;              ///< few products use these weights, which therefore come from memory
  const float *next;         ///< the weights that the next product will probably read, or null: they are asked for
} nt_rows_product;

/// result[place + k] = the sum over the patch; with bias, addend and bounds if `epilogue` is not null.
void nt_rows_multiply(const nt_rows_product *product, const nt_epilogue *epilogue, float *result);

/// Memory that will be read later and is asked for meanwhile: at start + places[p], for each position p of the product under
/// way, `lines` lines of 64 bytes.
typedef struct {
  const float *start;
  const ptrdiff_t *places;
  ptrdiff_t lines;
} nt_rows_later;

/// Sums of products of what some positions see with the gradients of the output there.
typedef struct {
  ptrdiff_t positions;
  const float *source;
  const ptrdiff_t *sources;  ///< where the patch of each position begins in `source`
  nt_rows_patch patch;
  const float *gradient;     ///< for each position a row for each panel of as many channels as a panel of packed weights has
  ptrdiff_t panel;           ///< the distance of the panels
  ptrdiff_t panels;
  bool accumulate;           ///< adds to what the sums hold
  nt_rows_later later[2];    ///< what the next product will read
} nt_rows_outer_product;

/// Lays out `count` channels from `first` on at each position in panels: panel j begins at to + j * panel, and holds a row for
/// each position; channels beyond `count` are zero.
void nt_rows_pack_gradient(ptrdiff_t positions, const float *gradient, const ptrdiff_t *places, ptrdiff_t first,
                           ptrdiff_t count, float *to, ptrdiff_t panel);

/// sums[j][s][d][k] = the sum over the positions of patch element (s, d) times channel k of panel j.
void nt_rows_outer(const nt_rows_outer_product *product, float *sums);

/// The gradient of the weights from the sums of `runs` runs, `run` elements apart, in the order of the runs:
///
///     result[k][c][t] = sums[k / width][t][c][k mod width]   of `channels` channels and `taps` taps
///
/// for filters 0 ..< filters, whose rows are `filter` elements apart in the result.
void nt_rows_collect(ptrdiff_t runs, ptrdiff_t run, ptrdiff_t taps, ptrdiff_t channels, ptrdiff_t filters,
                     const float *sums, float *result, ptrdiff_t filter);

#endif
