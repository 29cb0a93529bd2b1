#include "CKernels.h"
#include "kernels.h"

/// Windows as adaptive pooling cuts an axis; they overlap where the length does not divide by their number.
static nt_window_axis axis(ptrdiff_t length, ptrdiff_t windows) {
  ptrdiff_t *first = buffer(0, sizeof(ptrdiff_t), windows), *end = buffer(0, sizeof(ptrdiff_t), windows);
  ptrdiff_t *count = buffer(0, sizeof(ptrdiff_t), windows), *origin = buffer(0, sizeof(ptrdiff_t), windows);
  ptrdiff_t *from = buffer(0, sizeof(ptrdiff_t), length), *to = buffer(0, sizeof(ptrdiff_t), length), size = 0;
  for (ptrdiff_t w = 0; w < windows; w++) {
    first[w] = origin[w] = w * length / windows;
    end[w] = ((w + 1) * length + windows - 1) / windows;
    count[w] = end[w] - first[w];
    if (count[w] > size) size = count[w];
  }
  for (ptrdiff_t i = 0, low = 0, high = 0; i < length; i++) {
    while (low < windows && end[low] <= i) low++;
    while (high < windows && first[high] <= i) high++;
    from[i] = low;
    to[i] = high;
  }
  return (nt_window_axis){length, windows, size, first, end, count, origin, from, to};
}

void fuzz_pixel_windows(void) {
  for (int round = 0; round < 2000; round++) {
    nt_pixel_windows s = {axis(between(1, 9), between(1, 5)), axis(between(1, 9), between(1, 5)), between(1, 40)};
    ptrdiff_t images = between(1, 3), in_rows = images * s.rows.length, out_rows = images * s.rows.windows;
    ptrdiff_t in = in_rows * s.columns.length * s.channels, out = out_rows * s.columns.windows * s.channels;
    float *input = buffer('f', 4, in), *output = buffer(0, 4, out), *result = buffer(0, 4, in);
    uint8_t *choices = buffer(0, 1, out);
    nt_pixel_max(&s, 0, out_rows, input, output, choices);
    nt_pixel_max_gradient(&s, 0, in_rows, output, choices, result);
    nt_pixel_maxima(&s, 0, out_rows, input, output);
    nt_pixel_average(&s, 0, out_rows, input, output);
    nt_pixel_average_gradient(&s, 0, in_rows, output, result);
    release();
  }
}
