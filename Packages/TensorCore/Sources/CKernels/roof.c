// The roof of the arithmetic in the forms of form.h.
#include "form.h"
#include "include/nt_roof.h"

#define NT_FORM 0
#include "form_begin.h"
#include "roof.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "roof.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "roof.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "roof.inc"
#include "form_end.h"
#endif

void nt_roof_products(long rounds, float f, float h, float *sums, long *count) {
  NT_DISPATCH(nt_roof_products, (rounds, f, h, sums, count));
}
