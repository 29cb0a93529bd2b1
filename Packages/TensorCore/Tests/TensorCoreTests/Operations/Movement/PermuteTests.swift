import TensorCore
import Testing

/// All orders of `0..<count`, or for more than four a few that move every axis.
private func orders(_ count: Int) -> [[Int]] {
  guard count <= 4 else {
    let plain = Array(0..<count)
    return [plain, plain.reversed(), Array(plain[2...] + plain[..<2]), plain[..<2] + plain[2...].reversed()]
  }
  var all: [[Int]] = [[]]
  for axis in 0..<count {
    all = all.flatMap { order in (0...order.count).map { order[..<$0] + [axis] + order[$0...] } }
  }
  return all
}

@Suite struct PermuteTests {
  @Test(arguments: scalarTypes)
  func permutesEveryOrder(type: any TensorScalar.Type) {
    func check<Scalar: TensorScalar>(_ type: Scalar.Type) {
      for shape in shapes(for: type) {
        let x = numbered(shape, as: Scalar.self)
        let elements = x.scalars
        for order in orders(shape.rank) {
          let expected = tensor(Shape(order.map { shape[$0] })) { index -> Scalar in
            var source = index
            for (place, axis) in order.enumerated() { source[axis] = index[place] }
            return elements[offset(of: source, in: shape)]
          }
          #expect(x.permuted(order) == expected, "\(shape) \(order)")
          #expect(x.permuted(order.map { $0 - shape.rank }) == expected)
        }
      }
    }
    withThreadsAndPoison { check(type) }
  }

  @Test func transposesTheLastTwoAxes() {
    let x = numbered([2, 3, 4], as: Float.self)
    #expect(x.transposed() == tensor([2, 4, 3]) { x[$0[0], $0[2], $0[1]] })
    #expect(x.transposed(0, -1) == tensor([4, 3, 2]) { x[$0[2], $0[1], $0[0]] })
  }

  @Test func stopsForWrongOrders() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).permuted([0])
    }
    #expect(result1.says("[permuted] the order [0] does not name every axis of [2, 3]"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).permuted([0, -2])
    }
    #expect(result2.says("[permuted] the axes [0, -2] of [2, 3] name one axis twice"))
    let result3 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).permuted([0, 2])
    }
    #expect(result3.says("[permuted] axis 2 does not exist in [2, 3], which has 2 axes"))
    let result4 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2]).transposed()
    }
    #expect(result4.says("[transposed] [2] has fewer than two axes"))
  }
}
