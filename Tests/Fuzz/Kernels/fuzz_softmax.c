#include "CKernels.h"
#include "kernels.h"

static void rows_of(nt_type type, size_t size, long rows, long n) {
  void *x = buffer('f', size, rows * n), *g = buffer('f', size, rows * n), *y = buffer(0, size, rows * n);
  nt_softmax_rows(nt_softmax, type, x, y, rows, n);
  nt_softmax_gradient_rows(nt_softmax, type, g, y, buffer(0, size, rows * n), rows, n);
  nt_softmax_rows(nt_log_softmax, type, x, y, rows, n);
  nt_softmax_gradient_rows(nt_log_softmax, type, g, y, buffer(0, size, rows * n), rows, n);
  nt_softmax_rows(nt_log_sum_exp, type, x, buffer(0, size, rows), rows, n);
  int64_t *labels = buffer(0, 8, rows);
  for (long r = 0; r < rows; r++) labels[r] = between(0, n - 1);
  nt_cross_entropy_rows(type, 0, -1, x, labels, buffer(0, size, rows), rows, n);
  nt_cross_entropy_rows(type, 0.1, labels[0], x, labels, buffer(0, size, rows), rows, n);
  nt_cross_entropy_gradient_rows(type, 0, -1, buffer('f', size, rows), 1, x, labels, y, rows, n);
  nt_cross_entropy_gradient_rows(type, 0.1, labels[0], buffer('f', size, 1), 0, x, labels, y, rows, n);
  release();
}

void fuzz_softmax(void) {
  for (long n = 1; n <= 70; n++) {
    rows_of(nt_float, 4, 1 + n % 5, n);
    rows_of(nt_double, 8, 1 + n % 5, n);
  }
}
