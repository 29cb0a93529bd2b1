// Adding elements and slices to places that indices name: the gradients of taking them from there.
#ifndef NT_SCATTER_H
#define NT_SCATTER_H

#include <stddef.h>
#include <stdint.h>

#include "nt_elementwise.h"

/// Adds `from`, `[outer, count, inner]`, to the elements of `to`, `[outer, length, inner]`, that the indices name, in the
/// order of the indices, for `j` in `start..<end`: `to[o][indices[o][i][j]][j] += from[o][i][j]`. Integers wrap around.
void nt_scatter_add(nt_type type, void *to, const void *from, ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner,
                    ptrdiff_t start, ptrdiff_t end, const int64_t *indices, ptrdiff_t count);

/// The same with one index for a whole slice: `to[o][indices[i]][j] += from[o][i][j]`.
void nt_add_slices(nt_type type, void *to, const void *from, ptrdiff_t outer, ptrdiff_t length, ptrdiff_t inner,
                   ptrdiff_t start, ptrdiff_t end, const int64_t *indices, ptrdiff_t count);

#endif
