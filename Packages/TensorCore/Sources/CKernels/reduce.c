// Reductions: sums and extrema of Floats and sums of Doubles in the forms of form.h, the rest in plain loops.
#include "form.h"
#include "include/nt_reduce.h"

#include <stdbool.h>

/// Columns whose sums are kept at once: 4 KiB of Doubles.
enum { nt_fold_columns_at_once = 512 };

static void nt_fold_store(const double *sums, long count, double divisor, nt_type to, void *y, long at) {
  if (to == nt_float) {
    for (long i = 0; i < count; i++) ((float *)y)[at + i] = (float)(sums[i] / divisor);
  } else {
    for (long i = 0; i < count; i++) ((double *)y)[at + i] = sums[i] / divisor;
  }
}

static bool nt_fold_store_integer(int64_t sum, nt_type to, void *y, long at) {
  switch (to) {
    case nt_int32: return !__builtin_add_overflow(sum, 0, (int32_t *)y + at);
    case nt_uint8: return !__builtin_add_overflow(sum, 0, (uint8_t *)y + at);
    default: ((int64_t *)y)[at] = sum; return true;
  }
}

#define NT_IS_NAN(x) ((x) != (x))

#define NT_FORM 0
#include "form_begin.h"
#include "reduce.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "reduce.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "reduce.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "reduce.inc"
#include "form_end.h"
#endif

#define NT_ADD(sum, x, y) (sum += x, *(y) = (NT_SCALAR)sum, false)
#define NT_SUM_TYPE double
#define NT_SCALAR float
#define NT_EXTREME(f) f##_float
#include "reduce_scalar.inc"
#undef NT_SCALAR
#undef NT_EXTREME

#define NT_SCALAR double
#define NT_EXTREME(f) f##_double
#include "reduce_extremes.inc"
#include "reduce_scalar.inc"
#undef NT_SCALAR
#undef NT_EXTREME
#undef NT_SUM_TYPE
#undef NT_ADD
#undef NT_IS_NAN

#define NT_IS_NAN(x) false
#define NT_ADD(sum, x, y) (__builtin_add_overflow(sum, x, &sum) || __builtin_add_overflow(sum, 0, y))
#define NT_SUM_TYPE int64_t
#define NT_SCALAR int32_t
#define NT_EXTREME(f) f##_int32
#include "reduce_extremes.inc"
#include "reduce_integer.inc"
#include "reduce_scalar.inc"
#undef NT_SCALAR
#undef NT_EXTREME

#define NT_SCALAR int64_t
#define NT_EXTREME(f) f##_int64
#include "reduce_extremes.inc"
#include "reduce_integer.inc"
#include "reduce_scalar.inc"
#undef NT_SCALAR
#undef NT_EXTREME

#define NT_SCALAR uint8_t
#define NT_EXTREME(f) f##_uint8
#include "reduce_extremes.inc"
#include "reduce_integer.inc"
#include "reduce_scalar.inc"
#undef NT_SCALAR
#undef NT_EXTREME

static void nt_extreme(nt_fold_op op, nt_type type, const void *x, void *y, const nt_fold_view *view) {
  switch (type) {
    case nt_float: NT_DISPATCH(nt_extreme_float, (op, x, y, view)); break;
    case nt_double: nt_extreme_double(op, x, y, view); break;
    case nt_int32: nt_extreme_int32(op, x, y, view); break;
    case nt_int64: nt_extreme_int64(op, x, y, view); break;
    default: nt_extreme_uint8(op, x, y, view); break;
  }
}

nt_status nt_fold(
    nt_fold_op op, nt_type from, nt_type to, const void *x, void *y, const nt_fold_view *view, double divisor) {
  if (op == nt_fold_maximum || op == nt_fold_minimum) {
    nt_extreme(op, from, x, y, view);
    return nt_fine;
  }
  switch (from) {
    case nt_float: NT_DISPATCH(nt_fold_float, (op, x, to, y, view, divisor)); return nt_fine;
    case nt_double: NT_DISPATCH(nt_fold_double, (op, x, to, y, view, divisor)); return nt_fine;
    case nt_int32: return nt_fold_int32(op, x, to, y, view);
    case nt_int64: return nt_fold_int64(op, x, to, y, view);
    default: return nt_fold_uint8(op, x, to, y, view);
  }
}

void nt_arg_extreme(nt_fold_op op, nt_type type, const void *x, int64_t *y, const nt_fold_view *view) {
  switch (type) {
    case nt_float: nt_arg_extreme_float(op, x, y, view); break;
    case nt_double: nt_arg_extreme_double(op, x, y, view); break;
    case nt_int32: nt_arg_extreme_int32(op, x, y, view); break;
    case nt_int64: nt_arg_extreme_int64(op, x, y, view); break;
    default: nt_arg_extreme_uint8(op, x, y, view); break;
  }
}

nt_status nt_cumulative_sum(nt_type type, const void *x, void *y, const nt_fold_view *view) {
  switch (type) {
    case nt_float: return nt_cumulative_sum_float(x, y, view);
    case nt_double: return nt_cumulative_sum_double(x, y, view);
    case nt_int32: return nt_cumulative_sum_int32(x, y, view);
    case nt_int64: return nt_cumulative_sum_int64(x, y, view);
    default: return nt_cumulative_sum_uint8(x, y, view);
  }
}
