import TensorCore

/// Equations that do not determine what is asked for.
public struct LeastSquaresError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  init(rows: Int, columns: Int, rank: Int) {
    description =
      "\(rows) samples do not determine \(columns) coefficients: their first \(rank + 1) columns depend on each other"
  }
}

/// The X that makes ‖AX - B‖ smallest, `[n, k]`, for `a` `[m, n]` and `b` `[m, k]`.
///
/// By Householder's reflections: A = QR, then RX = QᵀB from below. Works with the condition of A, not with its square as AᵀA
/// does. Golub and Van Loan, "Matrix computations", algorithms 5.2.1 and 5.3.2.
///
/// - Throws: ``LeastSquaresError`` unless the columns of A are independent, up to rounding.
func leastSquares(_ a: Tensor<Double>, _ b: Tensor<Double>) throws(LeastSquaresError) -> Tensor<Double> {
  let (rows, columns, width) = (a.shape[0], a.shape[1], b.shape[1])
  // The right sides are further columns, which the reflections carry along.
  var matrix = Tensor.concatenated([a, b], along: 1).scalars
  let stride = columns + width
  let tolerance = Double(max(rows, columns)) * Double.ulpOfOne * norms(matrix, rows, columns, stride)
  for column in 0..<columns {
    guard column < rows, reflect(&matrix, column, rows, stride) > tolerance else {
      throw LeastSquaresError(rows: rows, columns: columns, rank: column)
    }
  }
  var solution = [Double](repeating: 0, count: columns * width)
  for right in 0..<width {
    for row in Swift.stride(from: columns - 1, through: 0, by: -1) {
      var rest = matrix[row * stride + columns + right]
      for known in (row + 1)..<max(columns, row + 1) {
        rest -= matrix[row * stride + known] * solution[known * width + right]
      }
      solution[row * width + right] = rest / matrix[row * stride + row]
    }
  }
  return Tensor(solution, shape: [columns, width])
}

/// The largest length of a column.
private func norms(_ matrix: [Double], _ rows: Int, _ columns: Int, _ stride: Int) -> Double {
  let squares = (0..<columns).map { column in
    (0..<rows).reduce(0.0) { $0 + matrix[$1 * stride + column] * matrix[$1 * stride + column] }
  }
  return (squares.max() ?? 0).squareRoot()
}

/// Reflects all columns from `column` on such that this one is zero below the diagonal; returns the diagonal's size.
private func reflect(_ matrix: inout [Double], _ column: Int, _ rows: Int, _ stride: Int) -> Double {
  let places = (column..<rows).map { $0 * stride }
  let length = places.reduce(0.0) { $0 + matrix[$1 + column] * matrix[$1 + column] }.squareRoot()
  guard length > 0 else { return 0 }
  let head = matrix[places[0] + column]
  let diagonal = head > 0 ? -length : length
  var normal = places.map { matrix[$0 + column] }
  normal[0] = head - diagonal
  let square = normal.reduce(0) { $0 + $1 * $1 }
  for other in column..<stride {
    var product = 0.0
    for (part, place) in zip(normal, places) { product += part * matrix[place + other] }
    let factor = 2 * product / square
    for (part, place) in zip(normal, places) { matrix[place + other] -= factor * part }
  }
  return length
}
