// Sums over the values of a channel, and maps whose factors are the channel's: the passes of batch, instance and group
// normalisation. Values lie as [image][channel][position]; a plane is the positions of one channel of one image.
#ifndef NT_CHANNELS_H
#define NT_CHANNELS_H

#include "nt_elementwise.h"

/// Some neighbouring channels of every image: `channels` of them, whose planes of `plane` values follow each other;
/// the same channels of the next image begin `stride` elements further on.
typedef struct {
  long images, channels, plane, stride;
} nt_channel_view;

/// Some neighbouring planes of all images: plane number p belongs to channel p mod `channels`.
typedef struct {
  long first, count, channels, plane;
} nt_plane_range;

/// Mean and variance (the sum of squared distances divided by the count) of each channel of the view.
void nt_channel_moments(nt_type type, const void *x, const nt_channel_view *view, double *mean, double *variance);

/// sums[c] = sum of g, products[c] = sum of g (x - mean[c]).
void nt_channel_products(
    nt_type type, const void *g, const void *x, const nt_channel_view *view, const double *mean, double *sums,
    double *products);

/// y = (x - mean[c]) scale[c] + offset[c]. x and y are the starts of the whole tensors.
void nt_channel_affine(
    nt_type type, const void *x, nt_plane_range planes, const double *mean, const double *scale, const double *offset,
    void *y);

/// y = g on_g[c] + (x - mean[c]) on_x[c] + offset[c].
void nt_channel_combine(
    nt_type type, const void *g, const void *x, nt_plane_range planes, const double *mean, const double *on_g,
    const double *on_x, const double *offset, void *y);

#endif
