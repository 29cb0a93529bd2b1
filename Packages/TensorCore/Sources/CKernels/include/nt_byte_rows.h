// Bytes of images to numbers, by a table.
#ifndef NT_BYTE_ROWS_H
#define NT_BYTE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Rows of bytes through a table of 256 numbers: `to[r][c] = table[from[r][c]]`, with `c` counted from the row's other end
/// where `mirrored`. Rows begin `from_stride` and `to_stride` elements after each other, which may be negative.
void nt_byte_rows(const uint8_t *from, ptrdiff_t from_stride, const float *table, ptrdiff_t rows, ptrdiff_t columns,
                  bool mirrored, float *to, ptrdiff_t to_stride);

#endif
