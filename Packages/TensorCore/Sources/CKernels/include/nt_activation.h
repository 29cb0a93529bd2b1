// Activation functions and their gradients from the input, one pass each, exact to the ends of their range: no overflow, the
// limits at the infinities, and NaN from NaN.
#ifndef NT_ACTIVATION_H
#define NT_ACTIVATION_H

#include "nt_elementwise.h"

/// p are the parameters. In comments s is the logistic sigmoid, F the normal distribution function, f its density.
typedef enum {
  nt_step,           ///< 1 where x >= 0, else 0; the derivative is 0
  nt_threshold,      ///< x where x > p[0], else p[1]
  nt_log_sigmoid,    ///< ln s(x)
  nt_scaled_tanh,    ///< p[0] tanh(p[1] x)
  nt_hard_tanh,      ///< x within p[0] ... p[1]; the derivative is 1 between them and 0 at them and beyond
  nt_leaky_relu,     ///< x where x > 0, else p[0] x
  nt_elu,            ///< p[0] x where x > 0, else p[1] (e^(p[2] x) - 1)
  nt_gelu,           ///< x F(x)
  nt_gelu_tanh,      ///< x s(2 u), u = sqrt(2 / pi) (x + 0.044715 x^3)
  nt_silu,           ///< x s(x)
  nt_hard_swish,     ///< x h(x), h = (x + 3) / 6 within 0 ... 1; the derivative at -3 is 0, at 3 it is 1
  nt_hard_sigmoid,   ///< (x + 3) / 6 within 0 ... 1; the derivative at the corners is 0
  nt_mish,           ///< x tanh(ln(1 + e^x))
  nt_softplus,       ///< ln(1 + e^(p[0] x)) / p[0]
  nt_softsign,       ///< x / (1 + |x|)
  nt_hard_shrink,    ///< x where |x| > p[0], else 0; the derivative at the thresholds is 0
  nt_soft_shrink,    ///< x - p[0] where x > p[0], x + p[0] where x < -p[0], else 0; the derivative at the thresholds is 0
  nt_tanh_shrink,    ///< x - tanh(x)
} nt_activation_op;

/// y[i] = f(x[i]), Float or Double. y may be x.
void nt_activation(nt_activation_op op, nt_type type, const double p[3], const void *x, void *y, long n);

/// y[i] = g[i] f'(x[i]). y may be x or g.
void nt_activation_gradient(
    nt_activation_op op, nt_type type, const double p[3], const void *g, const void *x, void *y, long n);

#endif
