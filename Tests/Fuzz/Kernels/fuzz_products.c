#include "CKernels.h"
#include "kernels.h"

static ptrdiff_t rounded(ptrdiff_t count, ptrdiff_t unit) { return (count + unit - 1) / unit * unit; }

/// The elements of `rows` rows of `columns`, `distance` apart.
static ptrdiff_t extent(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t distance) {
  return rows == 0 || columns == 0 ? 0 : (rows - 1) * distance + columns;
}

// Every way for one scalar: packed from rows and from columns, and read where they lie.
#define BLOCKED(suffix, scalar)                                                                                       \
  static void blocked_##suffix(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k) {                                               \
    nt_gemm_tile tile = nt_gemm_tile_##suffix();                                                                      \
    ptrdiff_t gap = between(0, 3), c_row = n + between(0, 3);                                                         \
    scalar *a = buffer('f', sizeof(scalar), extent(m, k, k + gap));                                                   \
    scalar *at = buffer('f', sizeof(scalar), extent(k, m, m + gap));                                                  \
    scalar *b = buffer('f', sizeof(scalar), extent(k, n, n + gap));                                                   \
    scalar *bt = buffer('f', sizeof(scalar), extent(n, k, k + gap));                                                  \
    scalar *left = aligned_buffer(0, sizeof(scalar), rounded(m, tile.rows) * k);                                      \
    scalar *right = aligned_buffer(0, sizeof(scalar), rounded(n, tile.columns) * k);                                  \
    scalar *c = buffer('f', sizeof(scalar), extent(m, n, c_row));                                                     \
    nt_gemm_pack_left_##suffix(m, k, at, 1, m + gap, left);                                                           \
    nt_gemm_pack_left_##suffix(m, k, a, k + gap, 1, left);                                                            \
    nt_gemm_pack_right_##suffix(k, n, bt, 1, k + gap, right);                                                         \
    nt_gemm_pack_right_##suffix(k, n, b, n + gap, 1, right);                                                          \
    nt_gemm_layout packed = {1, tile.rows, k * tile.rows, tile.columns, k * tile.columns};                            \
    nt_gemm_block_##suffix(m, n, k, left, right, packed, c, c_row, false);                                            \
    nt_gemm_layout left_in_place = {k + gap, 1, tile.rows * (k + gap), tile.columns, k * tile.columns};               \
    nt_gemm_block_##suffix(m, n, k, a, right, left_in_place, c, c_row, between(0, 1));                                \
    if (n % (tile.columns / 2) == 0) {                                                                                \
      nt_gemm_layout in_place = {k + gap, 1, tile.rows * (k + gap), n + gap, tile.columns};                           \
      nt_gemm_block_##suffix(m, n, k, a, b, in_place, c, c_row, true);                                                \
    }                                                                                                                 \
    release();                                                                                                        \
  }                                                                                                                   \
  static void thin_##suffix(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k) {                                                  \
    ptrdiff_t gap = between(0, 3), c_row = n + between(0, 3);                                                         \
    scalar *a = buffer('f', sizeof(scalar), extent(m, k, k + gap));                                                   \
    scalar *columns = buffer('f', sizeof(scalar), extent(n, k, k + gap));                                             \
    scalar *c = buffer('f', sizeof(scalar), extent(m, n, c_row));                                                     \
    nt_dots_##suffix(m, n, k, a, k + gap, columns, k + gap, c, c_row, between(0, 1));                                 \
    scalar *at = buffer('f', sizeof(scalar), extent(k, m, m + gap));                                                  \
    scalar *rows = buffer('f', sizeof(scalar), extent(k, n, n + gap));                                                \
    nt_row_##suffix(m, n, k, a, k + gap, 1, rows, n + gap, c, c_row, between(0, 1));                                  \
    nt_row_##suffix(m, n, k, at, 1, m + gap, rows, n + gap, c, c_row, between(0, 1));                                 \
    release();                                                                                                        \
  }

BLOCKED(f32, float)
BLOCKED(f64, double)

static void integers(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k) {
  nt_integer_product sizes = {m, n, k, k, 1, 1, k};
  nt_integer_product_i32(sizes, buffer('i', 4, m * k), buffer('i', 4, k * n), buffer('i', 4, m * n));
  nt_integer_product_i64(sizes, buffer('i', 8, m * k), buffer('i', 8, k * n), buffer('i', 8, m * n));
  nt_integer_product_u8(sizes, buffer('i', 1, m * k), buffer('i', 1, k * n), buffer('i', 1, m * n));
  release();
}

void fuzz_products(void) {
  for (int round = 0; round < 300; round++) {
    ptrdiff_t m = between(1, 40), n = between(1, 140), k = between(1, 20);
    if (round % 3 == 0) n = rounded(n, 16);
    if (round % 5 == 0) n = k = nt_gemm_tile_f32().columns / 2;  // a right operand that fits into registers
    blocked_f32(m, n, k);
    blocked_f64(m, n, k);
    integers(between(0, 9), between(0, 9), between(0, 9));
  }
  for (int round = 0; round < 600; round++) {
    ptrdiff_t m = between(1, 40), n = between(1, 80), k = between(1, 80);
    thin_f32(m, n, k);
    thin_f64(m, n, k);
  }
}
