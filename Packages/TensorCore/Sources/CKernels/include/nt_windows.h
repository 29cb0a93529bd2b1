// Pooling over windows of any bounds, as adaptive pooling needs them. Scalars are Float, or Double if `wide`. `planes`
// planes `[H, W]` lie one after the other.
#ifndef NT_WINDOWS_H
#define NT_WINDOWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Windows on a plane: the one at (y, x) is rows tops[y] ..< bottoms[y] and columns lefts[x] ..< rights[x], never empty.
typedef struct {
  ptrdiff_t height, width, out_height, out_width;
} nt_windows;

// `bounds` holds tops and bottoms, out_height of each, then lefts and rights, out_width of each.

/// The mean of each window.
void nt_window_average(bool wide, const nt_windows *shape, const ptrdiff_t *bounds, ptrdiff_t planes, const void *input,
                       void *output);

/// Spreads each gradient evenly over its window.
void nt_window_average_gradient(bool wide, const nt_windows *shape, const ptrdiff_t *bounds, ptrdiff_t planes,
                                const void *gradient, void *result);

/// The largest element of each window, and its index in its plane, row by row. Of equal elements the first counts; a NaN
/// counts as largest, the last one of several.
void nt_window_max(bool wide, const nt_windows *shape, const ptrdiff_t *bounds, ptrdiff_t planes, const void *input,
                   void *output, int64_t *indices);

// Planes of `size` elements, of which each plane of `count` values names places by their index.

/// Zeros, and each value at its index; the last one of several.
void nt_unpool(bool wide, ptrdiff_t planes, ptrdiff_t size, ptrdiff_t count, const void *values, const int64_t *indices,
               void *result);

/// For each value the gradient at its index, for the last one of several, zero for the others. Clears those places of
/// `gradient` on its way.
void nt_unpool_gradient(bool wide, ptrdiff_t planes, ptrdiff_t size, ptrdiff_t count, void *gradient,
                        const int64_t *indices, void *result);

#endif
