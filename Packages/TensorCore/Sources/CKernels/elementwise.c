// Elementwise maths: Float in its forms here, the other types in elementwise_scalar.inc.
#include "form.h"
#include "include/nt_elementwise.h"

#define NT_FORM 0
#include "form_begin.h"
#include "elementwise.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "elementwise.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "elementwise.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "elementwise.inc"
#include "form_end.h"
#endif

#include "elementwise_double.inc"
#include "elementwise_integer.inc"

nt_status nt_unary(nt_unary_op op, nt_type type, const void *x, void *y, long n) {
  switch (type) {
    case nt_float: NT_DISPATCH(nt_unary_float, (op, x, y, n)); return nt_fine;
    case nt_double: nt_unary_double(op, x, y, n); return nt_fine;
    case nt_int32: return nt_unary_int32(op, x, y, n);
    case nt_int64: return nt_unary_int64(op, x, y, n);
    case nt_uint8: return nt_unary_uint8(op, x, y, n);
    case nt_bool: return nt_fine;
  }
}

nt_status nt_binary(nt_binary_op op, nt_type type, nt_operand a, nt_operand b, void *y, long n, long rows) {
  switch (type) {
    case nt_float: NT_DISPATCH(nt_binary_float, (op, a, b, y, n, rows)); return nt_fine;
    case nt_double: nt_binary_double(op, a, b, y, n, rows); return nt_fine;
    case nt_int32: return nt_binary_int32(op, a, b, y, n, rows);
    case nt_int64: return nt_binary_int64(op, a, b, y, n, rows);
    case nt_uint8: return nt_binary_uint8(op, a, b, y, n, rows);
    case nt_bool: return nt_fine;
  }
}

#define NT_CLAMP_LOOP(scalar)                                                                      \
  {                                                                                                \
    const scalar *in = x, lowest = *(const scalar *)low, highest = *(const scalar *)high;          \
    scalar *out = y;                                                                               \
    for (long i = 0; i < n; i++) out[i] = in[i] < lowest ? lowest : in[i] > highest ? highest : in[i]; \
    return;                                                                                        \
  }

void nt_clamp(nt_type type, const void *x, const void *low, const void *high, void *y, long n) {
  switch (type) {
    case nt_float: NT_DISPATCH(nt_clamp_float, (x, *(const float *)low, *(const float *)high, y, n)); return;
    case nt_double: NT_CLAMP_LOOP(double)
    case nt_int32: NT_CLAMP_LOOP(int32_t)
    case nt_int64: NT_CLAMP_LOOP(int64_t)
    case nt_uint8: NT_CLAMP_LOOP(uint8_t)
    case nt_bool: return;
  }
}

#define NT_CLAMP_GRADIENT_LOOP(scalar)                                                                    \
  {                                                                                                       \
    const scalar *gradient = g, *in = x, lowest = *(const scalar *)low, highest = *(const scalar *)high;  \
    scalar *out = y;                                                                                      \
    for (long i = 0; i < n; i++) out[i] = in[i] >= lowest && in[i] <= highest ? gradient[i] : 0;          \
    return;                                                                                               \
  }

void nt_clamp_gradient(nt_type type, const void *g, const void *x, const void *low, const void *high, void *y, long n) {
  if (type == nt_float) NT_CLAMP_GRADIENT_LOOP(float)
  if (type == nt_double) NT_CLAMP_GRADIENT_LOOP(double)
}
