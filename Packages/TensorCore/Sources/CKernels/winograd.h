// Winograd's F(4×4, 3×3): the points, and how tiles lie on a map.
//
// The idea in one dimension. Four neighbouring outputs of a filter w with three taps read six inputs d:
//
//     y_i = d_i w_0 + d_{i+1} w_1 + d_{i+2} w_2,   i = 0 … 3,
//
// twelve multiplications. By transposition they are as hard as the product of two polynomials, of degree 3 and 2, and that has
// degree 5: six values fix it. So: evaluate both at six points, multiply value by value, interpolate. Six multiplications,
// and the rest is linear and cheap, being shared by all filters (for d) or all channels (for y):
//
//     y = Aᵀ [ (G w) ⊙ (Bᵀ d) ],   and in two dimensions   y = Aᵀ [ (G w Gᵀ) ⊙ (Bᵀ d B) ] A :
//
// 36 multiplications for 4×4 outputs in place of 144. Summed over channels, each of the 36 places ξ is a matrix product
// M_ξ = V_ξ U_ξ of transformed tiles [tiles × channels] and transformed filters [channels × filters].
//
// The points are 0, ±a, ±b and ∞. With m(x) = x (x² - a²)(x² - b²), row p of Bᵀ holds the coefficients of m(x) / (x - p), row ∞
// those of m(x); row p of G is (1, p, p²) / m'(p), row ∞ (0, 0, 1); row p of A is (1, p, p², p³), row ∞ (0, 0, 0, 1).
// Rounding grows with the size of these numbers: a = 5/8, b = 5/4 makes half the error of the usual 1 and 2, and both, their
// squares and products are exact in Float.
//
// The gradients are the transposed maps: of the input, the same convolution with flipped filters, channels and filters
// exchanged; of the filters, Gᵀ [ (A g Aᵀ) ⊙ (Bᵀ d B) ] G, summed over tiles, again 36 matrix products.
//
// Winograd, "Arithmetic Complexity of Computations", SIAM 1980; Lavin and Gray, "Fast Algorithms for Convolutional Neural
// Networks", CVPR 2016; Barabasz et al., "Error Analysis and Improving the Accuracy of Winograd Convolution for Deep
// Neural Networks", ACM TOMS 46 (2020).
#ifndef NT_WINOGRAD_POINTS_H
#define NT_WINOGRAD_POINTS_H

#include "include/nt_winograd.h"

#define NT_A 0.625f
#define NT_B 1.25f
#define NT_AA (NT_A * NT_A)
#define NT_BB (NT_B * NT_B)
/// 1 / m'(p) for p = 0, ±a, ±b.
#define NT_N0 (1 / (NT_AA * NT_BB))
#define NT_NA (1 / (2 * NT_AA * (NT_AA - NT_BB)))
#define NT_NB (1 / (2 * NT_BB * (NT_BB - NT_AA)))

/// A tile of a map: its corner, its image, and the rows and columns of it that lie inside.
typedef struct {
  ptrdiff_t image, y, x;
  int first_row, last_row, first_column, last_column;
} nt_winograd_tile;

static inline int nt_winograd_clip(ptrdiff_t at, int size) { return at < 0 ? 0 : at > size ? size : (int)at; }

/// Tile number `index`, `size` rows and columns large.
static inline nt_winograd_tile nt_winograd_place(const nt_winograd_map *map, ptrdiff_t index, int size) {
  ptrdiff_t row = index / map->tiles_x;
  nt_winograd_tile t = {.image = row / map->tiles_y};
  t.y = 4 * (row % map->tiles_y) - map->pad_top;
  t.x = 4 * (index % map->tiles_x) - map->pad_left;
  t.first_row = nt_winograd_clip(-t.y, size);
  t.last_row = nt_winograd_clip(map->height - t.y, size);
  t.first_column = nt_winograd_clip(-t.x, size);
  t.last_column = nt_winograd_clip(map->width - t.x, size);
  return t;
}

static inline long nt_winograd_least(ptrdiff_t a, long b) { return a < b ? (long)a : b; }

static inline bool nt_winograd_whole(const nt_winograd_tile *t, int size) {
  return t->first_row == 0 && t->last_row == size && t->first_column == 0 && t->last_column == size;
}

/// The offset of the tile's corner in a stack of maps; that of a corner in the padding is only a point to count from.
static inline ptrdiff_t nt_winograd_offset(const nt_winograd_map *map, const nt_winograd_tile *t) {
  return ((t->image * map->height + t->y) * map->width + t->x) * map->channels;
}

/// Brings a tile's share of what the next row of tiles adds into cache: four rows of the map from `row` of this row of tiles
/// on. They are fetched in the order of memory, a stretch with each tile, which lets the hardware run ahead: a core waits
/// for no more than two dozen lines at a time, and a tile's own lines lie in too many places.
static inline __attribute__((always_inline)) void nt_winograd_prefetch(const nt_winograd_map *map, const float *maps,
                                                                       ptrdiff_t tile, ptrdiff_t row, const int writing) {
  ptrdiff_t tile_row = tile / map->tiles_x, line = map->width * map->channels;
  ptrdiff_t y = tile_row / map->tiles_y * map->height + 4 * (tile_row % map->tiles_y) - map->pad_top + row;
  ptrdiff_t stretch = 4 * line / map->tiles_x;
  const float *from = maps + y * line + tile % map->tiles_x * stretch;
  for (ptrdiff_t at = 0; at < stretch; at += 16) {
    if (writing) __builtin_prefetch(from + at, 1);
    else __builtin_prefetch(from + at, 0);
  }
}

#endif
