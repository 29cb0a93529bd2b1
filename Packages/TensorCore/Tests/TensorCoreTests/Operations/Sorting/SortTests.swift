import TensorCore
import Testing

@Suite struct SortTests {
  /// Whether `a` comes before `b` in ascending order, NaN last.
  private static func precedes<Scalar: NumericScalar>(_ a: Scalar, _ b: Scalar) -> Bool {
    if b != b { return a == a }
    return a < b
  }

  /// The places of a line's elements by insertion, which is stable.
  private static func order<Scalar: NumericScalar>(_ line: [Scalar], descending: Bool) -> [Int] {
    var places: [Int] = []
    for place in line.indices {
      let after = places.firstIndex {
        descending ? precedes(line[$0], line[place]) : precedes(line[place], line[$0])
      }
      places.insert(place, at: after ?? places.count)
    }
    return places
  }

  @Test(arguments: [Float.self, Double.self, Int32.self, Int64.self, UInt8.self] as [any NumericScalar.Type])
  func sortsAlongEveryAxis(type: any NumericScalar.Type) {
    func check<Scalar: NumericScalar>(_ type: Scalar.Type) {
      for shape in shapes {
        for axis in shape.indices {
          let x: Tensor<Scalar> = Tensor(
            (0..<shape.count).map { scalar(($0 * 31 + $0 / 7) % 13 - (Scalar.elementType == .uint8 ? 0 : 6)) },
            shape: shape)
          for descending in [false, true] {
            checkLines(of: x, axis: axis, descending: descending)
          }
        }
      }
    }
    func checkLines<Scalar: NumericScalar>(of x: Tensor<Scalar>, axis: Int, descending: Bool) {
      let (values, places) = x.sorted(along: axis, descending: descending)
      #expect(values == x.gather(places, along: axis))
      #expect(x.argsort(along: axis - x.rank, descending: descending) == places)
      let (elements, numbers) = (x.scalars, places.scalars)
      for start in indices(of: x.shape) where start[axis] == 0 {
        let line = (0..<x.shape[axis]).map { place -> Int in
          var index = start
          index[axis] = place
          return offset(of: index, in: x.shape)
        }
        let expected = Self.order(line.map { elements[$0] }, descending: descending)
        #expect(line.map { Int(numbers[$0]) } == expected)
      }
      let count = x.shape[axis] / 2
      let top = x.topK(count, along: axis)
      let sorted = x.sorted(along: axis, descending: true)
      #expect(top.values == sorted.values.slice(axis: axis, range: 0..<count))
      #expect(top.indices == sorted.indices.slice(axis: axis, range: 0..<count))
    }
    withThreadsAndPoison { check(type) }
  }

  @Test(arguments: [false, true])
  func notANumberIsLargest(isDouble: Bool) {
    func check<Scalar: FloatingScalar>(_ type: Scalar.Type) {
      let x = Tensor<Scalar>([3, .nan, -.infinity, 0, -0.0, .infinity, -.nan, -2, .leastNonzeroMagnitude])
      #expect(x.argsort() == [2, 7, 3, 4, 8, 0, 5, 1, 6])
      #expect(x.argsort(descending: true) == [1, 6, 5, 0, 8, 3, 4, 7, 2])
      #expect(x.topK(2).indices == [1, 6])
      #expect(x.sorted().values.scalars[8].isNaN)
    }
    if isDouble { check(Double.self) } else { check(Float.self) }
  }

  @Test func extremesOfWholeNumbersKeepTheirOrder() {
    #expect(Tensor<Int64>([0, .max, .min, -1, 1]).argsort() == [2, 3, 0, 4, 1])
    #expect(Tensor<Int32>([0, .max, .min, -1, 1]).argsort(descending: true) == [1, 4, 0, 3, 2])
    #expect(Tensor<UInt8>([128, 255, 0, 127]).argsort() == [2, 3, 0, 1])
    // Neighbours that differ below the precision of Double.
    #expect(Tensor<Int64>([1 << 60 + 1, 1 << 60]).argsort() == [1, 0])
  }

  @Test func manyLinesSortAlikeOnTwoThreads() {
    var random = RandomStream(seed: 1)
    let x = Tensor<Float>.uniform([200, 400], using: &random)
    withThreadsAndPoison {
      let expected = (0..<200).flatMap { x.element(at: $0).scalars.sorted() }
      #expect(x.sorted().values.scalars == expected)
    }
  }

  @Test func fewOfManyAreTheFirstOfTheSorted() {
    var random = RandomStream(seed: 2)
    // Eighths, so that many are equal.
    let x = (Tensor<Float>.uniform([30, 500, 3], using: &random) * 8).floor()
    withThreadsAndPoison {
      for count in [0, 1, 5, 31, 32] {
        let top = x.topK(count, along: 1)
        let sorted = x.sorted(along: 1, descending: true)
        #expect(top.values == sorted.values.slice(axis: 1, range: 0..<count))
        #expect(top.indices == sorted.indices.slice(axis: 1, range: 0..<count))
      }
    }
  }

  @Test func stopsForTooManyElements() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).topK(4)
    }
    #expect(result1.says("[topK] there are no 4 elements along axis 1 of [2, 3]"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>(1).sorted()
    }
    #expect(result2.says("[sorted] axis -1 does not exist in [], which has 0 axes"))
  }
}
