// Conversions between the element types: a plain loop for each pair.
#include "include/nt_convert.h"

#include <stdbool.h>
#include <stdint.h>

#define NT_PLAIN(to)                                              \
  {                                                               \
    to *out = y;                                                  \
    for (long i = 0; i < n; i++) out[i] = (to)in[i];              \
    return nt_fine;                                               \
  }

#define NT_TO_BOOL                                                \
  {                                                               \
    uint8_t *out = y;                                             \
    for (long i = 0; i < n; i++) out[i] = in[i] != 0;             \
    return nt_fine;                                               \
  }

/// From whole numbers to whole numbers: the built-in addition says whether the value fits.
#define NT_NARROW(to)                                             \
  {                                                               \
    to *out = y;                                                  \
    for (long i = 0; i < n; i++) {                                \
      if (__builtin_add_overflow(in[i], 0, out + i)) return nt_overflow; \
    }                                                             \
    return nt_fine;                                               \
  }

/// From floats to whole numbers; both bounds are Doubles. A NaN fails both comparisons.
#define NT_TRUNCATE(to, above, below)                             \
  {                                                               \
    to *out = y;                                                  \
    for (long i = 0; i < n; i++) {                                \
      double value = in[i];                                       \
      if (!(value above && value < below)) return nt_overflow;    \
      out[i] = (to)value;                                         \
    }                                                             \
    return nt_fine;                                               \
  }

#define NT_FROM_FLOATING(from)                                                                          \
  static nt_status nt_convert_##from(nt_type to, const from *in, void *y, long n) {                     \
    switch (to) {                                                                                       \
      case nt_float: NT_PLAIN(float)                                                                    \
      case nt_double: NT_PLAIN(double)                                                                  \
      case nt_int32: NT_TRUNCATE(int32_t, > -2147483649.0, 2147483648.0)                                \
      case nt_int64: NT_TRUNCATE(int64_t, >= -9223372036854775808.0, 9223372036854775808.0)             \
      case nt_uint8: NT_TRUNCATE(uint8_t, > -1.0, 256.0)                                                \
      case nt_bool: NT_TO_BOOL                                                                          \
    }                                                                                                   \
  }

#define NT_FROM_INTEGER(from)                                                          \
  static nt_status nt_convert_##from(nt_type to, const from *in, void *y, long n) {    \
    switch (to) {                                                                      \
      case nt_float: NT_PLAIN(float)                                                   \
      case nt_double: NT_PLAIN(double)                                                 \
      case nt_int32: NT_NARROW(int32_t)                                                \
      case nt_int64: NT_NARROW(int64_t)                                                \
      case nt_uint8: NT_NARROW(uint8_t)                                                \
      case nt_bool: NT_TO_BOOL                                                         \
    }                                                                                  \
  }

NT_FROM_FLOATING(float)
NT_FROM_FLOATING(double)
NT_FROM_INTEGER(int32_t)
NT_FROM_INTEGER(int64_t)
NT_FROM_INTEGER(uint8_t)

nt_status nt_convert(nt_type from, nt_type to, const void *x, void *y, long n) {
  switch (from) {
    case nt_float: return nt_convert_float(to, x, y, n);
    case nt_double: return nt_convert_double(to, x, y, n);
    case nt_int32: return nt_convert_int32_t(to, x, y, n);
    case nt_int64: return nt_convert_int64_t(to, x, y, n);
    case nt_uint8:
    case nt_bool: return nt_convert_uint8_t(to, x, y, n);
  }
}
