// A chain of layers on one small image: convolutions with pooling, and products with matrices. What a layer does to its sums
// is done before they are stored, and the maps between layers stay in the first-level cache. Float only. The theory is in
// image_chain.inc.
#ifndef NT_IMAGE_CHAIN_H
#define NT_IMAGE_CHAIN_H

#include <stddef.h>

#include "nt_rows.h"

/// What becomes of each sum, once its bias is added.
typedef enum { nt_chain_keep, nt_chain_clamp, nt_chain_tanh, nt_chain_sigmoid } nt_chain_function;

/// What becomes of each window of 2 × 2 neighbours: the function of the largest, or the mean of the function's values.
typedef enum { nt_chain_every, nt_chain_largest, nt_chain_mean } nt_chain_pooling;

typedef struct {
  const float *bias;  ///< one number for each filter, readable to whole vectors
  nt_chain_function function;
  nt_chain_pooling pooling;
  float lower, upper;  ///< of nt_chain_clamp
} nt_chain_end;

/// A convolution at stride 1 without padding, from planes to planes `[K][rows][columns]`, or half as many rows and columns
/// where windows are pooled: then both are even.
typedef struct {
  ptrdiff_t channels, row, plane;  ///< the input's channels, the distance of its rows and of its planes
  ptrdiff_t kernel_height, kernel_width;
  ptrdiff_t filters, rows, columns;  ///< what is calculated, before pooling
} nt_chain_planes;

/// A convolution from a map in any order to pixels `[pixels][filters]`.
typedef struct {
  ptrdiff_t pixels, filters;
  const ptrdiff_t *sources;  ///< where the patch of each pixel begins, or the four of each where windows are pooled
  nt_rows_patch patch;
} nt_chain_patches;

/// A row of `inputs` elements times a matrix of `outputs` columns.
typedef struct {
  ptrdiff_t inputs, outputs;
} nt_chain_product;

/// Some planes as larger ones with zeros around them.
typedef struct {
  ptrdiff_t planes, plane;  ///< their number, and the distance of the larger ones
  nt_rows_rectangle rectangle;
} nt_chain_layout;

typedef enum { nt_chain_is_planes, nt_chain_is_patches, nt_chain_is_product, nt_chain_is_layout } nt_chain_kind;

/// A layer. `from` and `to` count elements of the memory for maps; below zero they are the image and the result.
typedef struct {
  nt_chain_kind kind;
  ptrdiff_t from, to;
  const float *weight;
  nt_chain_end end;
  nt_chain_planes planes;
  nt_chain_patches patches;
  nt_chain_product product;
  nt_chain_layout layout;
} nt_chain_step;

/// The vectors of a panel of the packed matrix, when as many are left: 8, 4, 2 or 1.
ptrdiff_t nt_chain_panel(ptrdiff_t vectors);

/// Weights: for each block of at most six filters, the blocks being nearly equal, `[c][r][s][filter of the block]`. The input
/// is read to the end of the last row of taps, and where `columns` is less than a vector, as far as a vector reaches.
void nt_chain_convolve_planes(const nt_chain_planes *shape, const nt_chain_end *end, const float *weight,
                              const float *input, float *output);

/// Weights: for each two vectors of filters, or one if no more are left, `[element of the patch][filter]`, with zeros beyond
/// the last.
void nt_chain_convolve_patches(const nt_chain_patches *shape, const nt_chain_end *end, const float *weight,
                               const float *input, float *output);

/// Weights: for each panel of columns (nt_chain_panel) `[input][column]`, with zeros beyond the last. Nothing is pooled.
void nt_chain_multiply(const nt_chain_product *shape, const nt_chain_end *end, const float *weight, const float *input,
                       float *output);

/// Lays out planes with zeros around them.
void nt_chain_lay_out(const nt_chain_layout *layout, const float *input, float *output);

/// One layer after the other.
void nt_chain_run(const nt_chain_step *steps, ptrdiff_t count, const float *image, float *maps, float *result);

#endif
