#include "include/nt_integer_product.h"

// Row by row: each element of A scales a row of B, so that the inner loop runs along memory unless B is transposed.
// Unsigned arithmetic wraps around; signed overflow would be undefined.
#define NT_INTEGER_PRODUCT(name, type, bits)                                                             \
  void name(nt_integer_product s, const type *a, const type *b, type *c) {                               \
    for (ptrdiff_t i = 0; i < s.m; i++) {                                                                \
      bits *row = (bits *)c + i * s.n;                                                                   \
      for (ptrdiff_t j = 0; j < s.n; j++) row[j] = 0;                                                    \
      for (ptrdiff_t p = 0; p < s.k; p++) {                                                              \
        const bits left = (bits)a[i * s.a_row + p * s.a_column];                                         \
        const type *right = b + p * s.b_row;                                                             \
        for (ptrdiff_t j = 0; j < s.n; j++) row[j] = (bits)(row[j] + left * (bits)right[j * s.b_column]); \
      }                                                                                                  \
    }                                                                                                    \
  }

NT_INTEGER_PRODUCT(nt_integer_product_i32, int32_t, uint32_t)
NT_INTEGER_PRODUCT(nt_integer_product_i64, int64_t, uint64_t)
NT_INTEGER_PRODUCT(nt_integer_product_u8, uint8_t, uint8_t)
