#include "include/nt_movement.h"

#include <stdbool.h>
#include <string.h>

// The functions below are inlined into one copy per element size, where `e` is a constant and a memcpy of `e` bytes is
// a move.
#define NT_INLINE static inline __attribute__((always_inline))

typedef struct {
  ptrdiff_t size, to, from;
} nt_axis;

/// Drops axes of size 1 and joins neighbours that lie as one in both blocks. Returns the number of axes left, at least
/// one, or -1 if there is nothing to copy.
static int simplify(nt_axis *axes, int rank, const ptrdiff_t *sizes, const ptrdiff_t *to, const ptrdiff_t *from) {
  int count = 0;
  for (int i = 0; i < rank; i++) {
    if (sizes[i] == 0) return -1;
    if (sizes[i] == 1) continue;
    nt_axis next = {sizes[i], to[i], from[i]};
    nt_axis *last = &axes[count - 1];
    if (count > 0 && last->to == next.to * next.size && last->from == next.from * next.size) {
      *last = (nt_axis){last->size * next.size, next.to, next.from};
    } else {
      axes[count++] = next;
    }
  }
  if (count == 0) axes[count++] = (nt_axis){1, 1, 1};
  return count;
}

NT_INLINE void copy_row(char *to, const char *from, size_t e, nt_axis row) {
  if (row.to == 1 && row.from == 1) {
    memcpy(to, from, (size_t)row.size * e);
  } else if (row.to == 1 && row.from == 0) {
    for (ptrdiff_t i = 0; i < row.size; i++) memcpy(to + i * (ptrdiff_t)e, from, e);
  } else {
    ptrdiff_t to_step = row.to * (ptrdiff_t)e, from_step = row.from * (ptrdiff_t)e;
    for (ptrdiff_t i = 0; i < row.size; i++) memcpy(to + i * to_step, from + i * from_step, e);
  }
}

enum { NT_TILE = 16 };

/// Two lines of the source laid side by side, element by element: constant distances make vector code.
NT_INLINE void interleave(char *restrict to, const char *restrict a, const char *restrict b, size_t e, size_t count) {
  for (size_t i = 0; i < count; i++) {
    memcpy(to + 2 * i * e, a + i * e, e);
    memcpy(to + (2 * i + 1) * e, b + i * e, e);
  }
}

/// The same with three: the colours of an image, from planes to pixels.
NT_INLINE void interleave_three(char *restrict to, const char *restrict a, const char *restrict b,
                                const char *restrict c, size_t e, size_t count) {
  for (size_t i = 0; i < count; i++) {
    memcpy(to + 3 * i * e, a + i * e, e);
    memcpy(to + (3 * i + 1) * e, b + i * e, e);
    memcpy(to + (3 * i + 2) * e, c + i * e, e);
  }
}

/// The inverse: every other element to one line and the rest to another.
NT_INLINE void part(char *restrict a, char *restrict b, const char *restrict from, size_t e, size_t count) {
  for (size_t i = 0; i < count; i++) {
    memcpy(a + i * e, from + 2 * i * e, e);
    memcpy(b + i * e, from + (2 * i + 1) * e, e);
  }
}

/// `row` is contiguous in `to`, `column` in `from`. Tiles pass through a small buffer, so that each cache line of either
/// side is touched once, even where a power of two as stride would make them evict each other.
NT_INLINE void transpose(char *to, const char *from, size_t e, nt_axis column, nt_axis row) {
  if (row.size == 2 && column.to == 2) {
    return interleave(to, from, from + row.from * (ptrdiff_t)e, e, (size_t)column.size);
  }
  if (row.size == 3 && column.to == 3) {
    const ptrdiff_t step = row.from * (ptrdiff_t)e;
    return interleave_three(to, from, from + step, from + 2 * step, e, (size_t)column.size);
  }
  if (column.size == 2 && row.from == 2) {
    return part(to, to + column.to * (ptrdiff_t)e, from, e, (size_t)row.size);
  }
  char tile[NT_TILE * NT_TILE * 8];
  for (ptrdiff_t r = 0; r < row.size; r += NT_TILE) {
    ptrdiff_t width = row.size - r < NT_TILE ? row.size - r : NT_TILE;
    for (ptrdiff_t c = 0; c < column.size; c += NT_TILE) {
      ptrdiff_t height = column.size - c < NT_TILE ? column.size - c : NT_TILE;
      for (ptrdiff_t x = 0; x < width; x++) {
        const char *source = from + (c + (r + x) * row.from) * (ptrdiff_t)e;
        if (height == NT_TILE) {
          memcpy(tile + (size_t)x * NT_TILE * e, source, NT_TILE * e);
        } else {
          memcpy(tile + (size_t)x * NT_TILE * e, source, (size_t)height * e);
        }
      }
      for (ptrdiff_t y = 0; y < height; y++) {
        char *target = to + ((c + y) * column.to + r) * (ptrdiff_t)e;
        if (width == NT_TILE) {
          for (size_t x = 0; x < NT_TILE; x++) memcpy(target + x * e, tile + (x * NT_TILE + (size_t)y) * e, e);
        } else {
          for (size_t x = 0; x < (size_t)width; x++) memcpy(target + x * e, tile + (x * NT_TILE + (size_t)y) * e, e);
        }
      }
    }
  }
}

/// The axis to pair with the last one for a transpose, or -1.
static int column_axis(const nt_axis *axes, int count) {
  if (axes[count - 1].to != 1 || axes[count - 1].from == 1 || axes[count - 1].from == 0) return -1;
  for (int i = count - 2; i >= 0; i--) {
    if (axes[i].from == 1) return i;
  }
  return -1;
}

NT_INLINE void copy_axes(char *to, const char *from, size_t e, nt_axis *axes, int count) {
  nt_axis row = axes[--count], column = {0, 0, 0};
  int column_index = column_axis(axes, count + 1);
  if (column_index >= 0) {
    column = axes[column_index];
    for (int i = column_index; i < count - 1; i++) axes[i] = axes[i + 1];
    count--;
  }
  ptrdiff_t position[NT_MAX_AXES] = {0};
  while (true) {
    if (column_index >= 0) {
      transpose(to, from, e, column, row);
    } else {
      copy_row(to, from, e, row);
    }
    int axis = count - 1;
    for (; axis >= 0; axis--) {
      to += axes[axis].to * (ptrdiff_t)e;
      from += axes[axis].from * (ptrdiff_t)e;
      if (++position[axis] < axes[axis].size) break;
      position[axis] = 0;
      to -= axes[axis].to * axes[axis].size * (ptrdiff_t)e;
      from -= axes[axis].from * axes[axis].size * (ptrdiff_t)e;
    }
    if (axis < 0) return;
  }
}

void nt_copy_strided(void *to, const void *from, size_t element, int rank, const ptrdiff_t *sizes,
                     const ptrdiff_t *to_strides, const ptrdiff_t *from_strides) {
  nt_axis axes[NT_MAX_AXES + 1];
  int count = simplify(axes, rank, sizes, to_strides, from_strides);
  if (count < 0) return;
  switch (element) {
    case 1: copy_axes(to, from, 1, axes, count); break;
    case 4: copy_axes(to, from, 4, axes, count); break;
    default: copy_axes(to, from, 8, axes, count); break;
  }
}

NT_INLINE void take_slices(char *to, const char *from, size_t bytes, ptrdiff_t outer, ptrdiff_t length,
                           const int64_t *indices, ptrdiff_t count) {
  for (ptrdiff_t o = 0; o < outer; o++) {
    for (ptrdiff_t i = 0; i < count; i++) {
      memcpy(to + (size_t)(o * count + i) * bytes, from + (size_t)(o * length + indices[i]) * bytes, bytes);
    }
  }
}

void nt_take(void *to, const void *from, size_t element, ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner,
             const int64_t *indices, ptrdiff_t count) {
  size_t bytes = (size_t)inner * element;
  switch (bytes) {
    case 1: take_slices(to, from, 1, outer, length, indices, count); break;
    case 4: take_slices(to, from, 4, outer, length, indices, count); break;
    case 8: take_slices(to, from, 8, outer, length, indices, count); break;
    default: take_slices(to, from, bytes, outer, length, indices, count); break;
  }
}

NT_INLINE void gather_elements(char *to, const char *from, size_t e, ptrdiff_t outer, ptrdiff_t length,
                               ptrdiff_t inner, const int64_t *indices, ptrdiff_t count) {
  for (ptrdiff_t o = 0; o < outer; o++) {
    const char *block = from + (size_t)(o * length * inner) * e;
    for (ptrdiff_t i = 0; i < count; i++) {
      for (ptrdiff_t j = 0; j < inner; j++) {
        memcpy(to, block + (size_t)(*indices * inner + j) * e, e);
        to += e;
        indices++;
      }
    }
  }
}

void nt_gather(void *to, const void *from, size_t element, ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner,
               const int64_t *indices, ptrdiff_t count) {
  switch (element) {
    case 1: gather_elements(to, from, 1, outer, length, inner, indices, count); break;
    case 4: gather_elements(to, from, 4, outer, length, inner, indices, count); break;
    default: gather_elements(to, from, 8, outer, length, inner, indices, count); break;
  }
}

ptrdiff_t nt_first_index_outside(const int64_t *indices, ptrdiff_t count, int64_t length) {
  for (ptrdiff_t i = 0; i < count; i++) {
    if (indices[i] < 0 || indices[i] >= length) return i;
  }
  return count;
}
