// Local response normalisation across channels: y[c] = x[c] / s[c]^beta, s[c] = k + alpha / size * the sum of x[j]^2 over the
// window c - size/2 ... c + (size - 1)/2 of channels.
#ifndef NT_RESPONSE_H
#define NT_RESPONSE_H

#include "nt_elementwise.h"

typedef struct {
  long channels, plane;  ///< of an image
  long size;
  double alpha, beta, k;
} nt_response_view;

/// What the scratch of the gradient holds for each channel.
enum { nt_response_scratch = 32 };

/// `width` neighbouring positions of all channels of one image; x and y are at the first of them.
void nt_response(nt_type type, const void *x, const nt_response_view *view, long width, void *y);

/// The gradient of the input from that of the output, g. `scratch` holds channels * nt_response_scratch values.
void nt_response_gradient(
    nt_type type, const void *g, const void *x, const nt_response_view *view, long width, void *scratch, void *y);

#endif
