#include "CKernels.h"
#include "kernels.h"

static void blocks(long last) {
  const long stride = between(8, 20);
  int16_t *waves = buffer('i', 2, 64);
  int32_t *table = buffer('i', 4, 64);
  nt_jpeg_samples(waves, table, last, buffer(0, 1, 7 * stride + 8), stride);
  release();
}

static void rows(long count) {
  uint8_t *a = buffer('i', 1, count), *b = buffer('i', 1, count), *c = buffer('i', 1, count);
  if (count >= 2) {
    nt_jpeg_double(a, count, buffer(0, 1, 2 * count));
    nt_jpeg_double_between(a, b, count, buffer(0, 1, 2 * count));
  }
  nt_jpeg_between(a, b, between(1, 2), count, buffer(0, 1, count));
  nt_jpeg_colors(a, b, c, count, buffer(0, 1, count), buffer(0, 1, count), buffer(0, 1, count));
  release();
}

static void bytes(long columns) {
  const long count = between(1, 4), from = columns + between(0, 3), to = columns + between(0, 3);
  uint8_t *image = buffer('i', 1, (count - 1) * from + columns);
  float *table = buffer('f', 4, 256), *numbers = buffer(0, 4, (count - 1) * to + columns);
  nt_byte_rows(image, from, table, count, columns, false, numbers, to);
  nt_byte_rows(image, from, table, count, columns, true, numbers + (count - 1) * to, -to);
  release();
}

void fuzz_images(void) {
  for (long last = 0; last < 64; last++) blocks(last);
  for (long n = 0; n <= 140; n++) rows(n);
  for (long n = 1; n <= 70; n++) bytes(n);
}
