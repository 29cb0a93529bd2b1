import TensorCore
import Testing

/// The product over raw memory against a triple loop in Double, in every kernel form that this machine has.
///
/// What changes the active form or the number of threads runs in a process of its own (an exit test), since other tests
/// multiply at the same time.
struct GemmTests {
  /// A matrix with room around it: row i at offset + i * stride.
  struct Matrix<Scalar: FloatingScalar> {
    let rows: Int
    let columns: Int
    let stride: Int
    var elements: [Scalar]

    init(_ rows: Int, _ columns: Int, margin: Int, seed: UInt64) {
      (self.rows, self.columns, stride) = (rows, columns, columns + margin)
      var state = seed
      elements = (0..<max(1, rows * stride)).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Scalar(Int(state >> 40) - (1 << 23)) / Scalar(1 << 23)
      }
    }

    func element(_ i: Int, _ j: Int, transposed: Bool) -> Double {
      Double(transposed ? elements[j * stride + i] : elements[i * stride + j])
    }
  }

  struct Case: CustomStringConvertible {
    var m = 1
    var n = 1
    var k = 1
    var transposesLeft = false
    var transposesRight = false
    var accumulates = false
    var margin = 0
    var description: String {
      "\(m)×\(k)\(transposesLeft ? "ᵀ" : "") · \(k)×\(n)\(transposesRight ? "ᵀ" : "") + \(accumulates) margin \(margin)"
    }
  }

  static func multiply<Scalar: FloatingScalar>(
    _ a: Matrix<Scalar>, _ b: Matrix<Scalar>, _ c: inout Matrix<Scalar>, _ test: Case
  ) {
    a.elements.withUnsafeBufferPointer { a0 in
      b.elements.withUnsafeBufferPointer { b0 in
        c.elements.withUnsafeMutableBufferPointer { c0 in
          guard let a0 = a0.baseAddress, let b0 = b0.baseAddress, let c0 = c0.baseAddress else { return }
          gemm(
            test.m, test.n, test.k, MatrixView(a0, stride: a.stride, transposed: test.transposesLeft),
            MatrixView(b0, stride: b.stride, transposed: test.transposesRight),
            into: MutableMatrixView(c0, rowStride: c.stride), accumulating: test.accumulates)
        }
      }
    }
  }

  typealias Operands<Scalar: FloatingScalar> = (a: Matrix<Scalar>, b: Matrix<Scalar>, c: Matrix<Scalar>)

  static func operands<Scalar: FloatingScalar>(_ test: Case) -> Operands<Scalar> {
    let (m, n, k) = (test.m, test.n, test.k)
    return (
      Matrix(test.transposesLeft ? k : m, test.transposesLeft ? m : k, margin: test.margin, seed: 1),
      Matrix(test.transposesRight ? n : k, test.transposesRight ? k : n, margin: test.margin, seed: 2),
      Matrix(m, n, margin: test.margin, seed: 3)
    )
  }

  /// The largest error relative to Σ|a||b| + |c|, in units of the type's rounding; -1 if C's margin was written to.
  static func error<Scalar: FloatingScalar>(of test: Case, in type: Scalar.Type) -> Double {
    let (a, b, before): Operands<Scalar> = operands(test)
    var c = before
    multiply(a, b, &c, test)
    var worst = 0.0
    for i in 0..<test.m {
      for j in 0..<c.stride where j >= test.n {
        guard c.elements[i * c.stride + j] == before.elements[i * c.stride + j] else { return -1 }
      }
      for j in 0..<test.n {
        var sum = test.accumulates ? before.element(i, j, transposed: false) : 0
        var size = abs(sum) + 1e-30
        for p in 0..<test.k {
          let left = a.element(i, p, transposed: test.transposesLeft)
          let term = left * b.element(p, j, transposed: test.transposesRight)
          sum += term
          size += abs(term)
        }
        let error = abs(c.element(i, j, transposed: false) - sum) / size
        worst = error.isNaN ? .infinity : max(worst, error)
      }
    }
    return worst / Double(Scalar.ulpOfOne)
  }

  /// For exit tests only.
  static func forEachForm(_ body: () -> Void) {
    BlockPool.poisonsBlocks = true
    for form in KernelForm.allCases where form.isSupported {
      KernelForm.active = form
      body()
    }
  }

  /// Sizes on both sides of the vectors (4, 8, 16), the tiles (6, 14 rows; 8, 16, 32 columns) and of one element.
  static let edges = [1, 2, 3, 5, 6, 7, 13, 14, 15, 16, 17, 28, 29, 31, 32, 33, 47, 48, 64, 65]

  @Test func everyTileEdge() async {
    await #expect(processExitsWith: .success) {
      GemmTests.forEachForm { GemmTests.checkEdges() }
    }
  }

  static func checkEdges() {
    for m in edges {
      for (index, n) in edges.enumerated() {
        var test = Case(m: m, n: n, k: edges[(index * 7 + m) % edges.count])
        test.transposesLeft = (index + m) % 2 == 1
        test.transposesRight = (index / 2 + m) % 2 == 1
        test.accumulates = (index + m) % 3 == 0
        test.margin = (index + m) % 4
        check(test, within: 4)
      }
    }
  }

  /// Few rows by columns in one piece: scalar products. Around the lanes of k and the groups of rows and columns.
  @Test func scalarProducts() async {
    await #expect(processExitsWith: .success) {
      GemmTests.forEachForm {
        for k in [64, 65, 79, 80, 127, 128, 200, 1025] {
          for m in 1...9 {
            for n in [1, 2, 4, 5, 7, 8, 130] {
              let test = Case(m: m, n: n, k: k, transposesRight: true, accumulates: (m + n) % 2 == 0, margin: n % 3)
              GemmTests.check(test, within: 20)
              if n == 1 { GemmTests.check(Case(m: 10 * m, n: 1, k: k, accumulates: m % 2 == 0), within: 20) }
            }
          }
        }
      }
    }
  }

  /// A row by a matrix, and a matrix by a column: sums of scaled rows. Around the groups of rows, the lanes and the stretch.
  @Test func singleRowsAndColumns() async {
    await #expect(processExitsWith: .success) {
      GemmTests.forEachForm {
        for k in [1, 2, 3, 4, 5, 9, 64, 301] {
          for n in [1, 2, 15, 16, 17, 1023, 1024, 1029, 2100] {
            var test = Case(m: 1, n: n, k: k, transposesLeft: k % 2 == 0, accumulates: n % 2 == 0, margin: k % 3)
            GemmTests.check(test, within: 20)
            test = Case(m: n, n: 1, k: k, transposesLeft: true, transposesRight: k % 2 == 0, accumulates: n % 2 == 1)
            GemmTests.check(test, within: 20)
          }
        }
      }
    }
  }

  /// Some rows by a matrix that no cache holds, either way round: more rows than are taken at a time, stretches and their rests.
  @Test func someRowsByMatricesInMemory() async {
    await #expect(processExitsWith: .success) {
      GemmTests.forEachForm {
        for (m, n, k) in [(9, 2055, 1043), (17, 1043, 2055)] {
          for transposesRight in [false, true] {
            let test = Case(
              m: m, n: n, k: k, transposesLeft: m == 9 && !transposesRight, transposesRight: transposesRight,
              accumulates: m == 17, margin: 1)
            GemmTests.check(test, within: 60)
          }
        }
      }
    }
  }

  /// A long k and a small result: stretches of k, added in order.
  @Test func longSums() async {
    await #expect(processExitsWith: .success) {
      GemmTests.forEachForm {
        for (m, n, k) in [(20, 30, 3072), (33, 9, 5000), (14, 32, 25_000)] {
          for accumulates in [false, true] {
            let test = Case(m: m, n: n, k: k, transposesLeft: true, accumulates: accumulates, margin: 2)
            GemmTests.check(test, within: 40)
          }
        }
      }
    }
  }

  static func check(_ test: Case, within bound: Double) {
    #expect((0...bound).contains(error(of: test, in: Float.self)), "Float \(KernelForm.active) \(test)")
    #expect((0...bound).contains(error(of: test, in: Double.self)), "Double \(KernelForm.active) \(test)")
  }

  @Test func everyTransposeAcrossBlocks() async {
    await #expect(processExitsWith: .success) {
      GemmTests.forEachForm { GemmTests.checkBlocks() }
    }
  }

  static func checkBlocks() {
    for (m, n, k) in [(131, 77, 800), (64, 120, 400), (300, 270, 100), (3, 500, 257), (500, 3, 391), (20, 20, 1600)] {
      for (left, right) in [(false, false), (false, true), (true, false), (true, true)] {
        var test = Case(m: m, n: n, k: k, transposesLeft: left, transposesRight: right, margin: 3)
        test.accumulates = left == right
        check(test, within: 20)
      }
    }
  }

  @Test func sameBitsForAnyNumberOfThreads() async {
    await #expect(processExitsWith: .success) { GemmTests.checkThreads() }
  }

  static func checkThreads() {
    for (m, n, k) in [(400, 300, 900), (64, 120, 400), (90, 700, 120), (12, 12, 5000), (5, 3000, 700), (700, 5000, 20)]
    {
      let test = Case(m: m, n: n, k: k, transposesRight: true)
      let results = [1, 2, 3].map { count in
        ThreadPool.threadCount = count
        var (a, b, c): Operands<Float> = operands(test)
        multiply(a, b, &c, test)
        return c.elements.map(\.bitPattern)
      }
      #expect(results[0] == results[1], "\(test)")
      #expect(results[0] == results[2], "\(test)")
    }
  }

  @Test func emptySizes() {
    for accumulates in [false, true] {
      var test = Case(m: 3, n: 4, k: 0, accumulates: accumulates, margin: 1)
      #expect(Self.error(of: test, in: Float.self) == 0)
      test.m = 0
      #expect(Self.error(of: test, in: Float.self) == 0)
      (test.m, test.n) = (3, 0)
      #expect(Self.error(of: test, in: Double.self) == 0)
    }
  }

  /// Zero times NaN and zero times infinity are NaN, wherever they stand; rows without them stay clean.
  @Test func notANumberSpreads() async {
    await #expect(processExitsWith: .success) {
      GemmTests.forEachForm { GemmTests.checkNotANumber() }
    }
  }

  static func checkNotANumber() {
    for (m, n, k) in [(3, 4, 5), (40, 70, 90), (1, 100, 64), (100, 1, 64), (4, 6, 3100)] {
      let test = Case(m: m, n: n, k: k)
      var (a, b, c): Operands<Float> = operands(test)
      a.elements = a.elements.map { _ in 0 }
      b.elements[(k - 1) * n + n - 1] = .infinity
      a.elements[(m - 1) * k] = .nan
      multiply(a, b, &c, test)
      for i in 0..<m {
        for j in 0..<n {
          let isBad = i == m - 1 || j == n - 1
          #expect(c.elements[i * n + j].isNaN == isBad, "\(KernelForm.active) \(test) [\(i), \(j)]")
        }
      }
    }
  }
}
