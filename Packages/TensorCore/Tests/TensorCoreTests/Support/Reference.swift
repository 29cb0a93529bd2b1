import TensorCore

/// The six element types, for parameterised tests.
let scalarTypes: [any TensorScalar.Type] = [
  Float.self, Double.self, Int32.self, Int64.self, UInt8.self, Bool.self,
]

/// Shapes of every rank, with axes of length 0 and 1 in every place.
let shapes: [Shape] = [
  [], [0], [1], [7], [0, 3], [3, 0], [1, 5], [4, 6], [33, 18], [2, 3, 4], [2, 0, 4], [5, 1, 3], [2, 3, 4, 5],
  [1, 3, 17, 16], [2, 1, 3, 1, 2], [2, 2, 3, 2, 2, 1], [1, 2, 2, 2, 1, 3, 2], [2, 1, 2, 2, 1, 2, 2, 3],
  [2, 2, 0, 2, 2, 2, 2, 2],
]

/// ``shapes`` and, for Float, one that is large enough for several threads.
func shapes<Scalar>(for type: Scalar.Type) -> [Shape] {
  type == Float.self ? shapes + [[150, 517]] : shapes
}

/// Every index of a shape, in row-major order.
func indices(of shape: Shape) -> [[Int]] {
  var all: [[Int]] = [[]]
  for size in shape { all = all.flatMap { index in (0..<size).map { index + [$0] } } }
  return all
}

/// A tensor by its definition: one value for each index.
func tensor<Scalar: TensorScalar>(_ shape: Shape, _ element: ([Int]) -> Scalar) -> Tensor<Scalar> {
  Tensor(indices(of: shape).map(element), shape: shape)
}

/// The value of a type that a small whole number stands for.
func scalar<Scalar: TensorScalar>(_ number: Int, as type: Scalar.Type = Scalar.self) -> Scalar {
  switch Scalar.elementType {
  case .float: unsafeBitCast(Float(number), to: Scalar.self)
  case .double: unsafeBitCast(Double(number), to: Scalar.self)
  case .int32: unsafeBitCast(Int32(number), to: Scalar.self)
  case .int64: unsafeBitCast(Int64(number), to: Scalar.self)
  case .uint8: unsafeBitCast(UInt8(truncatingIfNeeded: number), to: Scalar.self)
  case .bool: unsafeBitCast(number % 3 == 1, to: Scalar.self)
  }
}

/// A tensor whose elements tell their place.
func numbered<Scalar: TensorScalar>(_ shape: Shape, as type: Scalar.Type = Scalar.self) -> Tensor<Scalar> {
  Tensor((0..<shape.count).map { scalar($0 + 1) }, shape: shape)
}

/// Runs `body` with one and with two threads, over memory that holds NaN wherever nothing was written.
func withThreadsAndPoison(_ body: () throws -> Void) rethrows {
  BlockPool.poisonsBlocks = true
  for threads in [1, 2] {
    ThreadPool.threadCount = threads
    try body()
  }
}

/// Where an index lies in row-major order.
func offset(of index: [Int], in shape: Shape) -> Int {
  zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }
}

extension Tensor {
  /// Where the elements lie in memory.
  var address: UnsafePointer<Scalar>? { withUnsafeBufferPointer { $0.baseAddress } }
}
