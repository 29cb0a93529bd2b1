// Average and max over windows of any bounds, and the way back from the places of the maxima.
#include "nt_windows.h"

#include <string.h>

#include "form.h"

typedef struct {
  const ptrdiff_t *tops, *bottoms, *lefts, *rights;
} nt_bounds;

static inline nt_bounds nt_bounds_of(const nt_windows *p, const ptrdiff_t *bounds) {
  const ptrdiff_t *lefts = bounds + 2 * p->out_height;
  return (nt_bounds){bounds, bounds + p->out_height, lefts, lefts + p->out_width};
}

#define NT_FORM 0
#include "form_begin.h"
#include "windows_types.inc"
#include "form_end.h"
#define NT_FORM 1
#include "form_begin.h"
#include "windows_types.inc"
#include "form_end.h"
#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "windows_types.inc"
#include "form_end.h"
#define NT_FORM 3
#include "form_begin.h"
#include "windows_types.inc"
#include "form_end.h"
#endif

void nt_window_average(bool wide, const nt_windows *shape, const ptrdiff_t *bounds, ptrdiff_t planes, const void *input,
                       void *output) {
  if (wide) {
    NT_DISPATCH(window_average_f64, (shape, bounds, planes, input, output))
  } else {
    NT_DISPATCH(window_average_f32, (shape, bounds, planes, input, output))
  }
}

void nt_window_average_gradient(bool wide, const nt_windows *shape, const ptrdiff_t *bounds, ptrdiff_t planes,
                                const void *gradient, void *result) {
  if (wide) {
    NT_DISPATCH(window_average_gradient_f64, (shape, bounds, planes, gradient, result))
  } else {
    NT_DISPATCH(window_average_gradient_f32, (shape, bounds, planes, gradient, result))
  }
}

void nt_window_max(bool wide, const nt_windows *shape, const ptrdiff_t *bounds, ptrdiff_t planes, const void *input,
                   void *output, int64_t *indices) {
  if (wide) {
    NT_DISPATCH(window_max_f64, (shape, bounds, planes, input, output, indices))
  } else {
    NT_DISPATCH(window_max_f32, (shape, bounds, planes, input, output, indices))
  }
}

// Places of one form only: nothing here fits into vectors.
#define NT_UNPOOL(T, name)                                                                                        \
  static void unpool_##name(ptrdiff_t planes, ptrdiff_t size, ptrdiff_t count, const T *values,                   \
                            const int64_t *indices, T *result) {                                                  \
    memset(result, 0, (size_t)(planes * size) * sizeof(T));                                                       \
    for (ptrdiff_t plane = 0; plane < planes; plane++, values += count, indices += count, result += size) {       \
      for (ptrdiff_t i = 0; i < count; i++) result[indices[i]] = values[i];                                       \
    }                                                                                                             \
  }                                                                                                               \
  static void unpool_gradient_##name(ptrdiff_t planes, ptrdiff_t size, ptrdiff_t count, T *gradient,              \
                                     const int64_t *indices, T *result) {                                         \
    for (ptrdiff_t plane = 0; plane < planes; plane++, result += count, indices += count, gradient += size) {     \
      for (ptrdiff_t i = count - 1; i >= 0; i--) {                                                                \
        result[i] = gradient[indices[i]];                                                                         \
        gradient[indices[i]] = 0;                                                                                 \
      }                                                                                                           \
    }                                                                                                             \
  }

NT_UNPOOL(float, f32)
NT_UNPOOL(double, f64)

void nt_unpool(bool wide, ptrdiff_t planes, ptrdiff_t size, ptrdiff_t count, const void *values, const int64_t *indices,
               void *result) {
  if (wide) unpool_f64(planes, size, count, values, indices, result);
  else unpool_f32(planes, size, count, values, indices, result);
}

void nt_unpool_gradient(bool wide, ptrdiff_t planes, ptrdiff_t size, ptrdiff_t count, void *gradient,
                        const int64_t *indices, void *result) {
  if (wide) unpool_gradient_f64(planes, size, count, gradient, indices, result);
  else unpool_gradient_f32(planes, size, count, gradient, indices, result);
}
