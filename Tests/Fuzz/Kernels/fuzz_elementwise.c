#include "CKernels.h"
#include "kernels.h"

typedef struct {
  nt_type type;
  char fill;
  size_t size;
} element;

static const element elements[] = {
    {nt_float, 'f', 4}, {nt_double, 'f', 8}, {nt_int32, 'i', 4}, {nt_int64, 'i', 8}, {nt_uint8, 'i', 1},
};

static void unary(element e, long n) {
  int last = e.fill == 'f' ? nt_round : nt_squared;
  for (int op = nt_negate; op <= last; op++) {
    void *x = buffer(e.fill, e.size, n);
    nt_unary((nt_unary_op)op, e.type, x, buffer(0, e.size, n), n);
    nt_unary((nt_unary_op)op, e.type, x, x, n);
    release();
  }
}

/// Both operands in full, one as a row repeated, one as a column repeated, one as a single value.
static void binary(element e, long n, long rows) {
  int last = e.fill == 'f' ? nt_abs_gradient : nt_minimum;
  for (int op = nt_add; op <= last; op++) {
    for (int way = 0; way < 7; way++) {
      nt_operand full = {buffer(e.fill, e.size, n * rows), 1, n};
      nt_operand row = {buffer(e.fill, e.size, n), 1, 0};
      nt_operand column = {buffer(e.fill, e.size, rows), 0, 1};
      nt_operand value = {buffer(e.fill, e.size, 1), 0, 0};
      nt_operand a = way == 1 ? row : way == 2 ? column : way == 3 ? value : full;
      nt_operand b = way == 4 ? row : way == 5 ? column : way == 6 ? value : full;
      nt_binary((nt_binary_op)op, e.type, a, b, buffer(0, e.size, n * rows), n, rows);
      release();
    }
  }
}

static void clamp(element e, long n) {
  void *low = buffer(0, e.size, 1), *high = buffer(e.fill, e.size, 1);
  void *x = buffer(e.fill, e.size, n);
  nt_clamp(e.type, x, low, high, buffer(0, e.size, n), n);
  if (e.fill == 'f') nt_clamp_gradient(e.type, buffer('f', e.size, n), x, low, high, buffer(0, e.size, n), n);
  release();
}

static void roof(long rounds) {
  nt_roof_products(rounds, 0.5f, 1, buffer(0, sizeof(float), 16), buffer(0, sizeof(long), 1));
  release();
}

void fuzz_elementwise(void) {
  for (long rounds = 0; rounds < 4; rounds++) roof(rounds);
  for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
    for (long n = 0; n <= 70; n++) {
      unary(elements[i], n);
      clamp(elements[i], n);
    }
    for (long n = 0; n <= 35; n++) binary(elements[i], n, 1 + n % 4);
  }
}
