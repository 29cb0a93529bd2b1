// Matrix products of few rows, which are bound by reading B: they read it once and along memory, without packing.
// Columns of B in one piece: scalar products of rows with columns. Rows of B in one piece: a sum of scaled rows.
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

/// The same for a row-major B whose rows are `b_row` apart; element (i, p) of A is a[i * a_row + p * a_step]. Each element is
/// summed over k in order, on top of what c holds if it accumulates.
void nt_row_f32(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a, ptrdiff_t a_row, ptrdiff_t a_step, const float *b,
                ptrdiff_t b_row, float *c, ptrdiff_t c_row, bool accumulate);
void nt_row_f64(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const double *a, ptrdiff_t a_row, ptrdiff_t a_step,
                const double *b, ptrdiff_t b_row, double *c, ptrdiff_t c_row, bool accumulate);

#endif
