// Convolution with images side by side in vector lanes.

#include "conv_range.h"
#include "form.h"
#include "nt_lanes.h"

/// The outputs for which all taps of the kernel lie inside the input, along one axis.
static inline nt_range nt_inner(ptrdiff_t outputs, ptrdiff_t pad, ptrdiff_t stride, ptrdiff_t dilation, ptrdiff_t kernel,
                                ptrdiff_t length) {
  return nt_inside(outputs, -pad, stride, length - (kernel - 1) * dilation);
}

static inline nt_range nt_common(nt_range a, nt_range b) {
  ptrdiff_t first = a.first > b.first ? a.first : b.first, last = a.last < b.last ? a.last : b.last;
  return (nt_range){first, last > first ? last : first};
}

/// Where a tile begins, the taps that it uses and the distance of its positions in input and output.
typedef struct {
  ptrdiff_t y, x;
  nt_range ys, xs;
  ptrdiff_t step, out_step;
} nt_place;

/// How many filters the next block takes, of `left`: blocks of 6 and 4 fill the registers, the rest goes in 2 and 1.
static inline ptrdiff_t nt_filter_block(ptrdiff_t left) {
  if (left >= 6 && left % 4 != 0) return 6;
  return left >= 4 ? 4 : left >= 2 ? 2 : 1;
}

/// The packed weights: per group and block of outputs, [input][tap][output of the block].
void nt_lane_pack(const nt_lane_convolution *shape, const float *weight, bool transposed, float *packed) {
  ptrdiff_t taps = shape->kernel_height * shape->kernel_width;
  ptrdiff_t outputs = transposed ? shape->channels : shape->filters;
  ptrdiff_t inputs = transposed ? shape->filters : shape->channels;
  ptrdiff_t output_step = transposed ? taps : shape->channels * taps;
  ptrdiff_t input_step = transposed ? shape->channels * taps : taps;
  for (ptrdiff_t group = 0; group < shape->groups; group++, weight += outputs * inputs * taps) {
    for (ptrdiff_t first = 0, block; first < outputs; first += block) {
      block = nt_filter_block(outputs - first);
      for (ptrdiff_t i = 0; i < inputs; i++) {
        for (ptrdiff_t tap = 0; tap < taps; tap++) {
          const float *from = weight + i * input_step + (transposed ? taps - 1 - tap : tap);
          for (ptrdiff_t o = first; o < first + block; o++) *packed++ = from[o * output_step];
        }
      }
    }
  }
}

#define NT_FORM 0
#include "form_begin.h"
#include "conv_lanes.inc"
#include "form_end.h"
#define NT_FORM 1
#include "form_begin.h"
#include "conv_lanes.inc"
#include "form_end.h"
#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "conv_lanes.inc"
#include "form_end.h"
#define NT_FORM 3
#include "form_begin.h"
#include "conv_lanes.inc"
#include "form_end.h"
#endif

ptrdiff_t nt_lane_count(void) {
  switch (nt_form_active()) {
    case nt_form_portable: return 4;
    case nt_form_avx2: return 8;
    default: return 16;
  }
}

void nt_lanes_load(const float *images, ptrdiff_t stride, ptrdiff_t images_left, ptrdiff_t count, float *lanes) {
  NT_DISPATCH(lanes_load, (images, stride, images_left, count, lanes))
}

void nt_lanes_store(const float *lanes, ptrdiff_t images_left, ptrdiff_t count, float *images, ptrdiff_t stride) {
  NT_DISPATCH(lanes_store, (lanes, images_left, count, images, stride))
}

void nt_lane_convolve(const nt_lane_convolution *shape, const float *input, const float *packed, const float *bias,
                      float *output) {
  NT_DISPATCH(lane_convolve, (shape, input, packed, bias, output))
}

void nt_lane_weight_gradient(const nt_lane_convolution *shape, const float *gradient, const float *input, float *sums) {
  NT_DISPATCH(lane_weight_gradient, (shape, gradient, input, sums))
}

void nt_lanes_sum_planes(const float *lanes, ptrdiff_t planes, ptrdiff_t size, float *sums) {
  NT_DISPATCH(lanes_sum_planes, (lanes, planes, size, sums))
}

void nt_lanes_reduce(const float *sums, ptrdiff_t count, float *result) {
  NT_DISPATCH(lanes_reduce, (sums, count, result))
}
