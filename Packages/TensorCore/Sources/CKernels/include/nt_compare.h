// Comparisons to bytes 0 and 1, logic on them, and choices by them.
#ifndef NT_COMPARE_H
#define NT_COMPARE_H

#include <stdint.h>

#include "nt_elementwise.h"

typedef enum { nt_less, nt_less_equal, nt_equal, nt_not_equal, nt_and, nt_or } nt_compare_op;
typedef enum { nt_is_nan, nt_is_finite } nt_test_op;

/// y[r][i] = op(a[r][i], b[r][i]) as 0 or 1, for rows as in nt_binary. nt_and and nt_or are for nt_bool only.
void nt_compare(nt_compare_op op, nt_type type, nt_operand a, nt_operand b, uint8_t *y, long n, long rows);

/// y[i] = op(x[i]) as 0 or 1. Float and Double.
void nt_test(nt_test_op op, nt_type type, const void *x, uint8_t *y, long n);

/// y[i] = 1 - x[i].
void nt_not(const uint8_t *x, uint8_t *y, long n);

/// y[i] = mask[i] ? a[i a_step] : b[i b_step]; steps are 1 or 0.
void nt_select(
    nt_type type, const uint8_t *mask, const void *a, long a_step, const void *b, long b_step, void *y, long n);

#endif
