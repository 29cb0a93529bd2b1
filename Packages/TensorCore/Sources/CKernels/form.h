// One kernel source, several forms. `x.inc` holds the code, written over NT_LANES lanes; `x.c` compiles it once per
// form by defining NT_FORM and including "form_begin.h", "x.inc" and "form_end.h", and dispatches at run time.
#ifndef NT_FORM_H
#define NT_FORM_H

#include "include/nt_dispatch.h"

#if defined(__x86_64__)
#define NT_X86 1
#else
#define NT_X86 0
#endif

#define NT_PASTE_(a, b) a##_##b
#define NT_PASTE(a, b) NT_PASTE_(a, b)

/// Before a loop of constant length that must become straight code: accumulators in registers depend on it.
#define NT_UNROLL _Pragma("clang loop unroll(full)")

/// Hides from the compiler where a value comes from, so that it cannot trade it for others.
#define NT_OPAQUE(x) __asm__("" : "+r"(x))

/// Calls the active form of `name` with the parenthesised arguments: `NT_DISPATCH(nt_add, (x, y, n));`
#if NT_X86
#define NT_DISPATCH(name, arguments)            \
  switch (nt_form_active()) {                   \
    case nt_form_avx512: name##_avx512 arguments; break; \
    case nt_form_avx2: name##_avx2 arguments; break;     \
    case nt_form_wide: name##_wide arguments; break;     \
    default: name##_portable arguments; break;           \
  }
#else
#define NT_DISPATCH(name, arguments)            \
  switch (nt_form_active()) {                   \
    case nt_form_wide: name##_wide arguments; break;     \
    default: name##_portable arguments; break;           \
  }
#endif

#endif
