// Steps of optimisers: parameters and their state, in one pass over memory.
#ifndef NT_UPDATE_H
#define NT_UPDATE_H

#include <stdbool.h>

#include "nt_elementwise.h"

typedef struct {
  double learning_rate, momentum, weight_decay;
  bool nesterov;
} nt_sgd;

/// d = g + weight_decay p; if there is a buffer: b = momentum b + d, d = nesterov ? d + momentum b : b;
/// p = p - learning_rate d. Float or Double; `buffer` is null without momentum.
void nt_sgd_update(const nt_sgd *settings, nt_type type, void *p, const void *g, void *buffer, long n);

typedef struct {
  double beta1, beta2, epsilon, weight_decay;
  double step_size;       ///< learning rate / (1 - beta1^t)
  double root_correction; ///< sqrt(1 - beta2^t)
  double shrink;          ///< what p is multiplied by before the step: 1, or 1 - learning rate * decay for AdamW
} nt_adam;

/// d = g + weight_decay p; m = beta1 m + (1 - beta1) d; v = beta2 v + (1 - beta2) d^2;
/// p = shrink p - step_size m / (sqrt(v) / root_correction + epsilon). Float or Double.
void nt_adam_update(const nt_adam *settings, nt_type type, void *p, const void *g, void *m, void *v, long n);

#endif
