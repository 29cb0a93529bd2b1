// Products of a sparse and a dense matrix: Float in the forms of form.h, Double in plain loops.
#include "form.h"
#include "include/nt_sparse.h"

#define NT_FORM 0
#include "form_begin.h"
#include "sparse.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "sparse.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "sparse.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "sparse.inc"
#include "form_end.h"
#endif

static void nt_sparse_product_double(
    const nt_sparse_rows *matrix, long first, long end, const double *x, long width, double *y) {
  for (long row = first; row < end; row++) {
    double *to = y + row * width;
    for (long j = 0; j < width; j++) to[j] = 0;
    for (int64_t p = matrix->starts[row]; p < matrix->starts[row + 1]; p++) {
      const double value = matrix->values[p], *from = x + matrix->columns[p] * width;
      for (long j = 0; j < width; j++) to[j] += value * from[j];
    }
  }
}

void nt_sparse_product(
    nt_type type, const nt_sparse_rows *matrix, long first, long end, const void *x, long width, void *y) {
  if (type == nt_double) return nt_sparse_product_double(matrix, first, end, x, width, y);
  NT_DISPATCH(nt_sparse_product_float, (matrix, first, end, x, width, y));
}
