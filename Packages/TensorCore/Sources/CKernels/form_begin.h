// Opens one form: defines NT_NAME(x) (the form's name for x), NT_LANES (Float lanes of a vector) and the vector types,
// and asks the compiler for the form's instructions. Included once per form, closed by form_end.h.
#if NT_FORM == 0
#define NT_SUFFIX portable
#define NT_LANES 4
#elif NT_FORM == 1
#define NT_SUFFIX wide
#define NT_LANES 16
#elif NT_FORM == 2
#define NT_SUFFIX avx2
#define NT_LANES 8
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi2"))), apply_to = function)
#elif NT_FORM == 3
#define NT_SUFFIX avx512
#define NT_LANES 16
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,bmi2"))), apply_to = function)
#endif

#define NT_NAME(x) NT_PASTE(x, NT_SUFFIX)
#define nt_vf NT_NAME(nt_vf)
#define nt_vfu NT_NAME(nt_vfu)
#define nt_vi NT_NAME(nt_vi)
typedef float nt_vf __attribute__((vector_size(4 * NT_LANES)));
/// The same vector at any address.
typedef float nt_vfu __attribute__((vector_size(4 * NT_LANES), aligned(4)));
typedef int nt_vi __attribute__((vector_size(4 * NT_LANES)));
