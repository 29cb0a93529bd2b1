// Many scalar products: C[i, j] = sum over p of A[i, p] B[p, j] where rows of A and columns of B lie in one piece each.
// The way of a matrix product with few rows: what it needs of B it reads once and in order, without packing.
#ifndef NT_DOTS_H
#define NT_DOTS_H

#include <stdbool.h>
#include <stddef.h>

/// C = A B, or C += A B if `accumulate`. Row i of A starts at a[i * a_row], column j of B at b[j * b_column],
/// row i of C at c[i * c_row]. Each element is summed by lanes, then over the lanes, in an order that m, n and k fix.
void nt_dots_f32(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a, ptrdiff_t a_row, const float *b,
                 ptrdiff_t b_column, float *c, ptrdiff_t c_row, bool accumulate);
void nt_dots_f64(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const double *a, ptrdiff_t a_row, const double *b,
                 ptrdiff_t b_column, double *c, ptrdiff_t c_row, bool accumulate);

#endif
