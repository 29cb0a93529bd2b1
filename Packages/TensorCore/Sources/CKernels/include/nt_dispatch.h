// Which form of the kernels runs: chosen once from the processor, or forced by NEEDLETAIL_ISA.
#ifndef NT_DISPATCH_H
#define NT_DISPATCH_H

#include <stdbool.h>

/// Forms of each kernel, from the one that every machine has to the fastest.
typedef enum {
  nt_form_portable = 0,  ///< 4 lanes of clang vector extensions: SSE2 on x86-64, NEON on arm64.
  nt_form_wide = 1,      ///< 16 lanes in portable code: runs the logic of the AVX-512 form on any machine.
  nt_form_avx2 = 2,      ///< 8 lanes, AVX2 and FMA.
  nt_form_avx512 = 3,    ///< 16 lanes, AVX-512 F, BW, DQ and VL.
} nt_form;

/// Whether this processor can run the form.
bool nt_form_supported(nt_form form);

/// The form in force.
nt_form nt_form_active(void);

/// Puts a supported form in force, for the whole process. Not to be called while kernels run.
void nt_form_activate(nt_form form);

/// Whether the kernels were compiled with optimisation: not so in a debug build.
bool nt_optimized(void);

#endif
