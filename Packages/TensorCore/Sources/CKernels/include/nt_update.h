// Steps of optimisers: parameters and their memory, in one pass over memory. Float or Double; p are the parameters, g the
// gradient, n their number. In all of them d = g + weight_decay p.
#ifndef NT_UPDATE_H
#define NT_UPDATE_H

#include <stdbool.h>

#include "nt_elementwise.h"

typedef struct {
  double learning_rate, momentum, weight_decay;
  double gain;  ///< what d is multiplied by on its way into the buffer
  bool nesterov;
} nt_sgd;

/// Without a buffer p = p - learning_rate d; with one d = gain d, b = momentum b + d,
/// p = p - learning_rate (nesterov ? d + momentum b : b). `buffer` is null without momentum.
void nt_sgd_update(const nt_sgd *settings, nt_type type, void *p, const void *g, void *buffer, long n);

typedef struct {
  double beta1, beta2, epsilon, weight_decay;
  double step_size;        ///< what m is multiplied by: learning rate / (1 - beta1^t) for Adam
  double gradient_size;    ///< what d is multiplied by beside it: above 0 for NAdam only
  double root_correction;  ///< sqrt(1 - beta2^t)
  double shrink;           ///< what p is multiplied by before the step: 1, or 1 - learning rate * decay for AdamW
} nt_adam;

/// m = beta1 m + (1 - beta1) d; v = beta2 v + (1 - beta2) d^2; with a `maximum` x = max(x, v), used in place of v;
/// p = shrink p - (gradient_size d + step_size m) / (sqrt(v) / root_correction + epsilon).
void nt_adam_update(
    const nt_adam *settings, nt_type type, void *p, const void *g, void *m, void *v, void *maximum, long n);

typedef struct {
  double beta1, beta2, epsilon, weight_decay;
  double step_size;  ///< learning rate / (1 - beta1^t)
} nt_adamax;

/// m = beta1 m + (1 - beta1) d; u = max(beta2 u, |d| + epsilon); p = p - step_size m / u.
void nt_adamax_update(const nt_adamax *settings, nt_type type, void *p, const void *g, void *m, void *u, long n);

typedef struct {
  double learning_rate, epsilon, weight_decay;
} nt_adagrad;

/// s = s + d^2; p = p - learning_rate d / (sqrt(s) + epsilon).
void nt_adagrad_update(const nt_adagrad *settings, nt_type type, void *p, const void *g, void *sum, long n);

typedef struct {
  double learning_rate, rho, epsilon, momentum, weight_decay;
} nt_rmsprop;

/// v = rho v + (1 - rho) d^2; with a `mean` m = rho m + (1 - rho) d and v - m^2 in place of v below;
/// u = d / (sqrt(v) + epsilon); with a buffer b = momentum b + u, used in place of u; p = p - learning_rate u.
void nt_rmsprop_update(
    const nt_rmsprop *settings, nt_type type, void *p, const void *g, void *square, void *mean, void *buffer, long n);

/// v = rho v + (1 - rho) d^2; u = sqrt(x + epsilon) / sqrt(v + epsilon) d; x = rho x + (1 - rho) u^2;
/// p = p - learning_rate u. The momentum is not used.
void nt_adadelta_update(
    const nt_rmsprop *settings, nt_type type, void *p, const void *g, void *square, void *change, long n);

typedef struct {
  double grow, shrink, smallest, largest;
} nt_rprop;

/// s = step grow where g and the gradient before agree in sign, step shrink where they differ, else step, kept within
/// smallest ... largest; where they differ g counts as 0; p = p - sign(g) s. `step` and `previous` become s and g.
void nt_rprop_update(
    const nt_rprop *settings, nt_type type, void *p, const void *g, void *step, void *previous, long n);

typedef struct {
  double learning_rate, beta1, beta2;
  double shrink;  ///< 1 - learning rate * decay
} nt_lion;

/// p = shrink p - learning_rate sign(beta1 m + (1 - beta1) g); m = beta2 m + (1 - beta2) g.
void nt_lion_update(const nt_lion *settings, nt_type type, void *p, const void *g, void *m, long n);

/// a = a + share (b - a): a running average.
void nt_blend(double share, nt_type type, void *a, const void *b, long n);

#endif
