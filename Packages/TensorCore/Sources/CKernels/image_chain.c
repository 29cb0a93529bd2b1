// Chains of layers on one small image.

#include "form.h"
#include "include/nt_epilogue.h"
#include "include/nt_image_chain.h"

#define NT_FORM 0
#include "form_begin.h"
#include "lanes.inc"
#include "vector_math.inc"
#include "epilogue.inc"
#include "image_chain.inc"
#include "form_end.h"

#define NT_FORM 1
#include "form_begin.h"
#include "lanes.inc"
#include "vector_math.inc"
#include "epilogue.inc"
#include "image_chain.inc"
#include "form_end.h"

#if NT_X86
#define NT_FORM 2
#include "form_begin.h"
#include "lanes.inc"
#include "vector_math.inc"
#include "epilogue.inc"
#include "image_chain.inc"
#include "form_end.h"

#define NT_FORM 3
#include "form_begin.h"
#include "lanes.inc"
#include "vector_math.inc"
#include "epilogue.inc"
#include "image_chain.inc"
#include "form_end.h"
#endif

ptrdiff_t nt_chain_panel(ptrdiff_t vectors) { return vectors >= 8 ? 8 : vectors >= 4 ? 4 : vectors >= 2 ? 2 : 1; }

void nt_chain_convolve_planes(const nt_chain_planes *shape, const nt_chain_end *end, const float *weight,
                              const float *input, float *output) {
  NT_DISPATCH(nt_chain_convolve_planes, (shape, end, weight, input, output));
}

void nt_chain_convolve_patches(const nt_chain_patches *shape, const nt_chain_end *end, const float *weight,
                               const float *input, float *output) {
  NT_DISPATCH(nt_chain_convolve_patches, (shape, end, weight, input, output));
}

void nt_chain_multiply(const nt_chain_product *shape, const nt_chain_end *end, const float *weight, const float *input,
                       float *output) {
  NT_DISPATCH(nt_chain_multiply, (shape, end, weight, input, output));
}

void nt_chain_lay_out(const nt_chain_layout *layout, const float *input, float *output) {
  const ptrdiff_t source = layout->rectangle.height * layout->rectangle.width * layout->rectangle.channels;
  for (ptrdiff_t i = 0; i < layout->planes; i++)
    nt_rows_copy(&layout->rectangle, input + i * source, output + i * layout->plane);
}

void nt_chain_run(const nt_chain_step *steps, ptrdiff_t count, const float *image, float *maps, float *result) {
  for (ptrdiff_t i = 0; i < count; i++) {
    const nt_chain_step *step = steps + i;
    const float *from = step->from < 0 ? image : maps + step->from;
    float *to = step->to < 0 ? result : maps + step->to;
    switch (step->kind) {
      case nt_chain_is_planes: nt_chain_convolve_planes(&step->planes, &step->end, step->weight, from, to); break;
      case nt_chain_is_patches: nt_chain_convolve_patches(&step->patches, &step->end, step->weight, from, to); break;
      case nt_chain_is_product: nt_chain_multiply(&step->product, &step->end, step->weight, from, to); break;
      case nt_chain_is_layout: nt_chain_lay_out(&step->layout, from, to); break;
    }
  }
}
