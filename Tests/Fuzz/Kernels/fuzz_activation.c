#include "CKernels.h"
#include "kernels.h"

static void functions(nt_type type, size_t size, long n) {
  const double p[3] = {0.5, 1.5, 2};
  for (int op = nt_step; op <= nt_softsign; op++) {
    void *x = buffer('f', size, n), *g = buffer('f', size, n);
    nt_activation((nt_activation_op)op, type, p, x, buffer(0, size, n), n);
    nt_activation_gradient((nt_activation_op)op, type, p, g, x, buffer(0, size, n), n);
    nt_activation((nt_activation_op)op, type, p, x, x, n);
    release();
  }
}

static void slopes(nt_type type, size_t size, long images, long channels, long plane) {
  const long count = images * channels * plane;
  void *x = buffer('f', size, count), *g = buffer('f', size, count), *w = buffer('f', size, channels);
  nt_plane_range planes = {0, images * channels, channels, plane};
  nt_channel_view view = {images, channels, plane, channels * plane};
  nt_prelu(type, x, planes, w, buffer(0, size, count));
  nt_prelu_gradient(type, g, x, planes, w, buffer(0, size, count));
  nt_prelu_sums(type, g, x, &view, buffer(0, 8, channels));
  release();
}

void fuzz_activation(void) {
  for (long n = 0; n <= 70; n++) {
    functions(nt_float, 4, n);
    functions(nt_double, 8, n);
  }
  for (long n = 1; n <= 70; n++) {
    slopes(nt_float, 4, between(1, 3), between(1, 4), n);
    slopes(nt_float, 4, between(1, 3), n, 1);
    slopes(nt_double, 8, between(1, 3), between(1, 4), n);
  }
}
