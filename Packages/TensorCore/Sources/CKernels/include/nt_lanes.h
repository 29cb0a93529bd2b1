// Convolution with images side by side in vector lanes, for maps of few channels. A lane map holds as many images as a
// vector has lanes: `[C][rows][W][lanes]`, Float only. The theory is in conv_lanes.inc.
#ifndef NT_LANES_H
#define NT_LANES_H

#include <stdbool.h>
#include <stddef.h>

/// One convolution of lane maps: `groups` groups of so many channels and filters each. Maps may hold some rows of their
/// planes only.
typedef struct {
  ptrdiff_t groups;
  ptrdiff_t channels, height, width;
  ptrdiff_t filters, out_height, out_width;
  ptrdiff_t kernel_height, kernel_width;
  ptrdiff_t stride_y, stride_x, dilation_y, dilation_x;
  ptrdiff_t pad_top, pad_left;    ///< may be negative: then rows above and columns on the left are not read
  ptrdiff_t first_row, rows;      ///< the rows of the input in memory
  ptrdiff_t out_first, out_rows;  ///< the rows of the output in memory, which are calculated
} nt_lane_convolution;

/// The number of images in a lane map of the active form.
ptrdiff_t nt_lane_count(void);

/// Puts images side by side: lanes[p][l] = images[l * stride + p] for `count` positions p. Lanes from `images_left` on,
/// if fewer images are left than there are lanes, become zero.
void nt_lanes_load(const float *images, ptrdiff_t stride, ptrdiff_t images_left, ptrdiff_t count, float *lanes);

/// The way back: images[l * stride + p] = lanes[p][l], for the lanes that hold images.
void nt_lanes_store(const float *lanes, ptrdiff_t images_left, ptrdiff_t count, float *images, ptrdiff_t stride);

/// Orders the weights `[K, C, R, S]` of the convolution as `nt_lane_convolve` reads them, or with `transposed` those of
/// its input gradient, itself a convolution: there K and C have changed places and both kernel axes are flipped.
void nt_lane_pack(const nt_lane_convolution *shape, const float *weight, bool transposed, float *packed);

/// Rows out_first ..< out_first + out_rows of the output; `bias` may be null.
void nt_lane_convolve(const nt_lane_convolution *shape, const float *input, const float *packed, const float *bias,
                      float *output);

/// The gradients of the weights from the given rows of the output's gradient, lane by lane: sums[k][c][r][s][lane].
void nt_lane_weight_gradient(const nt_lane_convolution *shape, const float *gradient, const float *input, float *sums);

/// sums[p][lane] = the sum over the `size` positions of plane p.
void nt_lanes_sum_planes(const float *lanes, ptrdiff_t planes, ptrdiff_t size, float *sums);

/// result[i] = the sum of the lanes of sums[i].
void nt_lanes_reduce(const float *sums, ptrdiff_t count, float *result);

#endif
