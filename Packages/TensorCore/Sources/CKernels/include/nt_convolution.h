// Convolution of images `[C, H, W]` with filters `[K, C/groups, R, S]` (cross-correlation: the kernel is not flipped).
#ifndef NT_CONVOLUTION_H
#define NT_CONVOLUTION_H

#include <stdbool.h>
#include <stddef.h>

/// The sizes of one convolution, as checked by the Swift side.
typedef struct {
  ptrdiff_t channels, height, width;
  ptrdiff_t filters, out_height, out_width;
  ptrdiff_t kernel_height, kernel_width;
  ptrdiff_t stride_y, stride_x, dilation_y, dilation_x;
  ptrdiff_t pad_top, pad_left;
  ptrdiff_t groups;
} nt_convolution;

// The direct form: one multiply-add of a row per tap. Scalars are Float, or Double if `wide`.

/// Output channels `first..<last` of one image; `bias` may be null.
void nt_convolve_direct(bool wide, const nt_convolution *shape, const void *input, const void *weight, const void *bias,
                        void *output, ptrdiff_t first, ptrdiff_t last);

/// The gradient of input channels `first..<last` of one image.
void nt_convolve_direct_input_gradient(bool wide, const nt_convolution *shape, const void *gradient, const void *weight,
                                       void *result, ptrdiff_t first, ptrdiff_t last);

/// The gradient of filters `first..<last`, summed over `batch` images in their order.
void nt_convolve_direct_weight_gradient(bool wide, const nt_convolution *shape, ptrdiff_t batch, const void *gradient,
                                        const void *input, void *result, ptrdiff_t first, ptrdiff_t last);

/// The gradient of the bias, filters `first..<last`: the sums of `gradient` over images and positions.
void nt_convolve_bias_gradient(bool wide, const nt_convolution *shape, ptrdiff_t batch, const void *gradient,
                               void *result, ptrdiff_t first, ptrdiff_t last);

// The matrix form: a convolution is the product of the weights `[K, C·R·S]` with a matrix of patches, whose column (y, x)
// holds what the kernel sees there.

/// patches[c][r][s][y][x] = what tap (r, s) sees in channel c at (y, x), zero in the padding; for rows first_y ..< last_y
/// of the output and `channels` channels from `input` on.
void nt_gather_patches(bool wide, const nt_convolution *shape, const void *input, ptrdiff_t channels, ptrdiff_t first_y,
                       ptrdiff_t last_y, void *patches);

/// The transpose: adds each element of the patches to where it was gathered from.
void nt_scatter_patches(bool wide, const nt_convolution *shape, const void *patches, ptrdiff_t channels,
                        ptrdiff_t first_y, ptrdiff_t last_y, void *result);

/// Adds rows 1, 2 … of a matrix to its row 0, in that order, for columns first ..< last.
void nt_add_rows(bool wide, void *matrix, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t first, ptrdiff_t last);

#endif
