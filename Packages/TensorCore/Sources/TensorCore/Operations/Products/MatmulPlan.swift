/// The sizes of a matrix product of tensors, checked once.
struct MatmulPlan {
  let m: Int
  let n: Int
  let k: Int
  let transposingLeft: Bool
  let transposingRight: Bool
  let batch: BatchPairing
  let outputShape: Shape

  init(_ left: Shape, _ right: Shape, transposingLeft: Bool, transposingRight: Bool) {
    func mistake(_ text: String) -> Never {
      let (first, second) = (transposingLeft ? " transposed" : "", transposingRight ? " transposed" : "")
      stop("matmul", "\(text): the left operand is \(left)\(first), the right one \(right)\(second)")
    }
    guard left.rank >= 1, right.rank >= 1 else { mistake("both operands need at least one axis") }
    guard left.rank > 1 || !transposingLeft, right.rank > 1 || !transposingRight else {
      mistake("a vector cannot be transposed")
    }
    let a = left.rank == 1 ? (rows: 1, columns: left[0]) : left.matrixSizes(transposed: transposingLeft)
    let b = right.rank == 1 ? (rows: right[0], columns: 1) : right.matrixSizes(transposed: transposingRight)
    guard a.columns == b.rows else { mistake("the inner sizes \(a.columns) and \(b.rows) differ") }
    guard let batch = BatchPairing(left, right) else { mistake("the leading axes do not broadcast") }
    (m, n, k) = (a.rows, b.columns, a.columns)
    self.transposingLeft = transposingLeft
    self.transposingRight = transposingRight
    self.batch = batch
    let isPlain = left.rank == 2 && right.rank == 2
    outputShape = Shape(isPlain ? [m, n] : batch.sizes + (left.rank > 1 ? [m] : []) + (right.rank > 1 ? [n] : []))
  }
}

extension Shape {
  /// The last two axes as a matrix's size.
  fileprivate func matrixSizes(transposed: Bool) -> (rows: Int, columns: Int) {
    let (first, second) = (self[rank - 2], self[rank - 1])
    return transposed ? (second, first) : (first, second)
  }
}

/// Which left and right matrix make each matrix of a batched product, by broadcasting of the leading axes.
struct BatchPairing {
  /// The leading axes of the result.
  let sizes: [Int]
  /// The number of matrices of the result.
  let count: Int
  private let leftStrides: [Int]
  private let rightStrides: [Int]

  /// Nil if the axes do not broadcast.
  init?(_ left: Shape, _ right: Shape) {
    let rank = max(left.rank, right.rank) - 2
    guard rank > 0 else {
      (sizes, count, leftStrides, rightStrides) = ([], 1, [], [])
      return
    }
    let left = Self.leadingSizes(of: left, rank: rank)
    let right = Self.leadingSizes(of: right, rank: rank)
    var sizes: [Int] = []
    for (a, b) in zip(left, right) {
      guard a == b || a == 1 || b == 1 else { return nil }
      sizes.append(a == 1 ? b : a)
    }
    self.sizes = sizes
    count = sizes.reduce(1, *)
    leftStrides = Self.strides(of: left)
    rightStrides = Self.strides(of: right)
  }

  /// Whether all left matrices, each once and in order, meet one and the same right matrix.
  var repeatsRightOnly: Bool {
    rightStrides.allSatisfy { $0 == 0 } && zip(leftStrides, sizes).allSatisfy { $0 != 0 || $1 == 1 }
  }

  /// The numbers of the left and the right matrix for matrix `index` of the result.
  func pair(_ index: Int) -> (left: Int, right: Int) {
    var (rest, left, right) = (index, 0, 0)
    for axis in sizes.indices.reversed() {
      let position = rest % sizes[axis]
      rest /= sizes[axis]
      left += position * leftStrides[axis]
      right += position * rightStrides[axis]
    }
    return (left, right)
  }

  /// All axes but the last two, with axes of size 1 in front up to the given rank.
  private static func leadingSizes(of shape: Shape, rank: Int) -> [Int] {
    let sizes = shape.sizes.dropLast(2)
    return Array(repeating: 1, count: rank - sizes.count) + sizes
  }

  /// Row-major distances, 0 along axes of size 1, which are repeated.
  private static func strides(of sizes: [Int]) -> [Int] {
    var strides = sizes
    var distance = 1
    for axis in sizes.indices.reversed() {
      strides[axis] = sizes[axis] == 1 ? 0 : distance
      distance *= sizes[axis]
    }
    return strides
  }
}
