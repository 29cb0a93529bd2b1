// Max and average pooling: windows of any size and stride, and the 2×2 windows at stride 2 of most networks in vectors.
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "form.h"
#include "nt_pooling.h"

/// The part of a window that lies inside the plane, and the number of elements that its mean counts.
typedef struct {
  ptrdiff_t top, bottom, left, right;
  ptrdiff_t start_y, start_x;
  ptrdiff_t count;
} nt_window;

static inline nt_window nt_window_at(const nt_pooling *p, ptrdiff_t y, ptrdiff_t x, bool count_padding) {
  nt_window w;
  w.start_y = y * p->stride_y - p->pad_top;
  w.start_x = x * p->stride_x - p->pad_left;
  ptrdiff_t end_y = w.start_y + p->kernel_height, end_x = w.start_x + p->kernel_width;
  if (end_y > p->padded_height) end_y = p->padded_height;
  if (end_x > p->padded_width) end_x = p->padded_width;
  w.count = (end_y - w.start_y) * (end_x - w.start_x);
  w.top = w.start_y > 0 ? w.start_y : 0;
  w.left = w.start_x > 0 ? w.start_x : 0;
  w.bottom = end_y < p->height ? end_y : p->height;
  w.right = end_x < p->width ? end_x : p->width;
  if (!count_padding) w.count = (w.bottom - w.top) * (w.right - w.left);
  return w;
}

/// Whether the windows are 2×2, side by side and inside the plane.
static inline bool nt_pairs(const nt_pooling *p) {
  return p->kernel_height == 2 && p->kernel_width == 2 && p->stride_y == 2 && p->stride_x == 2 && p->pad_top == 0 &&
         p->pad_left == 0 && 2 * p->out_height <= p->height && 2 * p->out_width <= p->width;
}

/// Where the vector that covers `start` begins: the last one ends with the row.
static inline ptrdiff_t nt_overlapping(ptrdiff_t start, ptrdiff_t lanes, ptrdiff_t count) {
  return start + lanes <= count ? start : count - lanes;
}

#define NT_FORM 0
#include "form_begin.h"
#include "pooling_types.inc"
#include "form_end.h"
#define NT_FORM 1
#include "form_begin.h"
#include "pooling_types.inc"
#include "form_end.h"
#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "pooling_types.inc"
#include "form_end.h"
#define NT_FORM 3
#include "form_begin.h"
#include "pooling_types.inc"
#include "form_end.h"
#endif

void nt_max_pool(bool wide, bool words, const nt_pooling *shape, ptrdiff_t planes, const void *input, void *output,
                 void *choices) {
  if (wide) {
    NT_DISPATCH(max_pool_f64, (words, shape, planes, input, output, choices))
  } else {
    NT_DISPATCH(max_pool_f32, (words, shape, planes, input, output, choices))
  }
}

void nt_max_pool_gradient(bool wide, bool words, const nt_pooling *shape, ptrdiff_t planes, const void *gradient,
                          const void *choices, void *result) {
  if (wide) {
    NT_DISPATCH(max_pool_gradient_f64, (words, shape, planes, gradient, choices, result))
  } else {
    NT_DISPATCH(max_pool_gradient_f32, (words, shape, planes, gradient, choices, result))
  }
}

void nt_average_pool(bool wide, bool count_padding, const nt_pooling *shape, ptrdiff_t planes, const void *input,
                     void *output) {
  if (wide) {
    NT_DISPATCH(average_pool_f64, (count_padding, shape, planes, input, output))
  } else {
    NT_DISPATCH(average_pool_f32, (count_padding, shape, planes, input, output))
  }
}

void nt_average_pool_gradient(bool wide, bool count_padding, const nt_pooling *shape, ptrdiff_t planes,
                              const void *gradient, void *result) {
  if (wide) {
    NT_DISPATCH(average_pool_gradient_f64, (count_padding, shape, planes, gradient, result))
  } else {
    NT_DISPATCH(average_pool_gradient_f32, (count_padding, shape, planes, gradient, result))
  }
}
