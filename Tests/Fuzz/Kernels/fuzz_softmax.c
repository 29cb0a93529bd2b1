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

static void steps(nt_type type, size_t size, long n) {
  nt_sgd plain = {0.1, 0, 0.01, false}, momentum = {0.1, 0.9, 0, true};
  nt_adam adam = {0.9, 0.999, 1e-8, 0.01, 0.001, 0.03, 0.99};
  void *p = buffer('f', size, n), *g = buffer('f', size, n), *m = buffer('f', size, n), *v = buffer('f', size, n);
  nt_sgd_update(&plain, type, p, g, NULL, n);
  nt_sgd_update(&momentum, type, p, g, m, n);
  nt_adam_update(&adam, type, p, g, m, v, n);
  release();
}

void fuzz_softmax(void) {
  for (long n = 1; n <= 70; n++) {
    rows_of(nt_float, 4, 1 + n % 5, n);
    rows_of(nt_double, 8, 1 + n % 5, n);
    steps(nt_float, 4, n - 1);
    steps(nt_double, 8, n - 1);
  }
}
