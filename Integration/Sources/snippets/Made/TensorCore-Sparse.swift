// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTensorCoreSparseMatrix1() throws {
  let matrix = SparseMatrix(rowCount: 2, columnCount: 3, entries: [(0, 2, 5), (1, 0, -1)])
  let y = matrix.matmul(Tensor<Float>.ones([3, 4]))  // [2, 4]
  _ = matrix
  _ = y
}
