#include "include/nt_scatter.h"

// Both functions for one type; integers are added as unsigned ones, which may wrap around.
#define NT_SCATTER(T, name)                                                                                           \
  static void scatter_##name(T *to, const T *from, ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner,                \
                             ptrdiff_t start, ptrdiff_t end, const int64_t *indices, ptrdiff_t count) {               \
    for (ptrdiff_t o = 0; o < outer; o++, to += length * inner) {                                                     \
      for (ptrdiff_t i = 0; i < count; i++, from += inner, indices += inner) {                                        \
        for (ptrdiff_t j = start; j < end; j++) to[indices[j] * inner + j] += from[j];                                \
      }                                                                                                               \
    }                                                                                                                 \
  }                                                                                                                   \
  static void slices_##name(T *to, const T *from, ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner,                 \
                            ptrdiff_t start, ptrdiff_t end, const int64_t *indices, ptrdiff_t count) {                \
    for (ptrdiff_t o = 0; o < outer; o++, to += length * inner) {                                                     \
      for (ptrdiff_t i = 0; i < count; i++, from += inner) {                                                          \
        T *slice = to + indices[i] * inner;                                                                           \
        for (ptrdiff_t j = start; j < end; j++) slice[j] += from[j];                                                  \
      }                                                                                                               \
    }                                                                                                                 \
  }

NT_SCATTER(float, float)
NT_SCATTER(double, double)
NT_SCATTER(uint32_t, int32)
NT_SCATTER(uint64_t, int64)
NT_SCATTER(uint8_t, uint8)

void nt_scatter_add(nt_type type, void *to, const void *from, ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner,
                    ptrdiff_t start, ptrdiff_t end, const int64_t *indices, ptrdiff_t count) {
  switch (type) {
    case nt_float: scatter_float(to, from, outer, length, inner, start, end, indices, count); break;
    case nt_double: scatter_double(to, from, outer, length, inner, start, end, indices, count); break;
    case nt_int32: scatter_int32(to, from, outer, length, inner, start, end, indices, count); break;
    case nt_int64: scatter_int64(to, from, outer, length, inner, start, end, indices, count); break;
    default: scatter_uint8(to, from, outer, length, inner, start, end, indices, count); break;
  }
}

void nt_add_slices(nt_type type, void *to, const void *from, ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner,
                   ptrdiff_t start, ptrdiff_t end, const int64_t *indices, ptrdiff_t count) {
  switch (type) {
    case nt_float: slices_float(to, from, outer, length, inner, start, end, indices, count); break;
    case nt_double: slices_double(to, from, outer, length, inner, start, end, indices, count); break;
    case nt_int32: slices_int32(to, from, outer, length, inner, start, end, indices, count); break;
    case nt_int64: slices_int64(to, from, outer, length, inner, start, end, indices, count); break;
    default: slices_uint8(to, from, outer, length, inner, start, end, indices, count); break;
  }
}
