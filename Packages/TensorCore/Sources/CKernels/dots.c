#include "form.h"
#include "include/nt_dots.h"

#define NT_FORM 0
#include "form_begin.h"
#include "dots_types.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "dots_types.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "dots_types.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "dots_types.inc"
#include "form_end.h"
#endif

#define NT_DOTS_DISPATCH(type, name)                                                                                 \
  void nt_dots_##name(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const type *a, ptrdiff_t a_row, const type *b,           \
                      ptrdiff_t b_column, type *c, ptrdiff_t c_row, bool accumulate) {                               \
    NT_DISPATCH(nt_dots_##name, (m, n, k, a, a_row, b, b_column, c, c_row, accumulate));                             \
  }                                                                                                                  \
  void nt_row_##name(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const type *a, ptrdiff_t a_row, ptrdiff_t a_step,          \
                     const type *b, ptrdiff_t b_row, type *c, ptrdiff_t c_row, bool accumulate) {                     \
    NT_DISPATCH(nt_row_##name, (m, n, k, a, a_row, a_step, b, b_row, c, c_row, accumulate));                         \
  }

NT_DOTS_DISPATCH(float, f32)
NT_DOTS_DISPATCH(double, f64)
