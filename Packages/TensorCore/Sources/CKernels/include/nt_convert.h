// Conversions between the element types.
#ifndef NT_CONVERT_H
#define NT_CONVERT_H

#include "nt_elementwise.h"

/// y[i] = x[i] as another type: fractions are dropped, not 0 is true, true is 1, floats round to the nearest.
/// nt_overflow if a value (or NaN) does not fit in a type of whole numbers.
nt_status nt_convert(nt_type from, nt_type to, const void *x, void *y, long n);

#endif
