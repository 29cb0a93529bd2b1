// Planes `[H, W]` at another size. Scalars are Float, or Double if `wide`. `planes` planes lie one after the other.
#ifndef NT_RESAMPLE_H
#define NT_RESAMPLE_H

#include <stdbool.h>
#include <stddef.h>

/// The sizes before and after.
typedef struct {
  ptrdiff_t height, width, out_height, out_width;
} nt_resampling;

/// output[y][x] = input[rows[y]][columns[x]].
void nt_resample_nearest(bool wide, const nt_resampling *shape, const ptrdiff_t *rows, const ptrdiff_t *columns,
                         ptrdiff_t planes, const void *input, void *output);

/// Adds each gradient to the element that was read.
void nt_resample_nearest_gradient(bool wide, const nt_resampling *shape, const ptrdiff_t *rows,
                                  const ptrdiff_t *columns, ptrdiff_t planes, const void *gradient, void *result);

// Bilinear: row y mixes rows rows[y] and rows[out_height + y], the second with the weight weights[y]; likewise columns,
// whose weights follow those of the rows. The weights are of the planes' type.

/// The weighted mean of the four elements around each place.
void nt_resample_bilinear(bool wide, const nt_resampling *shape, const ptrdiff_t *rows, const ptrdiff_t *columns,
                          const void *weights, ptrdiff_t planes, const void *input, void *output);

/// Spreads each gradient over the four elements by their weights.
void nt_resample_bilinear_gradient(bool wide, const nt_resampling *shape, const ptrdiff_t *rows,
                                   const ptrdiff_t *columns, const void *weights, ptrdiff_t planes,
                                   const void *gradient, void *result);

#endif
