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
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "lanes.inc"
#include "epilogue.inc"
#include "conv_rows.inc"
#include "conv_rows_copy.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "lanes.inc"
#include "epilogue.inc"
#include "conv_rows.inc"
#include "conv_rows_copy.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "lanes.inc"
#include "epilogue.inc"
#include "conv_rows.inc"
#include "conv_rows_copy.inc"
#include "form_end.h"
#endif

void nt_rows_copy(const nt_rows_rectangle *rectangle, const float *image, float *to) {
  NT_DISPATCH(nt_rows_copy, (rectangle, image, to));
}

void nt_rows_multiply(const nt_rows_product *product, const nt_epilogue *epilogue, float *result) {
  NT_DISPATCH(nt_rows_multiply, (product, epilogue, result));
}
