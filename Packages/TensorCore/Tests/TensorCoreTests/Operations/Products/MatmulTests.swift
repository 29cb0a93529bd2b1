import TensorCore
import Testing

/// The product of tensors against plain loops over their elements.
struct MatmulTests {
  /// Small whole numbers, so that products and sums are exact in every type.
  static func numbers<Scalar: NumericScalar>(_ shape: Shape, seed: Int, as type: Scalar.Type) -> Tensor<Scalar> {
    Tensor(shape: shape) { elements in
      for index in elements.indices {
        elements[index] = Scalar(exactly: (index * index * 7 + index * 3 + seed) % 11) ?? .zero
      }
    }
  }

  /// A product of two plain matrices; elements taken through the given strides.
  static func loop<Scalar: NumericScalar>(
    _ m: Int, _ n: Int, _ k: Int, _ a: ArraySlice<Scalar>, _ b: ArraySlice<Scalar>, transposes: (Bool, Bool)
  ) -> [Scalar] {
    var result: [Scalar] = []
    for i in 0..<m {
      for j in 0..<n {
        var sum = Scalar.zero
        for p in 0..<k {
          let left = a[a.startIndex + (transposes.0 ? p * m + i : i * k + p)]
          sum += left * b[b.startIndex + (transposes.1 ? j * k + p : p * n + j)]
        }
        result.append(sum)
      }
    }
    return result
  }

  func checkTransposes<Scalar: NumericScalar>(_ type: Scalar.Type) {
    for (m, n, k) in [(1, 1, 1), (2, 3, 4), (4, 4, 4), (17, 33, 9)] {
      for transposes in [(false, false), (false, true), (true, false), (true, true)] {
        let a = Self.numbers(transposes.0 ? [k, m] : [m, k], seed: 1, as: type)
        let b = Self.numbers(transposes.1 ? [n, k] : [k, n], seed: 5, as: type)
        let c = a.matmul(b, transposingLeft: transposes.0, transposingRight: transposes.1)
        #expect(c.shape == [m, n])
        let expected = Self.loop(m, n, k, a.scalars[...], b.scalars[...], transposes: transposes)
        #expect(c.scalars == expected, "\(type) \(m) \(n) \(k) \(transposes)")
      }
    }
  }

  @Test func everyTypeAndTranspose() {
    checkTransposes(Float.self)
    checkTransposes(Double.self)
    checkTransposes(Int32.self)
    checkTransposes(Int64.self)
  }

  /// [1 2; 3 4] · [5 6; 7 8], by hand.
  @Test func byHand() {
    let a = Tensor<Float>(shape: [2, 2]) { _ = $0.initialize(from: [1, 2, 3, 4]) }
    let b = Tensor<Float>(shape: [2, 2]) { _ = $0.initialize(from: [5, 6, 7, 8]) }
    #expect(a.matmul(b).scalars == [19, 22, 43, 50])
    #expect(a.matmul(b, transposingRight: true).scalars == [17, 23, 39, 53])
    #expect(a.matmul(b, transposingLeft: true).scalars == [26, 30, 38, 44])
  }

  @Test func integersWrapAround() {
    let a = Tensor<Int32>(shape: [1, 1]) { $0[0] = .max }
    let b = Tensor<Int32>(shape: [1, 1]) { $0[0] = 3 }
    #expect(a.matmul(b).scalars == [Int32.max &* 3])
    let bytes = Tensor<UInt8>(shape: [1, 2]) { _ = $0.initialize(from: [200, 100]) }
    #expect(bytes.matmul(bytes, transposingRight: true).scalars == [UInt8(truncatingIfNeeded: 50_000)])
  }

  @Test(arguments: [
    ([5], [5]), ([1], [4]), ([3, 1], [2]), ([2, 1, 3], [4, 1]), ([2], []), ([], [3, 2]), ([0, 2], [1, 2]),
  ])
  func leadingAxesBroadcast(left: [Int], right: [Int]) {
    for (m, n, k) in [(3, 4, 5), (20, 40, 7)] {
      for transposes in [(false, false), (false, true), (true, false), (true, true)] {
        let a = Self.numbers(Shape(left + (transposes.0 ? [k, m] : [m, k])), seed: 2, as: Double.self)
        let b = Self.numbers(Shape(right + (transposes.1 ? [n, k] : [k, n])), seed: 3, as: Double.self)
        let c = a.matmul(b, transposingLeft: transposes.0, transposingRight: transposes.1)
        let (sizes, pairs) = Self.broadcast(left, right)
        #expect(c.shape == Shape(sizes + [m, n]))
        let (x, y) = (a.scalars, b.scalars)
        var expected: [Double] = []
        for (first, second) in pairs {
          expected += Self.loop(
            m, n, k, x.dropFirst(first * m * k), y.dropFirst(second * k * n), transposes: transposes)
        }
        #expect(c.scalars == expected, "\(left) \(right) \(transposes)")
        let integers = Self.numbers(a.shape, seed: 2, as: Int64.self)
        let product = integers.matmul(
          Self.numbers(b.shape, seed: 3, as: Int64.self), transposingLeft: transposes.0, transposingRight: transposes.1)
        #expect(product.scalars.map(Double.init) == expected)
      }
    }
  }

  /// The result's leading axes and, for each of its matrices, the numbers of the operands' matrices: by coordinates.
  static func broadcast(_ left: [Int], _ right: [Int]) -> (sizes: [Int], pairs: [(Int, Int)]) {
    let rank = max(left.count, right.count)
    let a = Array(repeating: 1, count: rank - left.count) + left
    let b = Array(repeating: 1, count: rank - right.count) + right
    let sizes = zip(a, b).map { $0 == 1 ? $1 : $0 }
    var positions: [[Int]] = [[]]
    for size in sizes { positions = positions.flatMap { head in (0..<size).map { head + [$0] } } }
    func number(_ position: [Int], in sizes: [Int]) -> Int {
      var number = 0
      for (index, size) in zip(position, sizes) { number = number * size + (size == 1 ? 0 : index) }
      return number
    }
    return (sizes, positions.map { (number($0, in: a), number($0, in: b)) })
  }

  @Test func vectorsAreRowsAndColumns() {
    let matrix = Self.numbers([3, 4], seed: 1, as: Float.self)
    let three = Self.numbers([3], seed: 2, as: Float.self)
    let four = Self.numbers([4], seed: 3, as: Float.self)
    #expect(three.matmul(matrix).shape == [4])
    #expect(
      three.matmul(matrix).scalars
        == Self.loop(1, 4, 3, three.scalars[...], matrix.scalars[...], transposes: (false, false)))
    #expect(matrix.matmul(four).shape == [3])
    #expect(
      matrix.matmul(four).scalars
        == Self.loop(3, 1, 4, matrix.scalars[...], four.scalars[...], transposes: (false, false)))
    let batch = Self.numbers([2, 4, 3], seed: 4, as: Float.self)
    #expect(batch.matmul(three).shape == [2, 4])
    #expect(four.matmul(batch).shape == [2, 3])
  }

  @Test func dotAndOuter() {
    for count in [0, 1, 5, 100, 4099] {
      let a = Self.numbers([count], seed: 1, as: Double.self)
      let b = Self.numbers([count], seed: 2, as: Double.self)
      #expect(a.dot(b).shape == [])
      #expect(a.dot(b).scalars == [zip(a.scalars, b.scalars).reduce(0) { $0 + $1.0 * $1.1 }])
    }
    let a = Self.numbers([7], seed: 1, as: Int32.self)
    let b = Self.numbers([3], seed: 4, as: Int32.self)
    #expect(a.outer(b).shape == [7, 3])
    #expect(a.outer(b).scalars == a.scalars.flatMap { x in b.scalars.map { x * $0 } })
  }

  @Test func emptyInnerAxisGivesZeros() {
    let product = Tensor<Float>(shape: [2, 0]) { _ in }.matmul(Tensor(shape: [0, 3]) { _ in })
    #expect(product.shape == [2, 3])
    #expect(product.scalars == [Float](repeating: 0, count: 6))
    let none = Tensor<Float>(shape: [0, 4]) { _ in }.matmul(Self.numbers([4, 3], seed: 1, as: Float.self))
    #expect(none.shape == [0, 3])
  }

  @Test func wrongShapesAreNamed() async {
    let inner = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>(shape: [2, 3]) { _ in }.matmul(Tensor(shape: [4, 5]) { _ in }, transposingRight: true)
    }
    expect(
      inner,
      "[matmul] the inner sizes 3 and 5 differ: the left operand is [2, 3], the right one [4, 5] transposed")
    let leading = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>(shape: [2, 3, 3]) { _ in }.matmul(Tensor(shape: [5, 3, 3]) { _ in })
    }
    expect(
      leading,
      "[matmul] the leading axes do not broadcast: the left operand is [2, 3, 3], the right one [5, 3, 3]")
    let dot = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>(shape: [2]) { _ in }.dot(Tensor(shape: [3]) { _ in })
    }
    expect(dot, "[dot] both operands must be of rank 1 and equal length, they are [2] and [3]")
  }

  private func expect(_ result: ExitTest.Result?, _ message: String) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(message), "\(text)")
  }
}
