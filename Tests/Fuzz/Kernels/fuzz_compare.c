#include "CKernels.h"
#include "kernels.h"

static const struct {
  nt_type type;
  char fill;
  size_t size;
} elements[] = {
    {nt_float, 'f', 4}, {nt_double, 'f', 8}, {nt_int32, 'i', 4}, {nt_int64, 'i', 8}, {nt_uint8, 'i', 1}, {nt_bool, 'b', 1},
};
enum { element_count = sizeof elements / sizeof *elements };

static void compare(int e, long n, long rows) {
  char fill = elements[e].fill;
  size_t size = elements[e].size;
  int last = elements[e].type == nt_bool ? nt_or : nt_not_equal;
  for (int op = elements[e].type == nt_bool ? nt_equal : nt_less; op <= last; op++) {
    nt_operand full = {buffer(fill, size, n * rows), 1, n};
    nt_operand row = {buffer(fill, size, n), 1, 0};
    nt_operand column = {buffer(fill, size, rows), 0, 1};
    nt_compare((nt_compare_op)op, elements[e].type, full, full, buffer(0, 1, n * rows), n, rows);
    nt_compare((nt_compare_op)op, elements[e].type, full, row, buffer(0, 1, n * rows), n, rows);
    nt_compare((nt_compare_op)op, elements[e].type, column, full, buffer(0, 1, n * rows), n, rows);
    release();
  }
}

static void choose(int e, long n) {
  size_t size = elements[e].size;
  void *all = buffer(elements[e].fill, size, n), *one = buffer(elements[e].fill, size, 1);
  uint8_t *mask = buffer('b', 1, n);
  nt_select(elements[e].type, mask, all, 1, one, 0, buffer(0, size, n), n);
  nt_select(elements[e].type, mask, one, 0, all, 1, buffer(0, size, n), n);
  nt_not(mask, buffer(0, 1, n), n);
  if (elements[e].fill == 'f') {
    nt_test(nt_is_nan, elements[e].type, all, buffer(0, 1, n), n);
    nt_test(nt_is_finite, elements[e].type, all, buffer(0, 1, n), n);
  }
  release();
}

static void convert(int from, int to, long n) {
  void *x = buffer(elements[from].fill, elements[from].size, n);
  nt_convert(elements[from].type, elements[to].type, x, buffer(0, elements[to].size, n), n);
  release();
}

void fuzz_compare(void) {
  for (int e = 0; e < element_count; e++) {
    for (long n = 0; n <= 70; n++) {
      compare(e, n, 1 + n % 3);
      choose(e, n);
      for (int to = 0; to < element_count; to++) convert(e, to, n);
    }
  }
}
