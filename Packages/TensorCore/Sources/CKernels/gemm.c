#include "form.h"
#include "include/nt_gemm.h"

#include <string.h>

#define NT_FORM 0
#include "form_begin.h"
#include "gemm_types.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "gemm_types.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "gemm_types.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "gemm_types.inc"
#include "form_end.h"
#endif

#define NT_GEMM_DISPATCH(type, name)                                                                                \
  nt_gemm_tile nt_gemm_tile_##name(void) {                                                                          \
    nt_gemm_tile tile;                                                                                              \
    NT_DISPATCH(nt_gemm_tile_##name, (&tile));                                                                      \
    return tile;                                                                                                    \
  }                                                                                                                 \
  void nt_gemm_pack_left_##name(ptrdiff_t m, ptrdiff_t k, const type *a, ptrdiff_t row_stride,                      \
                                ptrdiff_t column_stride, type *packed) {                                            \
    NT_DISPATCH(nt_gemm_pack_left_##name, (m, k, a, row_stride, column_stride, packed));                            \
  }                                                                                                                 \
  void nt_gemm_pack_right_##name(ptrdiff_t k, ptrdiff_t n, const type *b, ptrdiff_t row_stride,                     \
                                 ptrdiff_t column_stride, type *packed) {                                           \
    NT_DISPATCH(nt_gemm_pack_right_##name, (k, n, b, row_stride, column_stride, packed));                           \
  }                                                                                                                 \
  void nt_gemm_block_##name(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const type *a, const type *b,                    \
                            nt_gemm_layout layout, type *c, ptrdiff_t c_stride, bool accumulate) {                  \
    NT_DISPATCH(nt_gemm_block_##name, (m, n, k, a, b, &layout, c, c_stride, accumulate));                           \
  }

NT_GEMM_DISPATCH(float, f32)
NT_GEMM_DISPATCH(double, f64)
