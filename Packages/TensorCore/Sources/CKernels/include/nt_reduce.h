// Sums, products and extrema along an axis, and running sums.
#ifndef NT_REDUCE_H
#define NT_REDUCE_H

#include <stdint.h>

#include "nt_elementwise.h"

typedef enum { nt_fold_sum, nt_fold_squares, nt_fold_product, nt_fold_maximum, nt_fold_minimum } nt_fold_op;

/// A tensor seen as [outer, n, inner], or a part of it; the axis of n is reduced. Distances are in elements; neighbours
/// along the last axis are adjacent. The result is [outer, inner].
typedef struct {
  long outer, n, inner;
  long x_outer, x_step;  ///< distances in x along the first and the second axis
  long y_outer;          ///< distance in y along the first axis
} nt_fold_view;

/// y[o][i] = the sum (of squares), product, largest or smallest of x[o][k][i] over k, in an order that depends on the
/// view only.
///
/// Sums and products of Floats and Doubles are formed in Double, divided by `divisor` and rounded to the result's type,
/// Float or Double; those of whole numbers are formed in Int64 and give the own type or Int64, nt_overflow if they do
/// not fit. Extrema have the type of x and need n > 0; NaN comes through.
nt_status nt_fold(
    nt_fold_op op, nt_type from, nt_type to, const void *x, void *y, const nt_fold_view *view, double divisor);

/// y[o][i] = the first k where x[o][k][i] is largest (or smallest); the first NaN if there is one. n > 0.
void nt_arg_extreme(nt_fold_op op, nt_type type, const void *x, int64_t *y, const nt_fold_view *view);

/// y[o][k][i] = x[o][0][i] + ... + x[o][k][i]; both have the view's distances. Floats are added in Double.
nt_status nt_cumulative_sum(nt_type type, const void *x, void *y, const nt_fold_view *view);

#endif
