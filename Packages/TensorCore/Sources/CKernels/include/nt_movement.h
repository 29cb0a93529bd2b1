// Moving elements without calculating: one strided copy by element size serves every shape operation and every type.
#ifndef NT_MOVEMENT_H
#define NT_MOVEMENT_H

#include <stddef.h>
#include <stdint.h>

/// The most axes that `nt_copy_strided` takes: a tensor's eight, each cut in two.
#define NT_MAX_AXES 16

/// Copies a block of `rank` axes, elements of 1, 4 or 8 bytes. Strides count elements; they may be negative, and zero
/// in `from` (repetition). `to` and `from` must not overlap.
void nt_copy_strided(void *to, const void *from, size_t element, int rank, const ptrdiff_t *sizes,
                     const ptrdiff_t *to_strides, const ptrdiff_t *from_strides);

/// Takes whole slices: `to[o][i][:] = from[o][indices[i]][:]`, `from` being `[outer, length, inner]`.
void nt_take(void *to, const void *from, size_t element, ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner,
             const int64_t *indices, ptrdiff_t count);

/// Takes single elements: `to[o][i][j] = from[o][indices[o][i][j]][j]`, `from` being `[outer, length, inner]` and `to`
/// and `indices` being `[outer, count, inner]`.
void nt_gather(void *to, const void *from, size_t element, ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner,
               const int64_t *indices, ptrdiff_t count);

/// The position of the first index outside `0..<length`, or `count` if there is none.
ptrdiff_t nt_first_index_outside(const int64_t *indices, ptrdiff_t count, int64_t length);

#endif
