#include "CKernels.h"
#include "kernels.h"

static void product(nt_type type, size_t size, long width) {
  ptrdiff_t rows = between(0, 7), columns = between(1, 9);
  int64_t *starts = buffer(0, 8, rows + 1);
  for (ptrdiff_t r = 0; r < rows; r++) starts[r + 1] = starts[r] + between(0, 4);
  int64_t *places = buffer(0, 8, starts[rows]);
  for (int64_t p = 0; p < starts[rows]; p++) places[p] = between(0, columns - 1);
  nt_sparse_rows matrix = {starts, places, buffer('f', 8, starts[rows])};
  ptrdiff_t first = between(0, rows);
  nt_sparse_product(
      type, &matrix, first, between(first, rows), buffer('f', size, columns * width), width,
      buffer(0, size, rows * width));
  release();
}

void fuzz_sparse(void) {
  for (long width = 0; width <= 140; width++) {
    product(nt_float, 4, width);
    product(nt_double, 8, width);
  }
}
