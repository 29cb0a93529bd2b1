#include "CKernels.h"
#include "kernels.h"

/// One axis of a convolution; false if there is no output.
static bool axis(ptrdiff_t largest, ptrdiff_t *size, ptrdiff_t *kernel, ptrdiff_t *stride, ptrdiff_t *dilation,
                 ptrdiff_t *pad, ptrdiff_t *out) {
  *size = between(1, largest);
  *kernel = between(1, 5);
  *stride = between(1, 3);
  *dilation = between(1, 2);
  *pad = between(0, 4);
  ptrdiff_t room = *size + *pad + between(0, 4) - (*kernel - 1) * *dilation - 1;
  *out = room / *stride + 1;
  return room >= 0;
}

static void direct(bool wide, const nt_convolution *s) {
  size_t size = wide ? 8 : 4;
  ptrdiff_t batch = between(1, 3), channels = s->channels / s->groups;
  ptrdiff_t in = s->channels * s->height * s->width, out = s->filters * s->out_height * s->out_width;
  ptrdiff_t weights = s->filters * channels * s->kernel_height * s->kernel_width;
  void *input = buffer('f', size, batch * in), *weight = buffer('f', size, weights);
  void *gradient = buffer('f', size, batch * out), *bias = buffer('f', size, s->filters);
  ptrdiff_t split = between(0, s->filters);
  void *output = buffer(0, size, out);
  nt_convolve_direct(wide, s, input, weight, bias, output, 0, split);
  nt_convolve_direct(wide, s, input, weight, NULL, output, split, s->filters);
  nt_convolve_direct_input_gradient(wide, s, gradient, weight, buffer(0, size, in), 0, s->channels);
  nt_convolve_direct_weight_gradient(wide, s, batch, gradient, input, buffer(0, size, weights), 0, s->filters);
  nt_convolve_bias_gradient(wide, s, batch, gradient, bias, 0, s->filters);
  release();
}

static void patches(bool wide, const nt_convolution *s) {
  size_t size = wide ? 8 : 4;
  ptrdiff_t first = between(0, s->out_height - 1), last = between(first + 1, s->out_height);
  ptrdiff_t rows = s->channels * s->kernel_height * s->kernel_width, columns = (last - first) * s->out_width;
  ptrdiff_t in = s->channels * s->height * s->width;
  void *matrix = buffer('f', size, rows * columns);
  nt_gather_patches(wide, s, buffer('f', size, in), s->channels, first, last, matrix);
  nt_scatter_patches(wide, s, matrix, s->channels, first, last, buffer('f', size, in));
  ptrdiff_t start = between(0, columns);
  nt_add_rows(wide, matrix, rows, columns, start, columns);
  release();
}

void fuzz_convolutions(void) {
  for (int round = 0; round < 3000; round++) {
    nt_convolution s = {.groups = between(1, 2)};
    s.channels = s.groups * between(1, 3);
    s.filters = s.groups * between(1, 3);
    if (!axis(12, &s.height, &s.kernel_height, &s.stride_y, &s.dilation_y, &s.pad_top, &s.out_height)) continue;
    if (!axis(40, &s.width, &s.kernel_width, &s.stride_x, &s.dilation_x, &s.pad_left, &s.out_width)) continue;
    direct(round & 1, &s);
    patches(round & 1, &s);
  }
}
