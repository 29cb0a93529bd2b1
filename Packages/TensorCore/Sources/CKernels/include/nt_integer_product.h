// The matrix product of integers, plainly: C[i, j] = sum over p of A[i, p] B[p, j], wrapping around on overflow.
// A is m × k with element (i, p) at a[i * a_row + p * a_column], B likewise k × n, C is m × n without gaps.
#ifndef NT_INTEGER_PRODUCT_H
#define NT_INTEGER_PRODUCT_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  ptrdiff_t m, n, k;
  ptrdiff_t a_row, a_column, b_row, b_column;
} nt_integer_product;

void nt_integer_product_i32(nt_integer_product sizes, const int32_t *a, const int32_t *b, int32_t *c);
void nt_integer_product_i64(nt_integer_product sizes, const int64_t *a, const int64_t *b, int64_t *c);
void nt_integer_product_u8(nt_integer_product sizes, const uint8_t *a, const uint8_t *b, uint8_t *c);

#endif
