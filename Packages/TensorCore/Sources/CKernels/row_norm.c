// Normalisation of rows: Float in the forms of form.h, Double in plain loops.
#include "form.h"
#include "include/nt_row_norm.h"

#include <math.h>
#include <stdbool.h>

#define NT_FORM 0
#include "form_begin.h"
#include "row_norm.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "row_norm.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "row_norm.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "row_norm.inc"
#include "form_end.h"
#endif

static void nt_row_norm_double(
    const double *x, nt_row_view view, const double *w, const double *b, double epsilon, double *mean, double *scale,
    double *y) {
  const long n = view.width;
  for (long row = 0; row < view.rows; row++, x += n, y += n) {
    double m = 0, squares = 0;
    for (long i = 0; mean && i < n; i++) m += x[i];
    m /= (double)n;
    for (long i = 0; i < n; i++) squares += (x[i] - m) * (x[i] - m);
    if (mean) mean[row] = m;
    scale[row] = 1 / sqrt(squares / (double)n + epsilon);
    for (long i = 0; i < n; i++) y[i] = (x[i] - m) * scale[row] * (w ? w[i] : 1) + (b ? b[i] : 0);
  }
}

static void nt_row_norm_gradient_double(
    const double *g, const double *x, nt_row_view view, const double *w, const double *mean, const double *scale,
    double *y, double *on_w, double *on_b) {
  const long n = view.width;
  for (long row = 0; row < view.rows; row++, g += n, x += n, y += n) {
    const double m = mean ? mean[row] : 0, r = scale[row];
    double a = 0, b = 0;
    for (long i = 0; i < n; i++) {
      const double normal = (x[i] - m) * r, weighted = g[i] * (w ? w[i] : 1);
      a += mean ? weighted : 0;
      b += weighted * normal;
      on_w[i] += g[i] * normal;
      on_b[i] += g[i];
    }
    for (long i = 0; i < n; i++) {
      y[i] = (g[i] * (w ? w[i] : 1) - a / (double)n - (x[i] - m) * r * b / (double)n) * r;
    }
  }
}

void nt_row_norm(
    nt_type type, const void *x, nt_row_view view, const void *w, const void *b, double epsilon, double *mean,
    double *scale, void *y) {
  if (type == nt_double) return nt_row_norm_double(x, view, w, b, epsilon, mean, scale, y);
  NT_DISPATCH(nt_row_norm_float, (x, view, w, b, epsilon, mean, scale, y));
}

void nt_row_norm_gradient(
    nt_type type, const void *g, const void *x, nt_row_view view, const void *w, const double *mean,
    const double *scale, void *y, double *on_w, double *on_b) {
  if (type == nt_double) return nt_row_norm_gradient_double(g, x, view, w, mean, scale, y, on_w, on_b);
  NT_DISPATCH(nt_row_norm_gradient_float, (g, x, view, w, mean, scale, y, on_w, on_b));
}
