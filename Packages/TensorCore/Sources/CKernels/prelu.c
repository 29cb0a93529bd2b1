// ReLU with a trainable slope: Float in the forms of form.h, Double in plain loops.
#include "form.h"
#include "include/nt_prelu.h"

#define NT_FORM 0
#include "form_begin.h"
#include "prelu.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "prelu.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "prelu.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "prelu.inc"
#include "form_end.h"
#endif

static void nt_prelu_double(const double *g, const double *x, nt_plane_range planes, const double *w, double *y) {
  for (long p = planes.first; p < planes.first + planes.count; p++) {
    const double slope = w[p % planes.channels];
    for (long i = p * planes.plane; i < (p + 1) * planes.plane; i++) y[i] = (g ? g[i] : x[i]) * (x[i] > 0 ? 1 : slope);
  }
}

static void nt_prelu_sums_double(const double *g, const double *x, const nt_channel_view *view, double *sums) {
  for (long c = 0; c < view->channels; c++) {
    sums[c] = 0;
    for (long image = 0; image < view->images; image++) {
      const long at = image * view->stride + c * view->plane;
      for (long i = at; i < at + view->plane; i++) sums[c] += x[i] > 0 ? 0 : g[i] * x[i];
    }
  }
}

void nt_prelu(nt_type type, const void *x, nt_plane_range planes, const void *w, void *y) {
  if (type == nt_double) return nt_prelu_double(0, x, planes, w, y);
  NT_DISPATCH(nt_prelu_float, (0, x, planes, w, y));
}

void nt_prelu_gradient(nt_type type, const void *g, const void *x, nt_plane_range planes, const void *w, void *y) {
  if (type == nt_double) return nt_prelu_double(g, x, planes, w, y);
  NT_DISPATCH(nt_prelu_float, (g, x, planes, w, y));
}

void nt_prelu_sums(nt_type type, const void *g, const void *x, const nt_channel_view *view, double *sums) {
  if (type == nt_double) return nt_prelu_sums_double(g, x, view, sums);
  NT_DISPATCH(nt_prelu_sums_float, (g, x, view, sums));
}
