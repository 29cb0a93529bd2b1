import Autograd

/// Products of matrices and vectors.
enum ProductCases {
  static let all: [OperationCase] = plain + batched + vectors

  /// m, n, k: around the tiles of each form, few rows, long sums, and large enough for several threads.
  private static let sizes: [(m: Int, n: Int, k: Int)] = [
    (1, 1, 1), (0, 3, 2), (2, 0, 3), (2, 3, 0), (1, 1, 17), (1, 17, 1), (17, 1, 1), (2, 3, 4), (3, 4, 5), (4, 4, 4),
    (5, 7, 3), (7, 5, 9), (8, 8, 8), (9, 15, 7), (1, 33, 20), (1, 40, 65), (3, 5, 70), (8, 9, 64), (9, 8, 65),
    (13, 17, 11), (14, 32, 16), (15, 33, 17), (16, 16, 16), (17, 31, 5), (29, 49, 13), (28, 64, 6), (33, 5, 40),
    (6, 65, 31), (65, 6, 31), (1, 130, 400), (12, 96, 390), (57, 97, 33),
  ]
  private static let large: [(m: Int, n: Int, k: Int)] = [(130, 150, 90), (7, 9, 3200), (3, 700, 300), (1, 1200, 130)]

  private static let plain: [OperationCase] = (sizes + large).flatMap { m, n, k in
    [(false, false), (true, false), (false, true), (true, true)].map { left, right in
      matmul(left ? [k, m] : [m, k], right ? [n, k] : [k, n], left, right)
    }
  }

  private static let batches: [(left: [Int], right: [Int])] = [
    ([2, 3, 4], [2, 4, 5]), ([2, 3, 4], [4, 5]), ([3, 4], [2, 4, 5]), ([2, 1, 3, 4], [3, 4, 5]),
    ([1, 3, 4], [5, 4, 2]),
    ([0, 3, 4], [4, 5]), ([2, 3, 17, 5], [2, 3, 5, 16]), ([7, 1, 9], [7, 9, 1]), ([4, 2, 2], [4, 2, 2]),
    ([3, 1, 1, 8], [1, 2, 8, 3]), ([40, 16, 33], [40, 33, 17]), ([60, 9, 20], [20, 30]),
  ]

  private static let batched: [OperationCase] = batches.flatMap { left, right in
    [(false, false), (true, false), (false, true), (true, true)].map { swapLeft, swapRight in
      matmul(swapLeft ? swapped(left) : left, swapRight ? swapped(right) : right, swapLeft, swapRight)
    }
  }

  private static func swapped(_ sizes: [Int]) -> [Int] {
    sizes.dropLast(2) + [sizes[sizes.count - 1], sizes[sizes.count - 2]]
  }

  private static func matmul(_ left: [Int], _ right: [Int], _ swapsLeft: Bool, _ swapsRight: Bool) -> OperationCase {
    let name = "\(swapsLeft ? "Aᵀ" : "A")\(swapsRight ? "Bᵀ" : "B")"
    return OperationCase(name, [Input(left), Input(right)]) {
      $0[0].matmul($0[1], transposingLeft: swapsLeft, transposingRight: swapsRight)
    } is: {
      product($0[0], $0[1], swapsLeft, swapsRight)
    }
  }

  private static func product(_ a: Reference, _ b: Reference, _ swapsLeft: Bool, _ swapsRight: Bool) -> Reference {
    let (left, right) = (swapsLeft ? swapped(a.sizes) : a.sizes, swapsRight ? swapped(b.sizes) : b.sizes)
    let (m, k, n) = (left[left.count - 2], left[left.count - 1], right[right.count - 1])
    let batch = broadcastSizes(left.dropLast(2), right.dropLast(2))
    var result = Reference(batch + [m, n])
    for (number, index) in indices(of: batch).enumerated() {
      let from = start(a, index), other = start(b, index)
      for i in 0..<m {
        for j in 0..<n {
          var sum = 0.0
          for p in 0..<k {
            sum +=
              a.elements[from + (swapsLeft ? p * m + i : i * k + p)]
              * b.elements[other + (swapsRight ? j * k + p : p * n + j)]
          }
          result.elements[(number * m + i) * n + j] = sum
        }
      }
    }
    return result
  }

  /// Where the matrix begins that broadcasting puts at `index` of a batch.
  private static func start(_ x: Reference, _ index: [Int]) -> Int {
    let batch = x.sizes.dropLast(2)
    let place = zip(index.suffix(batch.count), batch).reduce(0) { $0 * $1.1 + ($1.1 == 1 ? 0 : $1.0) }
    return place * x.sizes.suffix(2).reduce(1, *)
  }

  private static let vectors: [OperationCase] =
    [0, 1, 3, 4, 7, 8, 15, 16, 17, 33, 65, 1000, 40_000].map { count in
      // What the sum's rounding goes by is the size of its terms.
      OperationCase("dot", [Input([count]), Input([count])], bounds: .init(floor: 0.01 * Double(count + 1))) {
        $0[0].dot($0[1])
      } is: {
        Reference(zip($0[0].elements, $0[1].elements).reduce(0) { $0 + $1.0 * $1.1 })
      }
    }
    + [(1, 1), (3, 4), (0, 3), (17, 5), (16, 33), (65, 1), (300, 200)].map { m, n in
      OperationCase("outer", [Input([m]), Input([n])]) {
        $0[0].outer($0[1])
      } is: { inputs in
        Reference([m, n]) { inputs[0][$0[0]] * inputs[1][$0[1]] }
      }
    }
}
