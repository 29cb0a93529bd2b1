// Softmax and its kin over rows of n neighbours.
#ifndef NT_SOFTMAX_H
#define NT_SOFTMAX_H

#include <stdint.h>

#include "nt_elementwise.h"

typedef enum {
  nt_softmax,       ///< y[i] = e^(x[i] - m) / s, where m is the row's largest and s the sum of e^(x[j] - m)
  nt_log_softmax,   ///< y[i] = x[i] - m - ln s
  nt_log_sum_exp,   ///< m + ln s, one per row
} nt_softmax_op;

/// Of each row of x, Float or Double.
void nt_softmax_rows(nt_softmax_op op, nt_type type, const void *x, void *y, long rows, long n);

/// The gradient of the input from that of the output, g, and the output y: y (g - sum g y) for nt_softmax,
/// g - e^y sum g for nt_log_softmax.
void nt_softmax_gradient_rows(
    nt_softmax_op op, nt_type type, const void *g, const void *y, void *result, long rows, long n);

/// loss[r] = m + ln s - (1 - e) x[r][labels[r]] - e (the mean of x[r]), where e is `smoothing`; 0 where the label is
/// `ignored`. The other labels must lie in 0 ..< n.
void nt_cross_entropy_rows(
    nt_type type, double smoothing, int64_t ignored, const void *x, const int64_t *labels, void *loss, long rows,
    long n);

/// result[r][i] = g[r] (softmax(x[r])[i] - (1 - e if i is the label else 0) - e / n), 0 in rows whose label is `ignored`;
/// g goes on by `g_step`, 1 or 0.
void nt_cross_entropy_gradient_rows(
    nt_type type, double smoothing, int64_t ignored, const void *g, long g_step, const void *x, const int64_t *labels,
    void *result, long rows, long n);

#endif
