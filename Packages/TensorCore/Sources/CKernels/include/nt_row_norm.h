// Normalisation of rows, one pass over memory each way: layer normalisation, and without the mean RMS normalisation.
#ifndef NT_ROW_NORM_H
#define NT_ROW_NORM_H

#include "nt_elementwise.h"

/// Rows of `width` values that follow each other.
typedef struct {
  long rows, width;
} nt_row_view;

/// y = (x - m) r w[i] + b[i] along each row, r = 1 / sqrt(s + epsilon): m the row's mean and s its variance; or, where
/// `mean` is null, m = 0 and s the mean square. Writes m and r of each row. w and b are `width` values or null.
void nt_row_norm(
    nt_type type, const void *x, nt_row_view view, const void *w, const void *b, double epsilon, double *mean,
    double *scale, void *y);

/// From the gradient g of the output that of the input; adds those of w and b to `on_w` and `on_b`, `width` Doubles each.
/// `mean` is null as in the forward pass; w may be null.
void nt_row_norm_gradient(
    nt_type type, const void *g, const void *x, nt_row_view view, const void *w, const double *mean,
    const double *scale, void *y, double *on_w, double *on_b);

#endif
