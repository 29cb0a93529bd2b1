#include "CKernels.h"
#include "kernels.h"

/// Copies a box from a dense tensor into a dense one: axes in any order, flipped or repeated.
static void copy(size_t size) {
  int rank = (int)between(0, 5);
  ptrdiff_t sizes[NT_MAX_AXES], to[NT_MAX_AXES], from[NT_MAX_AXES], order[NT_MAX_AXES];
  ptrdiff_t count = 1, source = 1, start = 0;
  for (int i = 0; i < rank; i++) {
    sizes[i] = between(rank > 2 ? 0 : 1, rank > 2 ? 5 : 40);
    order[i] = i;
  }
  for (int i = rank - 1; i >= 0; i--) {
    to[i] = count;
    count *= sizes[i];
    ptrdiff_t other = between(0, i), kept = order[i];
    order[i] = order[other];
    order[other] = kept;
  }
  for (int i = rank - 1; i >= 0; i--) {
    ptrdiff_t axis = order[i];
    int way = (int)between(0, 4);
    from[axis] = way == 0 ? 0 : way == 1 ? -source : source;
    if (way == 1) start += (sizes[axis] - 1) * source;
    if (way != 0) source *= sizes[axis];
  }
  char *elements = buffer(0, size, source);
  if (count > 0) elements += start * (ptrdiff_t)size;
  nt_copy_strided(buffer(0, size, count), elements, size, rank, sizes, to, from);
  release();
}

static void take(size_t size) {
  ptrdiff_t outer = between(0, 3), length = between(1, 9), inner = between(0, 20), count = between(0, 12);
  int64_t *whole = buffer(0, 8, count), *single = buffer(0, 8, outer * count * inner);
  for (ptrdiff_t i = 0; i < count; i++) whole[i] = between(0, length - 1);
  for (ptrdiff_t i = 0; i < outer * count * inner; i++) single[i] = between(0, length - 1);
  void *from = buffer(0, size, outer * length * inner), *to = buffer(0, size, outer * count * inner);
  nt_take(to, from, size, outer, length, inner, whole, count);
  nt_gather(to, from, size, outer, length, inner, single, count);
  nt_first_index_outside(whole, count, between(1, length));
  release();
}

static void scatter(nt_type type, size_t size, char fill) {
  ptrdiff_t outer = between(0, 3), length = between(1, 9), inner = between(0, 20), count = between(0, 12);
  int64_t *whole = buffer(0, 8, count), *single = buffer(0, 8, outer * count * inner);
  for (ptrdiff_t i = 0; i < count; i++) whole[i] = between(0, length - 1);
  for (ptrdiff_t i = 0; i < outer * count * inner; i++) single[i] = between(0, length - 1);
  void *to = buffer(fill, size, outer * length * inner), *from = buffer(fill, size, outer * count * inner);
  ptrdiff_t start = between(0, inner), end = between(start, inner);
  nt_scatter_add(type, to, from, outer, length, inner, start, end, single, count);
  nt_add_slices(type, to, from, outer, length, inner, start, end, whole, count);
  release();
}

void fuzz_movement(void) {
  static const size_t sizes[] = {1, 4, 8};
  for (int round = 0; round < 3000; round++) {
    copy(sizes[round % 3]);
    take(sizes[round % 3]);
    scatter(nt_float, 4, 'f');
    scatter(nt_double, 8, 'f');
    scatter(nt_int32, 4, 'i');
    scatter(nt_int64, 8, 'i');
    scatter(nt_uint8, 1, 'i');
  }
}
