#include "CKernels.h"
#include "kernels.h"

static void steps(nt_type type, size_t size, long n) {
  nt_sgd plain = {0.1, 0, 0.01, 1, false}, momentum = {0.1, 0.9, 0, 1, false}, nesterov = {1, 0.9, 0, 0.1, true};
  nt_adam adam = {0.9, 0.999, 1e-8, 0.01, 0.001, 0.002, 0.03, 0.99};
  nt_adamax adamax = {0.9, 0.999, 1e-8, 0.01, 0.001};
  nt_adagrad adagrad = {0.1, 1e-10, 0.01};
  nt_rmsprop rmsprop = {0.1, 0.9, 1e-8, 0.9, 0.01};
  nt_rprop rprop = {1.2, 0.5, 1e-6, 50};
  nt_lion lion = {0.1, 0.9, 0.99, 0.999};
  void *p = buffer('f', size, n), *g = buffer('f', size, n), *a = buffer('f', size, n), *b = buffer('f', size, n);
  void *c = buffer('f', size, n);
  nt_sgd_update(&plain, type, p, g, NULL, n);
  nt_sgd_update(&momentum, type, p, g, a, n);
  nt_sgd_update(&nesterov, type, p, g, a, n);
  nt_adam_update(&adam, type, p, g, a, b, NULL, n);
  nt_adam_update(&adam, type, p, g, a, b, c, n);
  nt_adamax_update(&adamax, type, p, g, a, b, n);
  nt_adagrad_update(&adagrad, type, p, g, a, n);
  nt_rmsprop_update(&rmsprop, type, p, g, a, NULL, NULL, n);
  nt_rmsprop_update(&rmsprop, type, p, g, a, b, NULL, n);
  nt_rmsprop_update(&rmsprop, type, p, g, a, NULL, c, n);
  nt_rmsprop_update(&rmsprop, type, p, g, a, b, c, n);
  nt_adadelta_update(&rmsprop, type, p, g, a, b, n);
  nt_rprop_update(&rprop, type, p, g, a, b, n);
  nt_lion_update(&lion, type, p, g, a, n);
  nt_blend(0.1, type, p, g, n);
  release();
}

void fuzz_updates(void) {
  for (long n = 0; n < 70; n++) {
    steps(nt_float, 4, n);
    steps(nt_double, 8, n);
  }
}
