import TensorCore
import Testing

/// Indices below `length` without order, some of them several times.
func scattered(_ shape: Shape, below length: Int) -> Tensor<Int64> {
  Tensor((0..<shape.count).map { Int64(($0 * 7 + $0 / 5) % max(length, 1)) }, shape: shape)
}

/// The shapes that have an axis to index, each with its axes and some numbers of indices.
func indexings<Scalar>(for type: Scalar.Type) -> [(shape: Shape, axis: Int, count: Int)] {
  shapes(for: type).flatMap { shape in
    shape.indices.flatMap { axis in
      (shape[axis] == 0 ? [0] : [0, 1, shape[axis] + 2]).map { (shape, axis, $0) }
    }
  }
}

@Suite struct GatherTests {
  @Test(arguments: scalarTypes)
  func gathersAlongEveryAxis(type: any TensorScalar.Type) {
    func check<Scalar: TensorScalar>(_ type: Scalar.Type) {
      for (shape, axis, count) in indexings(for: type) {
        let x = numbered(shape, as: Scalar.self)
        let elements = x.scalars
        var sizes = shape.sizes
        sizes[axis] = count
        let places = scattered(Shape(sizes), below: shape[axis])
        let numbers = places.scalars
        let expected = tensor(places.shape) { index in
          var source = index
          source[axis] = Int(numbers[offset(of: index, in: places.shape)])
          return elements[offset(of: source, in: shape)]
        }
        #expect(x.gather(places, along: axis) == expected, "\(shape) \(axis)")
        #expect(x.gather(places, along: axis - shape.rank) == expected)
      }
    }
    withThreadsAndPoison { check(type) }
  }

  @Test(arguments: [Float.self, Double.self, Int32.self, Int64.self, UInt8.self] as [any NumericScalar.Type])
  func scattersAlongEveryAxis(type: any NumericScalar.Type) {
    func check<Scalar: NumericScalar>(_ type: Scalar.Type) {
      for (shape, axis, count) in indexings(for: type) {
        let x = numbered(shape, as: Scalar.self)
        var sizes = shape.sizes
        sizes[axis] = count
        let places = scattered(Shape(sizes), below: shape[axis])
        let numbers = places.scalars
        let values = tensor(places.shape) { index -> Scalar in scalar(index.reduce(1, +) % 11) }
        var expected = x.scalars
        for (number, index) in indices(of: places.shape).enumerated() {
          var target = index
          target[axis] = Int(numbers[number])
          let place = offset(of: target, in: shape)
          expected[place] = wrappingSum(expected[place], values.scalars[number])
        }
        var sums = x
        sums.scatterAdd(values, at: places, along: axis)
        #expect(sums == Tensor(expected, shape: shape), "\(shape) \(axis)")
      }
    }
    withThreadsAndPoison { check(type) }
  }

  @Test func theGradientOfGatherAddsWhatWasTakenTwice() {
    let gradient: Tensor<Double> = [[1, 2, 4], [8, 16, 32]]
    let places: Tensor<Int64> = [[0, 0, 1], [1, 0, 1]]
    #expect(gradient.gatherGradient(places, along: 1, inputShape: [2, 2]) == [[3, 4], [16, 40]])
  }

  @Test func scatteringNeverShowsInCopies() {
    var x = Tensor<Float>.zeros([3])
    let copy = x
    x.scatterAdd([1], at: [2], along: 0)
    #expect(x == [0, 0, 1])
    #expect(copy == [0, 0, 0])
  }

  @Test func sameBitsWithOneAndTwoThreads() {
    var random = RandomStream(seed: 1)
    let values = Tensor<Float>.normal([5000, 64], using: &random)
    let places = scattered([5000, 64], below: 7)
    var results: [Tensor<Float>] = []
    withThreadsAndPoison { results.append(values.gatherGradient(places, along: 0, inputShape: [7, 64])) }
    #expect(results[0] == results[1])
  }

  @Test func stopsForIndicesOutside() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).gather([[0, 3], [0, 0]], along: 1)
    }
    #expect(result1.says("[gather] index 3, number 1, is not inside axis 1 of [2, 3]"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).gather([[0], [0], [0]], along: -1)
    }
    #expect(result2.says("[gather] the indices [3, 1] and [2, 3] differ outside axis 1"))
    let result3 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor<Float>.zeros([2, 3])
      x.scatterAdd([[1], [1]], at: [[0], [-1]], along: 1)
    }
    #expect(result3.says("[scatterAdd] index -1, number 1, is not inside axis 1 of [2, 3]"))
    let result4 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor<Float>.zeros([2, 3])
      x.scatterAdd([[1, 1], [1, 1]], at: [[0], [0]], along: 1)
    }
    #expect(result4.says("[scatterAdd] the values are [2, 2], their indices [2, 1]"))
  }
}

/// The sum; of whole numbers modulo the size of their type.
private func wrappingSum<Scalar: NumericScalar>(_ a: Scalar, _ b: Scalar) -> Scalar {
  if let a = a as? UInt8, let b = b as? UInt8 { return scalar(Int(a &+ b)) }
  return a + b
}
