// Normalisation of channels-last images: rows of `channels` numbers, one row a pixel. See pixels.inc.
#ifndef NT_PIXELS_H
#define NT_PIXELS_H

#include <stdbool.h>

/// The numbers of each channel that make y = (x - center) scale + offset.
typedef struct {
  const float *center, *scale, *offset;
} nt_pixel_map;

/// How the gradient of relu(y + addend) is kept where that is above 0.
typedef enum {
  nt_keep_all,       // there is no relu: every gradient counts
  nt_keep_by_map,    // there is no addend: the map gives y again
  nt_keep_by_output  // from the output itself
} nt_keep;

/// Adds to sums and squares, for each channel, x - shift and its square.
void nt_pixel_moments(const float *x, long pixels, long channels, const float *shift, double *sums, double *squares);

/// y = (x - center) scale + offset, plus `addend` unless that is null, and then its positive part if `relu`.
void nt_pixel_affine(
    const float *x, const float *addend, long pixels, long channels, nt_pixel_map map, bool relu, float *y);

/// Adds to sums and products, for each channel, g and g (x - center) over the gradients that are kept.
void nt_pixel_products(
    const float *g, const float *x, const float *output, long pixels, long channels, nt_pixel_map map, nt_keep keep,
    double *sums, double *products);

/// result = g on_g + (x - center) on_x + constant with the kept gradients g, which go to `kept` unless that is null.
void nt_pixel_combine(
    const float *g, const float *x, const float *output, long pixels, long channels, nt_pixel_map map, nt_keep keep,
    const float *on_g, const float *on_x, const float *constant, float *result, float *kept);

#endif
