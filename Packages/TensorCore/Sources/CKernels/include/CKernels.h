// The inner loops of TensorCore, in C over raw pointers. Nothing here checks shapes, allocates or starts threads:
// the Swift side has done so. Every kernel comes in several forms (see form.h); the functions declared in these
// headers pick the active one.
#ifndef CKERNELS_H
#define CKERNELS_H

#include "nt_activation.h"
#include "nt_byte_rows.h"
#include "nt_channels.h"
#include "nt_compare.h"
#include "nt_convert.h"
#include "nt_convolution.h"
#include "nt_dispatch.h"
#include "nt_dots.h"
#include "nt_elementwise.h"
#include "nt_epilogue.h"
#include "nt_gemm.h"
#include "nt_image_chain.h"
#include "nt_integer_product.h"
#include "nt_jpeg.h"
#include "nt_lanes.h"
#include "nt_movement.h"
#include "nt_pixel_windows.h"
#include "nt_pixels.h"
#include "nt_pooling.h"
#include "nt_prelu.h"
#include "nt_random.h"
#include "nt_reduce.h"
#include "nt_resample.h"
#include "nt_response.h"
#include "nt_roof.h"
#include "nt_row_norm.h"
#include "nt_rows.h"
#include "nt_softmax.h"
#include "nt_scatter.h"
#include "nt_sparse.h"
#include "nt_threads.h"
#include "nt_update.h"
#include "nt_windows.h"
#include "nt_winograd.h"

#endif
