// Softmax and its kin: Float in the forms of form.h, Double in plain loops.
#include "form.h"
#include "include/nt_softmax.h"

#include <math.h>
#include <stddef.h>

#define NT_FORM 0
#include "form_begin.h"
#include "softmax.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "softmax.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "softmax.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "softmax.inc"
#include "form_end.h"
#endif

#include "softmax_double.inc"

void nt_softmax_rows(nt_softmax_op op, nt_type type, const void *x, void *y, long rows, long n) {
  if (type == nt_double) return nt_softmax_rows_double(op, x, y, rows, n);
  NT_DISPATCH(nt_softmax_rows_float, (op, x, y, rows, n));
}

void nt_softmax_gradient_rows(
    nt_softmax_op op, nt_type type, const void *g, const void *y, void *result, long rows, long n) {
  if (type == nt_double) return nt_softmax_gradient_rows_double(op, g, y, result, rows, n);
  NT_DISPATCH(nt_softmax_gradient_rows_float, (op, g, y, result, rows, n));
}

void nt_cross_entropy_rows(
    nt_type type, double smoothing, int64_t ignored, const void *x, const int64_t *labels, void *loss, long rows,
    long n) {
  if (type == nt_double) return nt_cross_entropy_rows_double(smoothing, ignored, x, labels, loss, rows, n);
  NT_DISPATCH(nt_cross_entropy_rows_float, (smoothing, ignored, x, labels, loss, rows, n));
}

void nt_cross_entropy_gradient_rows(
    nt_type type, double smoothing, int64_t ignored, const void *g, long g_step, const void *x, const int64_t *labels,
    void *result, long rows, long n) {
  if (type == nt_double) {
    return nt_cross_entropy_gradient_rows_double(smoothing, ignored, g, g_step, x, labels, result, rows, n);
  }
  NT_DISPATCH(nt_cross_entropy_gradient_rows_float, (smoothing, ignored, g, g_step, x, labels, result, rows, n));
}
