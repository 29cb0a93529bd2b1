// The optimisers' steps in the forms of form.h.
#include "form.h"
#include "include/nt_update.h"

#define NT_FORM 0
#include "form_begin.h"
#include "update.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "update.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "update.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "update.inc"
#include "form_end.h"
#endif

#define NT_BY_TYPE(name, arguments)        \
  if (type == nt_double) {                 \
    NT_DISPATCH(name##_double, arguments); \
  } else {                                 \
    NT_DISPATCH(name##_float, arguments);  \
  }

void nt_sgd_update(const nt_sgd *settings, nt_type type, void *p, const void *g, void *buffer, long n) {
  NT_BY_TYPE(nt_sgd_update, (settings, p, g, buffer, n));
}

void nt_adam_update(
    const nt_adam *settings, nt_type type, void *p, const void *g, void *m, void *v, void *maximum, long n) {
  NT_BY_TYPE(nt_adam_update, (settings, p, g, m, v, maximum, n));
}

void nt_adamax_update(const nt_adamax *settings, nt_type type, void *p, const void *g, void *m, void *u, long n) {
  NT_BY_TYPE(nt_adamax_update, (settings, p, g, m, u, n));
}

void nt_adagrad_update(const nt_adagrad *settings, nt_type type, void *p, const void *g, void *sum, long n) {
  NT_BY_TYPE(nt_adagrad_update, (settings, p, g, sum, n));
}

void nt_rmsprop_update(
    const nt_rmsprop *settings, nt_type type, void *p, const void *g, void *square, void *mean, void *buffer, long n) {
  NT_BY_TYPE(nt_rmsprop_update, (settings, p, g, square, mean, buffer, n));
}

void nt_adadelta_update(
    const nt_rmsprop *settings, nt_type type, void *p, const void *g, void *square, void *change, long n) {
  NT_BY_TYPE(nt_adadelta_update, (settings, p, g, square, change, n));
}

void nt_rprop_update(
    const nt_rprop *settings, nt_type type, void *p, const void *g, void *step, void *previous, long n) {
  NT_BY_TYPE(nt_rprop_update, (settings, p, g, step, previous, n));
}

void nt_lion_update(const nt_lion *settings, nt_type type, void *p, const void *g, void *m, long n) {
  NT_BY_TYPE(nt_lion_update, (settings, p, g, m, n));
}

void nt_blend(double share, nt_type type, void *a, const void *b, long n) {
  NT_BY_TYPE(nt_blend, (share, a, b, n));
}
