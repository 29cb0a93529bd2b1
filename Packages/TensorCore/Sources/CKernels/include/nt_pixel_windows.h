// Pooling of channels-last images. See pixel_windows.inc.
#ifndef NT_PIXEL_WINDOWS_H
#define NT_PIXEL_WINDOWS_H

#include <stddef.h>
#include <stdint.h>

/// Windows along one axis: window w covers first[w] ..< end[w] of the input and its mean divides by count[w]; its element
/// number 0 would be at origin[w], which may lie in the padding. Position i of the input is in the windows
/// from[i] ..< to[i].
typedef struct {
  ptrdiff_t length, windows, size;
  const ptrdiff_t *first, *end, *count, *origin, *from, *to;
} nt_window_axis;

/// The rows and columns of the windows, and the channels of a pixel.
typedef struct {
  nt_window_axis rows, columns;
  ptrdiff_t channels;
} nt_pixel_windows;

// Ranges of rows count those of all images, one image after the other.

/// The largest element of each window of output rows first ..< last, and its number in the window, row by row. Of equal
/// elements the first counts; a NaN counts as largest, the last one of several.
void nt_pixel_max(const nt_pixel_windows *shape, ptrdiff_t first, ptrdiff_t last, const float *input, float *output,
                  uint8_t *choices);

/// The same without the numbers.
void nt_pixel_maxima(const nt_pixel_windows *shape, ptrdiff_t first, ptrdiff_t last, const float *input, float *output);

/// For input rows first ..< last the sum of the gradients of the windows that chose the element.
void nt_pixel_max_gradient(const nt_pixel_windows *shape, ptrdiff_t first, ptrdiff_t last, const float *gradient,
                           const uint8_t *choices, float *result);

/// The mean of each window of output rows first ..< last.
void nt_pixel_average(const nt_pixel_windows *shape, ptrdiff_t first, ptrdiff_t last, const float *input,
                      float *output);

/// For input rows first ..< last the sum of the gradients of the windows that hold the element, each divided by its count.
void nt_pixel_average_gradient(const nt_pixel_windows *shape, ptrdiff_t first, ptrdiff_t last, const float *gradient,
                               float *result);

#endif
