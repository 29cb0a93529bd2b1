#include "CKernels.h"
#include "kernels.h"

static const struct {
  nt_type type;
  char fill;
  size_t size;
} elements[] = {
    {nt_float, 'f', 4}, {nt_double, 'f', 8}, {nt_int32, 'i', 4}, {nt_int64, 'i', 8}, {nt_uint8, 'i', 1},
};

static const long sizes[] = {0, 1, 2, 3, 5, 8, 15, 17, 33, 67};
enum { size_count = sizeof sizes / sizeof *sizes };

static void fold(size_t e, nt_fold_view view, int op) {
  char fill = elements[e].fill;
  void *x = buffer(fill, elements[e].size, view.outer * view.n * view.inner);
  long results = view.outer * view.inner;
  nt_fold((nt_fold_op)op, elements[e].type, elements[e].type, x, buffer(0, elements[e].size, results), &view, 1);
  if (op <= nt_fold_product) {
    nt_type wide = fill == 'f' ? nt_double : nt_int64;
    nt_fold((nt_fold_op)op, elements[e].type, wide, x, buffer(0, 8, results), &view, fill == 'f' ? 3 : 1);
  } else {
    nt_arg_extreme((nt_fold_op)op, elements[e].type, x, buffer(0, 8, results), &view);
  }
  release();
}

void fuzz_reductions(void) {
  for (size_t e = 0; e < sizeof elements / sizeof *elements; e++) {
    for (int n = 0; n < size_count; n++) {
      for (int inner = 0; inner < size_count; inner++) {
        nt_fold_view view = {.outer = 1 + (n + inner) % 3, .n = sizes[n], .inner = sizes[inner]};
        view.x_outer = view.n * view.inner;
        view.x_step = view.inner;
        view.y_outer = view.inner;
        for (int op = nt_fold_sum; op <= nt_fold_minimum; op++) {
          if (view.n > 0 || op <= nt_fold_product) fold(e, view, op);
        }
        long count = view.outer * view.n * view.inner;
        view.y_outer = view.x_outer;
        nt_cumulative_sum(elements[e].type, buffer(elements[e].fill, elements[e].size, count),
                          buffer(0, elements[e].size, count), &view);
        release();
      }
    }
  }
}
