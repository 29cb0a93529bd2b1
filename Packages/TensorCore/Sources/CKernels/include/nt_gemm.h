// Building blocks of the matrix product C = A B (+ C) on one core: packing and the product of one block.
// A is m × k, B is k × n, C is m × n with rows `c_stride` apart. Strides count elements. The theory is in gemm.inc.
#ifndef NT_GEMM_H
#define NT_GEMM_H

#include <stdbool.h>
#include <stddef.h>

/// The register tile of the active form, for elements of `size` bytes (4: float, 8: double).
typedef struct {
  ptrdiff_t rows;     ///< rows of A in a panel of packed A, and of C in a tile
  ptrdiff_t columns;  ///< columns of B in a panel of packed B, and of C in a tile
} nt_gemm_tile;

nt_gemm_tile nt_gemm_tile_f32(void);
nt_gemm_tile nt_gemm_tile_f64(void);

/// Packs A, whose element (i, p) is a[i * row_stride + p * column_stride], into panels of tile.rows rows. A panel holds
/// column after column, tile.rows elements each, rows beyond m as zeros. `packed` takes k * m elements, m rounded up to
/// whole panels.
void nt_gemm_pack_left_f32(ptrdiff_t m, ptrdiff_t k, const float *a, ptrdiff_t row_stride, ptrdiff_t column_stride,
                           float *packed);
void nt_gemm_pack_left_f64(ptrdiff_t m, ptrdiff_t k, const double *a, ptrdiff_t row_stride, ptrdiff_t column_stride,
                           double *packed);

/// Packs B, whose element (p, j) is b[p * row_stride + j * column_stride], into panels of tile.columns columns. A panel
/// holds row after row, tile.columns elements each, columns beyond n as zeros. `packed` takes k * n elements, n rounded
/// up to whole panels.
void nt_gemm_pack_right_f32(ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t row_stride, ptrdiff_t column_stride,
                            float *packed);
void nt_gemm_pack_right_f64(ptrdiff_t k, ptrdiff_t n, const double *b, ptrdiff_t row_stride, ptrdiff_t column_stride,
                            double *packed);

/// Where the block product finds its operands. Packed: rows 1, columns tile.rows, panel k * tile.rows for A;
/// rows tile.columns, panel k * tile.columns for B. An operand may also be read where it lies.
typedef struct {
  ptrdiff_t a_row, a_column;  ///< distance of neighbours in a column and in a row of A
  ptrdiff_t a_panel;          ///< distance of A's panels of tile.rows rows
  ptrdiff_t b_row;            ///< distance of the rows of B; a row's elements are neighbours
  ptrdiff_t b_panel;          ///< distance of B's panels of tile.columns columns; the last is read to whole vectors
} nt_gemm_layout;

/// C = A B, or C += A B if `accumulate`. Each element is summed over k in order, then added to C.
void nt_gemm_block_f32(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const float *a, const float *b, nt_gemm_layout layout,
                       float *c, ptrdiff_t c_stride, bool accumulate);
void nt_gemm_block_f64(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const double *a, const double *b, nt_gemm_layout layout,
                       double *c, ptrdiff_t c_stride, bool accumulate);

#endif
