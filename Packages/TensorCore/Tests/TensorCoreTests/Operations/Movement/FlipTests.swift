import TensorCore
import Testing

@Suite struct FlipTests {
  @Test(arguments: scalarTypes)
  func reversesEverySetOfAxes(type: any TensorScalar.Type) {
    func check<Scalar: TensorScalar>(_ type: Scalar.Type) {
      for shape in shapes(for: type) {
        let x = numbered(shape, as: Scalar.self)
        let elements = x.scalars
        let last = shape.rank > 0 ? [-1] : []
        for axes in [[], Array(shape.indices), Array(shape.indices.prefix(1)), last] {
          let expected = tensor(shape) { index in
            var source = index
            for axis in axes {
              let axis = axis < 0 ? axis + shape.rank : axis
              source[axis] = shape[axis] - 1 - index[axis]
            }
            return elements[offset(of: source, in: shape)]
          }
          #expect(x.flipped(along: axes) == expected, "\(shape) \(axes)")
        }
      }
    }
    withThreadsAndPoison { check(type) }
  }

  @Test func stopsForWrongAxes() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).flipped(along: [2])
    }
    #expect(result1.says("[flipped] axis 2 does not exist in [2, 3], which has 2 axes"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).flipped(along: [0, -2])
    }
    #expect(result2.says("[flipped] the axes [0, -2] of [2, 3] name one axis twice"))
  }
}
