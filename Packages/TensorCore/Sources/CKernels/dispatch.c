#include "form.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool nt_form_supported(nt_form form) {
#if NT_X86
  switch (form) {
    case nt_form_avx512:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
             __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") && nt_form_supported(nt_form_avx2);
    case nt_form_avx2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
    default:
      return form == nt_form_portable || form == nt_form_wide;
  }
#else
  return form == nt_form_portable || form == nt_form_wide;
#endif
}

// The fastest form that this processor supports.
static nt_form form_best(void) {
  if (nt_form_supported(nt_form_avx512)) return nt_form_avx512;
  if (nt_form_supported(nt_form_avx2)) return nt_form_avx2;
  return nt_form_portable;
}

/// The form that NEEDLETAIL_ISA asks for, or the best. A forced form that cannot be had ends the process: tests and
/// measurements must never run another form than the one they asked for.
static nt_form form_at_start(void) {
  static const char *const names[] = {"portable", "wide", "avx2", "avx512"};
  const char *asked = getenv("NEEDLETAIL_ISA");
  if (asked == NULL || *asked == 0) return form_best();
  for (int form = nt_form_portable; form <= nt_form_avx512; form++) {
    if (strcmp(asked, names[form]) == 0 && nt_form_supported((nt_form)form)) return (nt_form)form;
  }
  fprintf(stderr, "NEEDLETAIL_ISA is '%s'; this processor has portable, wide%s%s\n", asked,
          nt_form_supported(nt_form_avx2) ? ", avx2" : "", nt_form_supported(nt_form_avx512) ? ", avx512" : "");
  exit(64);
}

static _Atomic int active = -1;

nt_form nt_form_active(void) {
  int form = atomic_load_explicit(&active, memory_order_relaxed);
  if (__builtin_expect(form >= 0, 1)) return (nt_form)form;
  nt_form first = form_at_start();
  atomic_store_explicit(&active, (int)first, memory_order_relaxed);
  return first;
}

void nt_form_activate(nt_form form) { atomic_store_explicit(&active, (int)form, memory_order_relaxed); }

bool nt_optimized(void) {
#ifdef __OPTIMIZE__
  return true;
#else
  return false;
#endif
}
