import TensorCore
import Testing

@Suite struct BroadcastTests {
  private static let broadcasts: [(from: Shape, to: Shape)] = [
    ([], []), ([], [3]), ([], [2, 0]), ([1], [5]), ([3], [2, 3]), ([2, 1], [2, 3]), ([1, 3], [4, 3]),
    ([1, 1], [0, 3]), ([2, 1, 3, 1], [2, 4, 3, 5]), ([4, 1], [2, 3, 4, 5]), ([1], [2, 1, 2, 1, 2, 1, 2, 1]),
    ([0, 1], [0, 4]), ([150, 1], [150, 517]), ([517], [150, 517]),
  ]

  @Test(arguments: scalarTypes)
  func repeatsToTheShape(type: any TensorScalar.Type) {
    func check<Scalar: TensorScalar>(_ type: Scalar.Type) {
      for (from, to) in Self.broadcasts {
        let x = numbered(from, as: Scalar.self)
        let elements = x.scalars
        let expected = tensor(to) { index in
          elements[offset(of: zip(index.suffix(from.rank), from).map { $1 == 1 ? 0 : $0 }, in: from)]
        }
        #expect(x.broadcast(to: to) == expected, "\(from) \(to)")
      }
    }
    withThreadsAndPoison { check(type) }
  }

  @Test(arguments: scalarTypes)
  func tilesAndRepeats(type: any TensorScalar.Type) {
    func check<Scalar: TensorScalar>(_ type: Scalar.Type) {
      for shape in shapes {
        let x = numbered(shape, as: Scalar.self)
        let elements = x.scalars
        for counts in [shape.map { _ in 1 }, shape.indices.map { $0 < 3 ? 3 - $0 : 1 }, shape.indices.map { $0 % 2 }] {
          let expected = tensor(Shape(zip(shape, counts).map { $0 * $1 })) { index in
            elements[offset(of: zip(index, shape).map { $0 % $1 }, in: shape)]
          }
          #expect(x.tiled(counts) == expected, "\(shape) \(counts)")
        }
        for axis in shape.indices {
          for count in [0, 1, 3] {
            var sizes = shape.sizes
            sizes[axis] *= count
            let expected = tensor(Shape(sizes)) { index in
              var source = index
              source[axis] /= count
              return elements[offset(of: source, in: shape)]
            }
            #expect(x.repeated(count, along: axis) == expected)
            #expect(x.repeated(count, along: axis - shape.rank) == expected)
          }
        }
      }
    }
    withThreadsAndPoison { check(type) }
  }

  @Test func theSameShapeSharesMemory() {
    let x = numbered([2, 3], as: Float.self)
    #expect(x.broadcast(to: [2, 3]).address == x.address)
  }

  @Test func stopsForShapesThatDoNotFit() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).broadcast(to: [4, 3])
    }
    #expect(result1.says("[broadcast] [2, 3] cannot be repeated to [4, 3]"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 3]).broadcast(to: [3])
    }
    #expect(result2.says("[broadcast] [1, 3] cannot be repeated to [3]"))
    let result3 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 3]).tiled([2])
    }
    #expect(result3.says("[tiled] [1, 3] needs 2 counts of at least 0, not [2]"))
    let result4 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 3]).repeated(-1, along: 0)
    }
    #expect(result4.says("[repeated] the count -1 is negative"))
  }
}
