// Batch normalisation of channels-last images, in the forms of form.h.
#include <stddef.h>

#include "form.h"
#include "include/nt_pixels.h"

#define NT_FORM 0
#include "form_begin.h"
#include "pixels.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "pixels.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "pixels.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "pixels.inc"
#include "form_end.h"
#endif

void nt_pixel_moments(const float *x, long pixels, long channels, const float *shift, double *sums, double *squares) {
  NT_DISPATCH(nt_pixel_moments, (x, pixels, channels, shift, sums, squares));
}

void nt_pixel_affine(
    const float *x, const float *addend, long pixels, long channels, nt_pixel_map map, bool relu, float *y) {
  NT_DISPATCH(nt_pixel_affine, (x, addend, pixels, channels, map, relu, y));
}

void nt_pixel_products(
    const float *g, const float *x, const float *output, long pixels, long channels, nt_pixel_map map, nt_keep keep,
    double *sums, double *products) {
  NT_DISPATCH(nt_pixel_products, (g, x, output, pixels, channels, map, keep, sums, products));
}

void nt_pixel_combine(
    const float *g, const float *x, const float *output, long pixels, long channels, nt_pixel_map map, nt_keep keep,
    const float *on_g, const float *on_x, const float *constant, float *result, float *kept) {
  NT_DISPATCH(nt_pixel_combine, (g, x, output, pixels, channels, map, keep, on_g, on_x, constant, result, kept));
}
