// Convolution of channels-last maps as products.

#include "conv_range.h"
#include "form.h"
#include "include/nt_rows.h"

#include <string.h>

#define NT_FORM 0
#include "form_begin.h"
#include "lanes.inc"
#include "epilogue.inc"
#include "conv_rows.inc"
#include "conv_rows_copy.inc"
#include "conv_rows_outer.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "lanes.inc"
#include "epilogue.inc"
#include "conv_rows.inc"
#include "conv_rows_copy.inc"
#include "conv_rows_outer.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "lanes.inc"
#include "epilogue.inc"
#include "conv_rows.inc"
#include "conv_rows_copy.inc"
#include "conv_rows_outer.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "lanes.inc"
#include "epilogue.inc"
#include "conv_rows.inc"
#include "conv_rows_copy.inc"
#include "conv_rows_outer.inc"
#include "form_end.h"
#endif

void nt_rows_copy(const nt_rows_rectangle *rectangle, const float *image, float *to) {
  NT_DISPATCH(nt_rows_copy, (rectangle, image, to));
}

void nt_rows_multiply(const nt_rows_product *product, const nt_epilogue *epilogue, float *result) {
  NT_DISPATCH(nt_rows_multiply, (product, epilogue, result));
}

void nt_rows_pack_gradient(ptrdiff_t positions, const float *gradient, const ptrdiff_t *places, ptrdiff_t first,
                           ptrdiff_t count, float *to, ptrdiff_t panel) {
  NT_DISPATCH(nt_rows_pack_gradient, (positions, gradient, places, first, count, to, panel));
}

void nt_rows_outer(const nt_rows_outer_product *product, float *sums) {
  NT_DISPATCH(nt_rows_outer, (product, sums));
}

void nt_rows_collect(ptrdiff_t runs, ptrdiff_t run, ptrdiff_t taps, ptrdiff_t channels, ptrdiff_t filters,
                     const float *sums, float *result, ptrdiff_t filter) {
  NT_DISPATCH(nt_rows_collect, (runs, run, taps, channels, filters, sums, result, filter));
}
