// Products of a sparse matrix in compressed rows and a dense one.
#ifndef NT_SPARSE_H
#define NT_SPARSE_H

#include <stdint.h>

#include "nt_elementwise.h"

/// The entries of row r are those at `starts[r]..<starts[r + 1]`: their columns in rising order, and their values.
typedef struct {
  const int64_t *starts, *columns;
  const double *values;
} nt_sparse_rows;

/// Rows `first..<end` of the product with x, whose rows are `width` values: y[r] = sum of values[p] x[columns[p]], in the order
/// of the entries. x and y are the starts of the whole matrices.
void nt_sparse_product(
    nt_type type, const nt_sparse_rows *matrix, long first, long end, const void *x, long width, void *y);

#endif
