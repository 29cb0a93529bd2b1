// Comparisons, logic and choices, in loops that the compiler turns into vectors.
#include "include/nt_compare.h"

#define NT_COMPARE_CASE(code, expression)   \
  case code:                                \
    for (long i = 0; i < n; i++) y[i] = at_a[i * a.step] expression at_b[i * b.step]; \
    break;

#define NT_DEFINE_COMPARE(scalar)                                                                      \
  static void nt_compare_##scalar(                                                                     \
      nt_compare_op op, nt_operand a, nt_operand b, uint8_t *y, long n, long rows) {                   \
    const scalar *at_a = a.start, *at_b = b.start;                                                     \
    for (long row = 0; row < rows; row++, at_a += a.row, at_b += b.row, y += n) {                      \
      switch (op) {                                                                                    \
        NT_COMPARE_CASE(nt_less, <)                                                                    \
        NT_COMPARE_CASE(nt_less_equal, <=)                                                             \
        NT_COMPARE_CASE(nt_equal, ==)                                                                  \
        NT_COMPARE_CASE(nt_not_equal, !=)                                                              \
        NT_COMPARE_CASE(nt_and, &&)                                                                    \
        NT_COMPARE_CASE(nt_or, ||)                                                                     \
      }                                                                                                \
    }                                                                                                  \
  }

NT_DEFINE_COMPARE(float)
NT_DEFINE_COMPARE(double)
NT_DEFINE_COMPARE(int32_t)
NT_DEFINE_COMPARE(int64_t)
NT_DEFINE_COMPARE(uint8_t)

void nt_compare(nt_compare_op op, nt_type type, nt_operand a, nt_operand b, uint8_t *y, long n, long rows) {
  switch (type) {
    case nt_float: nt_compare_float(op, a, b, y, n, rows); break;
    case nt_double: nt_compare_double(op, a, b, y, n, rows); break;
    case nt_int32: nt_compare_int32_t(op, a, b, y, n, rows); break;
    case nt_int64: nt_compare_int64_t(op, a, b, y, n, rows); break;
    case nt_uint8:
    case nt_bool: nt_compare_uint8_t(op, a, b, y, n, rows); break;
  }
}

#define NT_TEST(scalar)                                                             \
  {                                                                                 \
    const scalar *in = x;                                                           \
    if (op == nt_is_nan) for (long i = 0; i < n; i++) y[i] = in[i] != in[i];        \
    else for (long i = 0; i < n; i++) y[i] = in[i] - in[i] == 0;                    \
    return;                                                                         \
  }

void nt_test(nt_test_op op, nt_type type, const void *x, uint8_t *y, long n) {
  if (type == nt_double) NT_TEST(double)
  NT_TEST(float)
}

void nt_not(const uint8_t *x, uint8_t *y, long n) {
  for (long i = 0; i < n; i++) y[i] = !x[i];
}

#define NT_SELECT(scalar)                                                                        \
  {                                                                                              \
    const scalar *from_a = a, *from_b = b;                                                       \
    scalar *out = y;                                                                             \
    for (long i = 0; i < n; i++) out[i] = mask[i] ? from_a[i * a_step] : from_b[i * b_step];     \
    return;                                                                                      \
  }

void nt_select(
    nt_type type, const uint8_t *mask, const void *a, long a_step, const void *b, long b_step, void *y, long n) {
  switch (type) {
    case nt_double:
    case nt_int64: NT_SELECT(int64_t)
    case nt_float:
    case nt_int32: NT_SELECT(int32_t)
    case nt_uint8:
    case nt_bool: NT_SELECT(uint8_t)
  }
}
