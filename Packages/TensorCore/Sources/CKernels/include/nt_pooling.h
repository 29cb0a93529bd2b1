// Pooling of planes `[H, W]`. Scalars are Float, or Double if `wide`. `planes` planes lie one after the other.
#ifndef NT_POOLING_H
#define NT_POOLING_H

#include <stdbool.h>
#include <stddef.h>

/// The sizes of one pooling, as checked by the Swift side: each window holds at least one element of the plane.
typedef struct {
  ptrdiff_t height, width, out_height, out_width;
  ptrdiff_t kernel_height, kernel_width, stride_y, stride_x;
  ptrdiff_t pad_top, pad_left;
  /// Height and width with the padding below and on the right, but without that above and on the left.
  ptrdiff_t padded_height, padded_width;
} nt_pooling;

/// The largest element of each window, and its number in the window, row by row: one byte each, or four if `words`.
/// Of equal elements the first counts; a NaN counts as largest, the last one of several.
void nt_max_pool(bool wide, bool words, const nt_pooling *shape, ptrdiff_t planes, const void *input, void *output,
                 void *choices);

/// Adds up each gradient at the element that was chosen.
void nt_max_pool_gradient(bool wide, bool words, const nt_pooling *shape, ptrdiff_t planes, const void *gradient,
                          const void *choices, void *result);

/// The mean of each window: of its elements inside the plane, or with `count_padding` of its padding zeros too.
void nt_average_pool(bool wide, bool count_padding, const nt_pooling *shape, ptrdiff_t planes, const void *input,
                     void *output);

/// Spreads each gradient evenly over its window.
void nt_average_pool_gradient(bool wide, bool count_padding, const nt_pooling *shape, ptrdiff_t planes,
                              const void *gradient, void *result);

#endif
