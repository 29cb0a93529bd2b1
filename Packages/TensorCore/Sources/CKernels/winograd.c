// The transforms of Winograd's convolution; see winograd.h.
#include "winograd.h"

#include "form.h"
#include "include/nt_gemm.h"

#define NT_FORM 0
#include "form_begin.h"
#include "lanes.inc"
#include "epilogue.inc"
#include "winograd_input.inc"
#include "winograd_output.inc"
#include "winograd_weight.inc"
#include "winograd_gradient.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "lanes.inc"
#include "epilogue.inc"
#include "winograd_input.inc"
#include "winograd_output.inc"
#include "winograd_weight.inc"
#include "winograd_gradient.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "lanes.inc"
#include "epilogue.inc"
#include "winograd_input.inc"
#include "winograd_output.inc"
#include "winograd_weight.inc"
#include "winograd_gradient.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "lanes.inc"
#include "epilogue.inc"
#include "winograd_input.inc"
#include "winograd_output.inc"
#include "winograd_weight.inc"
#include "winograd_gradient.inc"
#include "form_end.h"
#endif

void nt_winograd_input(const nt_winograd_map *map, const float *input, ptrdiff_t first, ptrdiff_t count,
                       nt_winograd_matrices out) {
  NT_DISPATCH(nt_winograd_input, (map, input, first, count, out));
}

void nt_winograd_output(const nt_winograd_map *map, nt_winograd_matrices in, ptrdiff_t first, ptrdiff_t count,
                        const nt_epilogue *epilogue, ptrdiff_t first_channel, ptrdiff_t channels, float *output) {
  NT_DISPATCH(nt_winograd_output, (map, in, first, count, epilogue, first_channel, channels, output));
}

void nt_winograd_gradient(const nt_winograd_map *map, const float *gradient, ptrdiff_t first, ptrdiff_t count,
                          nt_winograd_matrices out) {
  NT_DISPATCH(nt_winograd_gradient, (map, gradient, first, count, out));
}

void nt_winograd_weight(ptrdiff_t inputs, const float *kernels, bool flipped, int row, float *packed,
                        ptrdiff_t matrix_stride) {
  ptrdiff_t panel = nt_gemm_tile_f32().columns;
  NT_DISPATCH(nt_winograd_weight, (panel, inputs, kernels, flipped, row, packed, matrix_stride));
}

void nt_winograd_weight_gradient(ptrdiff_t channels, const float *sums, ptrdiff_t matrix_stride, ptrdiff_t row_stride,
                                 ptrdiff_t first, ptrdiff_t last, float *result) {
  NT_DISPATCH(nt_winograd_weight_gradient, (channels, sums, matrix_stride, row_stride, first, last, result));
}
