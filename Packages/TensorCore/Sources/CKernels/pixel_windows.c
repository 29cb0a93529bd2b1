// Pooling of channels-last images, in the forms of form.h.
#include "form.h"
#include "include/nt_pixel_windows.h"

#define NT_FORM 0
#include "form_begin.h"
#include "pixel_windows.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "pixel_windows.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "pixel_windows.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "pixel_windows.inc"
#include "form_end.h"
#endif

void nt_pixel_max(const nt_pixel_windows *shape, ptrdiff_t first, ptrdiff_t last, const float *input, float *output,
                  uint8_t *choices) {
  NT_DISPATCH(nt_pixel_max, (shape, first, last, input, output, choices));
}

void nt_pixel_maxima(const nt_pixel_windows *shape, ptrdiff_t first, ptrdiff_t last, const float *input, float *output) {
  NT_DISPATCH(nt_pixel_maxima, (shape, first, last, input, output));
}

void nt_pixel_max_gradient(const nt_pixel_windows *shape, ptrdiff_t first, ptrdiff_t last, const float *gradient,
                           const uint8_t *choices, float *result) {
  NT_DISPATCH(nt_pixel_max_gradient, (shape, first, last, gradient, choices, result));
}

void nt_pixel_average(const nt_pixel_windows *shape, ptrdiff_t first, ptrdiff_t last, const float *input,
                      float *output) {
  NT_DISPATCH(nt_pixel_average, (shape, first, last, input, output));
}

void nt_pixel_average_gradient(const nt_pixel_windows *shape, ptrdiff_t first, ptrdiff_t last, const float *gradient,
                               float *result) {
  NT_DISPATCH(nt_pixel_average_gradient, (shape, first, last, gradient, result));
}
