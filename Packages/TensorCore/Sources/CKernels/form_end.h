// Closes the form that form_begin.h opened.
#undef nt_vf
#undef nt_vfu
#undef nt_vi
#undef NT_NAME
#undef NT_LANES
#undef NT_SUFFIX
#if NT_FORM >= 2
#pragma clang attribute pop
#endif
#undef NT_FORM
