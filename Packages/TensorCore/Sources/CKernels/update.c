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

void nt_sgd_update(const nt_sgd *settings, nt_type type, void *p, const void *g, void *buffer, long n) {
  if (type == nt_double) {
    NT_DISPATCH(nt_sgd_update_double, (settings, p, g, buffer, n));
  } else {
    NT_DISPATCH(nt_sgd_update_float, (settings, p, g, buffer, n));
  }
}

void nt_adam_update(const nt_adam *settings, nt_type type, void *p, const void *g, void *m, void *v, long n) {
  if (type == nt_double) {
    NT_DISPATCH(nt_adam_update_double, (settings, p, g, m, v, n));
  } else {
    NT_DISPATCH(nt_adam_update_float, (settings, p, g, m, v, n));
  }
}
