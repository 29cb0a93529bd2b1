import TensorCore
import Testing

@Suite struct TakeTests {
  @Test(arguments: scalarTypes)
  func takesAlongEveryAxis(type: any TensorScalar.Type) {
    func check<Scalar: TensorScalar>(_ type: Scalar.Type) {
      for (shape, axis, count) in indexings(for: type) {
        let x = numbered(shape, as: Scalar.self)
        let elements = x.scalars
        for form: Shape in [[count], [1, count]] where shape.rank + form.rank - 1 <= Shape.maximumRank {
          let places = scattered(form, below: shape[axis])
          let numbers = places.scalars
          let expected = tensor(Shape(shape.sizes[..<axis] + form.sizes + shape.sizes[(axis + 1)...])) { index in
            let number = numbers[offset(of: Array(index[axis..<(axis + form.rank)]), in: form)]
            return elements[offset(of: index[..<axis] + [Int(number)] + index[(axis + form.rank)...], in: shape)]
          }
          #expect(x.take(places, along: axis) == expected, "\(shape) \(axis)")
          #expect(x.take(places, along: axis - shape.rank) == expected)
        }
      }
    }
    withThreadsAndPoison { check(type) }
  }

  @Test func oneIndexOfRankZeroTakesTheAxisAway() {
    let x = numbered([3, 4], as: Float.self)
    #expect(x.take(Tensor<Int64>(2)) == [9, 10, 11, 12])
    #expect(x.take(Tensor<Int64>(1), along: 1) == [2, 6, 10])
  }

  @Test func theGradientAddsWhatWasTakenTwice() {
    withThreadsAndPoison {
      for (shape, axis, count) in indexings(for: Double.self) where shape[axis] > 0 {
        let places = scattered([count], below: shape[axis])
        let numbers = places.scalars
        var sizes = shape.sizes
        sizes[axis] = count
        let gradient = numbered(Shape(sizes), as: Double.self)
        var expected = [Double](repeating: 0, count: shape.count)
        for (number, index) in indices(of: gradient.shape).enumerated() {
          var target = index
          target[axis] = Int(numbers[index[axis]])
          expected[offset(of: target, in: shape)] += Double(number + 1)
        }
        let result = gradient.takeGradient(places, along: axis, inputShape: shape)
        #expect(result == Tensor(expected, shape: shape), "\(shape) \(axis)")
      }
    }
  }

  @Test func theGradientOfManyRowsHasTheSameBitsOnTwoThreads() {
    var random = RandomStream(seed: 1)
    let gradient = Tensor<Float>.normal([3000, 50], using: &random)
    let places = scattered([3000], below: 9)
    var results: [Tensor<Float>] = []
    withThreadsAndPoison { results.append(gradient.takeGradient(places, inputShape: [9, 50])) }
    #expect(results[0] == results[1])
  }

  @Test func stopsForIndicesOutside() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).take([0, 1, 2])
    }
    #expect(result1.says("[take] index 2, number 2, is not inside axis 0 of [2, 3]"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).takeGradient([0], inputShape: [2, 3])
    }
    #expect(result2.says("[take gradient] indices [1] into [2, 3] give [1, 3], the gradient is [2, 3]"))
  }
}
