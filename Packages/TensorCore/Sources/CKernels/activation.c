// Activation functions: Float in the forms of form.h, Double over the C library.
#include "form.h"
#include "include/nt_activation.h"

#include <math.h>

#define NT_FORM 0
#include "form_begin.h"
#include "activation.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "activation.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "activation.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "activation.inc"
#include "form_end.h"
#endif

#include "activation_double.inc"

void nt_activation(nt_activation_op op, nt_type type, const double p[3], const void *x, void *y, long n) {
  if (type == nt_double) return nt_activation_double(op, p, x, y, n);
  NT_DISPATCH(nt_activation_float, (op, p, x, y, n));
}

void nt_activation_gradient(
    nt_activation_op op, nt_type type, const double p[3], const void *g, const void *x, void *y, long n) {
  if (type == nt_double) return nt_activation_gradient_double(op, p, g, x, y, n);
  NT_DISPATCH(nt_activation_gradient_float, (op, p, g, x, y, n));
}
