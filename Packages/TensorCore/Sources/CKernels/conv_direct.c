// Direct convolution, for Float and Double, any stride, padding, dilation and groups.
#include <string.h>

#include "conv_range.h"
#include "form.h"
#include "nt_convolution.h"

#define NT_FORM 0
#include "form_begin.h"
#include "conv_direct_types.inc"
#include "form_end.h"
#define NT_FORM 1
#include "form_begin.h"
#include "conv_direct_types.inc"
#include "form_end.h"
#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "conv_direct_types.inc"
#include "form_end.h"
#define NT_FORM 3
#include "form_begin.h"
#include "conv_direct_types.inc"
#include "form_end.h"
#endif

void nt_convolve_direct(bool wide, const nt_convolution *shape, const void *input, const void *weight, const void *bias,
                        void *output, ptrdiff_t first, ptrdiff_t last) {
  if (wide) {
    NT_DISPATCH(convolve_f64, (shape, input, weight, bias, output, first, last))
  } else {
    NT_DISPATCH(convolve_f32, (shape, input, weight, bias, output, first, last))
  }
}

void nt_convolve_direct_input_gradient(bool wide, const nt_convolution *shape, const void *gradient, const void *weight,
                                       void *result, ptrdiff_t first, ptrdiff_t last) {
  if (wide) {
    NT_DISPATCH(input_gradient_f64, (shape, gradient, weight, result, first, last))
  } else {
    NT_DISPATCH(input_gradient_f32, (shape, gradient, weight, result, first, last))
  }
}

void nt_convolve_direct_weight_gradient(bool wide, const nt_convolution *shape, ptrdiff_t batch, const void *gradient,
                                        const void *input, void *result, ptrdiff_t first, ptrdiff_t last) {
  if (wide) {
    NT_DISPATCH(weight_gradient_f64, (shape, batch, gradient, input, result, first, last))
  } else {
    NT_DISPATCH(weight_gradient_f32, (shape, batch, gradient, input, result, first, last))
  }
}

void nt_convolve_bias_gradient(bool wide, const nt_convolution *shape, ptrdiff_t batch, const void *gradient,
                               void *result, ptrdiff_t first, ptrdiff_t last) {
  if (wide) {
    NT_DISPATCH(bias_gradient_f64, (shape, batch, gradient, result, first, last))
  } else {
    NT_DISPATCH(bias_gradient_f32, (shape, batch, gradient, result, first, last))
  }
}
