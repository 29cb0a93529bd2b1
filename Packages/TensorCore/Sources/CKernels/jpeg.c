// The loops over samples of a JPEG decoder, in the forms of form.h.
#include "include/nt_jpeg.h"

#include <string.h>

#include "form.h"

/// A row of eight waves, sums or samples. Unsigned, so that sums of a hostile file wrap around.
typedef uint32_t nt_eight __attribute__((vector_size(32)));
typedef int32_t nt_eight_signed __attribute__((vector_size(32)));
typedef int16_t nt_eight_short __attribute__((vector_size(16)));
typedef uint8_t nt_eight_bytes __attribute__((vector_size(8)));

/// `value >> places` of signed numbers.
#define NT_SHIFTED(value, places) ((nt_eight)((nt_eight_signed)(value) >> (places)))

#define NT_INLINE static inline __attribute__((always_inline))

#define NT_FORM 0
#include "form_begin.h"
#include "jpeg.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "jpeg.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "jpeg.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "jpeg.inc"
#include "form_end.h"
#endif

void nt_jpeg_samples(const int16_t *waves, const int32_t *table, long last, uint8_t *to, long stride) {
  NT_DISPATCH(nt_jpeg_samples, (waves, table, last, to, stride));
}

void nt_jpeg_double(const uint8_t *row, long count, uint8_t *to) { NT_DISPATCH(nt_jpeg_double, (row, count, to)); }

void nt_jpeg_double_between(const uint8_t *near, const uint8_t *far, long count, uint8_t *to) {
  NT_DISPATCH(nt_jpeg_double_between, (near, far, count, to));
}

void nt_jpeg_between(const uint8_t *near, const uint8_t *far, long bias, long count, uint8_t *to) {
  NT_DISPATCH(nt_jpeg_between, (near, far, bias, count, to));
}

void nt_jpeg_colors(const uint8_t *y, const uint8_t *cb, const uint8_t *cr, long count, uint8_t *red, uint8_t *green,
                     uint8_t *blue) {
  NT_DISPATCH(nt_jpeg_colors, (y, cb, cr, count, red, green, blue));
}
