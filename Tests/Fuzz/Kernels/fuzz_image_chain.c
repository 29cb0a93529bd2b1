#include "CKernels.h"
#include "kernels.h"

static ptrdiff_t whole_vectors(ptrdiff_t count) {
  ptrdiff_t lanes = nt_lane_count();
  return (count + lanes - 1) / lanes * lanes;
}

static nt_chain_end ending(ptrdiff_t filters, nt_chain_pooling pooling) {
  return (nt_chain_end){buffer('f', 4, whole_vectors(filters)), (nt_chain_function)between(0, 3), pooling, -1, 1};
}

/// A convolution with some width beside what is seen; maps that are narrower than a vector are read as far as that reaches.
static void planes(void) {
  nt_chain_pooling pooling = (nt_chain_pooling)between(0, 2);
  ptrdiff_t shrink = pooling == nt_chain_every ? 1 : 2;
  nt_chain_planes g = {.channels = between(1, 4), .kernel_height = between(1, 5), .kernel_width = between(1, 5)};
  g.filters = between(1, 14), g.rows = between(1, 8) * shrink, g.columns = between(1, 20) * shrink;
  g.row = g.columns + g.kernel_width - 1 + between(0, 1);
  g.plane = (g.rows + g.kernel_height - 1) * g.row;
  ptrdiff_t lanes = nt_lane_count(), reach = g.columns < lanes ? lanes - g.columns : 0;
  nt_chain_end end = ending(g.filters, pooling);
  float *weight = buffer('f', 4, g.filters * g.channels * g.kernel_height * g.kernel_width);
  float *output = buffer(0, 4, g.filters * (g.rows / shrink) * (g.columns / shrink));
  nt_chain_convolve_planes(&g, &end, weight, buffer('f', 4, g.channels * g.plane + reach), output);
  release();
}

/// Patches of a map of pixels.
static void patches(void) {
  nt_chain_pooling pooling = (nt_chain_pooling)between(0, 2);
  ptrdiff_t window = pooling == nt_chain_every ? 1 : 4;
  nt_chain_patches g = {.pixels = between(1, 30), .filters = between(1, 70)};
  ptrdiff_t segments = between(1, 4), depth = between(1, 12), row = between(12, 20);
  ptrdiff_t *sources = buffer(0, sizeof(ptrdiff_t), g.pixels * window), *offsets = buffer(0, sizeof(ptrdiff_t), segments);
  for (ptrdiff_t p = 0; p < g.pixels * window; p++) sources[p] = between(0, 40);
  for (ptrdiff_t s = 0; s < segments; s++) offsets[s] = s * row;
  g.sources = sources;
  g.patch = (nt_rows_patch){segments, depth, offsets};
  nt_chain_end end = ending(g.filters, pooling);
  float *weight = aligned_buffer('f', 4, segments * depth * whole_vectors(g.filters));
  float *input = buffer('f', 4, 40 + (segments - 1) * row + depth);
  nt_chain_convolve_patches(&g, &end, weight, input, buffer(0, 4, g.pixels * g.filters));
  release();
}

/// A layout with zeros around and a product of all of it, as two steps.
static void steps(void) {
  nt_chain_step chain[2] = {{.kind = nt_chain_is_layout, .from = -1, .to = 0}, {.kind = nt_chain_is_product, .from = 0, .to = -1}};
  ptrdiff_t planes = between(1, 3), height = between(1, 6), width = between(1, 6), around = between(0, 2);
  nt_rows_rectangle r = {height, width, 1, 0, 1, -around, height + 2 * around, 1, -around, width + 2 * around, 1, 1};
  chain[0].layout = (nt_chain_layout){planes, r.rows * r.columns, r};
  ptrdiff_t inputs = planes * r.rows * r.columns, outputs = between(1, 300);
  chain[1].product = (nt_chain_product){inputs, outputs};
  chain[1].end = ending(outputs, nt_chain_every);
  chain[1].weight = aligned_buffer('f', 4, inputs * whole_vectors(outputs));
  nt_chain_run(chain, 2, buffer('f', 4, planes * height * width), buffer(0, 4, inputs), buffer(0, 4, outputs));
  release();
}

void fuzz_image_chain(void) {
  for (int round = 0; round < 1500; round++) {
    planes();
    patches();
    steps();
  }
}
