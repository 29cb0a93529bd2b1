#ifndef NT_CONV_RANGE_H
#define NT_CONV_RANGE_H

#include <stddef.h>

typedef struct {
  ptrdiff_t first, last;
} nt_range;

/// The steps i of 0..<count for which `start + i * step` lies in 0..<length: where a tap of a kernel meets the image.
static inline nt_range nt_inside(ptrdiff_t count, ptrdiff_t start, ptrdiff_t step, ptrdiff_t length) {
  ptrdiff_t first = start < 0 ? (step - 1 - start) / step : 0;
  ptrdiff_t last = start < length ? (length - 1 - start) / step + 1 : 0;
  if (first > count) first = count;
  if (last > count) last = count;
  return (nt_range){first, last > first ? last : first};
}

#endif
