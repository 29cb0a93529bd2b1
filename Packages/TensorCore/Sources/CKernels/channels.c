// Sums over channels and maps by channel: Float in the forms of form.h, Double in plain loops.
#include "form.h"
#include "include/nt_channels.h"

#define NT_FORM 0
#include "form_begin.h"
#include "channels.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "channels.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "channels.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "channels.inc"
#include "form_end.h"
#endif

#include "channels_double.inc"

void nt_channel_moments(nt_type type, const void *x, const nt_channel_view *view, double *mean, double *variance) {
  if (type == nt_double) return nt_channel_moments_double(x, view, mean, variance);
  NT_DISPATCH(nt_channel_moments_float, (x, view, mean, variance));
}

void nt_channel_products(
    nt_type type, const void *g, const void *x, const nt_channel_view *view, const double *mean, double *sums,
    double *products) {
  if (type == nt_double) return nt_channel_products_double(g, x, view, mean, sums, products);
  NT_DISPATCH(nt_channel_products_float, (g, x, view, mean, sums, products));
}

void nt_channel_affine(
    nt_type type, const void *x, nt_plane_range planes, const double *mean, const double *scale, const double *offset,
    void *y) {
  if (type == nt_double) return nt_channel_affine_double(x, planes, mean, scale, offset, y);
  NT_DISPATCH(nt_channel_affine_float, (x, planes, mean, scale, offset, y));
}

void nt_channel_combine(
    nt_type type, const void *g, const void *x, nt_plane_range planes, const double *mean, const double *on_g,
    const double *on_x, const double *offset, void *y) {
  if (type == nt_double) return nt_channel_combine_double(g, x, planes, mean, on_g, on_x, offset, y);
  NT_DISPATCH(nt_channel_combine_float, (g, x, planes, mean, on_g, on_x, offset, y));
}
