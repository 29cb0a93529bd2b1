// Gathering and scattering of patches, for Float and Double: convolution as a matrix product.
#include <string.h>

#include "conv_range.h"
#include "form.h"
#include "nt_convolution.h"

#define NT_FORM 0
#include "form_begin.h"
#include "conv_patches_types.inc"
#include "form_end.h"
#define NT_FORM 1
#include "form_begin.h"
#include "conv_patches_types.inc"
#include "form_end.h"
#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "conv_patches_types.inc"
#include "form_end.h"
#define NT_FORM 3
#include "form_begin.h"
#include "conv_patches_types.inc"
#include "form_end.h"
#endif

void nt_gather_patches(bool wide, const nt_convolution *shape, const void *input, ptrdiff_t channels, ptrdiff_t first_y,
                       ptrdiff_t last_y, void *patches) {
  if (wide) {
    NT_DISPATCH(gather_patches_f64, (shape, input, channels, first_y, last_y, patches))
  } else {
    NT_DISPATCH(gather_patches_f32, (shape, input, channels, first_y, last_y, patches))
  }
}

void nt_scatter_patches(bool wide, const nt_convolution *shape, const void *patches, ptrdiff_t channels,
                        ptrdiff_t first_y, ptrdiff_t last_y, void *result) {
  if (wide) {
    NT_DISPATCH(scatter_patches_f64, (shape, patches, channels, first_y, last_y, result))
  } else {
    NT_DISPATCH(scatter_patches_f32, (shape, patches, channels, first_y, last_y, result))
  }
}

void nt_add_rows(bool wide, void *matrix, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t first, ptrdiff_t last) {
  if (wide) {
    NT_DISPATCH(add_rows_f64, (matrix, rows, columns, first, last))
  } else {
    NT_DISPATCH(add_rows_f32, (matrix, rows, columns, first, last))
  }
}
