// ReLU with a slope of each channel's own for negative values.
#ifndef NT_PRELU_H
#define NT_PRELU_H

#include "nt_channels.h"

/// y = x where x > 0, else w[c] x. x and y are the starts of the whole tensors; w is of their type.
void nt_prelu(nt_type type, const void *x, nt_plane_range planes, const void *w, void *y);

/// y = g where x > 0, else w[c] g.
void nt_prelu_gradient(nt_type type, const void *g, const void *x, nt_plane_range planes, const void *w, void *y);

/// sums[c] = sum of g min(x, 0): the gradient of w.
void nt_prelu_sums(nt_type type, const void *g, const void *x, const nt_channel_view *view, double *sums);

#endif
