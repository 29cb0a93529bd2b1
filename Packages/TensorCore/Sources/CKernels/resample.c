// Nearest and bilinear resampling: Swift works out which elements each place reads and with which weights.
#include "nt_resample.h"

#include <string.h>

#include "form.h"

#define NT_FORM 0
#include "form_begin.h"
#include "resample_types.inc"
#include "form_end.h"
#define NT_FORM 1
#include "form_begin.h"
#include "resample_types.inc"
#include "form_end.h"
#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "resample_types.inc"
#include "form_end.h"
#define NT_FORM 3
#include "form_begin.h"
#include "resample_types.inc"
#include "form_end.h"
#endif

void nt_resample_nearest(bool wide, const nt_resampling *shape, const ptrdiff_t *rows, const ptrdiff_t *columns,
                         ptrdiff_t planes, const void *input, void *output) {
  if (wide) {
    NT_DISPATCH(resample_nearest_f64, (shape, rows, columns, planes, input, output))
  } else {
    NT_DISPATCH(resample_nearest_f32, (shape, rows, columns, planes, input, output))
  }
}

void nt_resample_nearest_gradient(bool wide, const nt_resampling *shape, const ptrdiff_t *rows,
                                  const ptrdiff_t *columns, ptrdiff_t planes, const void *gradient, void *result) {
  if (wide) {
    NT_DISPATCH(resample_nearest_gradient_f64, (shape, rows, columns, planes, gradient, result))
  } else {
    NT_DISPATCH(resample_nearest_gradient_f32, (shape, rows, columns, planes, gradient, result))
  }
}

void nt_resample_bilinear(bool wide, const nt_resampling *shape, const ptrdiff_t *rows, const ptrdiff_t *columns,
                          const void *weights, ptrdiff_t planes, const void *input, void *output) {
  if (wide) {
    NT_DISPATCH(resample_bilinear_f64, (shape, rows, columns, weights, planes, input, output))
  } else {
    NT_DISPATCH(resample_bilinear_f32, (shape, rows, columns, weights, planes, input, output))
  }
}

void nt_resample_bilinear_gradient(bool wide, const nt_resampling *shape, const ptrdiff_t *rows,
                                   const ptrdiff_t *columns, const void *weights, ptrdiff_t planes,
                                   const void *gradient, void *result) {
  if (wide) {
    NT_DISPATCH(resample_bilinear_gradient_f64, (shape, rows, columns, weights, planes, gradient, result))
  } else {
    NT_DISPATCH(resample_bilinear_gradient_f32, (shape, rows, columns, weights, planes, gradient, result))
  }
}
