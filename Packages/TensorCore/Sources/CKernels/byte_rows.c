// One form: what limits it are loads and stores of single elements, which vectors do not make fewer.
#include "include/nt_byte_rows.h"

void nt_byte_rows(const uint8_t *from, ptrdiff_t from_stride, const float *restrict table, ptrdiff_t rows,
                  ptrdiff_t columns, bool mirrored, float *restrict to, ptrdiff_t to_stride) {
  for (ptrdiff_t row = 0; row < rows; row++, from += from_stride, to += to_stride) {
    if (mirrored) {
      float *const last = to + columns - 1;
#pragma clang loop unroll_count(8)
      for (ptrdiff_t column = 0; column < columns; column++) last[-column] = table[from[column]];
    } else {
#pragma clang loop unroll_count(8)
      for (ptrdiff_t column = 0; column < columns; column++) to[column] = table[from[column]];
    }
  }
}
