// Local response normalisation: Float in the forms of form.h, Double in plain loops.
#include "form.h"
#include "include/nt_response.h"

#include <math.h>

#define NT_FORM 0
#include "form_begin.h"
#include "response.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "response.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "response.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "response.inc"
#include "form_end.h"
#endif

static double nt_response_scale_double(const double *x, const nt_response_view *view, long c) {
  const long from = c - view->size / 2, to = c + (view->size - 1) / 2;
  double sum = 0;
  for (long j = from < 0 ? 0 : from; j <= to && j < view->channels; j++) sum += x[j * view->plane] * x[j * view->plane];
  return view->k + view->alpha / (double)view->size * sum;
}

static void nt_response_double(const double *x, const nt_response_view *view, long width, double *y) {
  for (long i = 0; i < width; i++) {
    for (long c = 0; c < view->channels; c++) {
      const long at = c * view->plane + i;
      y[at] = x[at] * pow(nt_response_scale_double(x + i, view, c), -view->beta);
    }
  }
}

static void nt_response_gradient_double(
    const double *g, const double *x, const nt_response_view *view, long width, double *scratch, double *y) {
  const double factor = 2 * view->alpha * view->beta / (double)view->size;
  double *powers = scratch, *terms = scratch + view->channels;
  for (long i = 0; i < width; i++) {
    for (long c = 0; c < view->channels; c++) {
      const long at = c * view->plane + i;
      const double s = nt_response_scale_double(x + i, view, c);
      powers[c] = pow(s, -view->beta);
      terms[c] = g[at] * x[at] * powers[c] / s;
    }
    for (long c = 0; c < view->channels; c++) {
      const long at = c * view->plane + i, from = c - (view->size - 1) / 2, to = c + view->size / 2;
      double sum = 0;
      for (long j = from < 0 ? 0 : from; j <= to && j < view->channels; j++) sum += terms[j];
      y[at] = g[at] * powers[c] - factor * x[at] * sum;
    }
  }
}

void nt_response(nt_type type, const void *x, const nt_response_view *view, long width, void *y) {
  if (type == nt_double) return nt_response_double(x, view, width, y);
  NT_DISPATCH(nt_response_float, (x, view, width, y));
}

void nt_response_gradient(
    nt_type type, const void *g, const void *x, const nt_response_view *view, long width, void *scratch, void *y) {
  if (type == nt_double) return nt_response_gradient_double(g, x, view, width, scratch, y);
  NT_DISPATCH(nt_response_gradient_float, (g, x, view, width, scratch, y));
}
