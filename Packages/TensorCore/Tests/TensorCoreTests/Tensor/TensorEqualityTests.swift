import TensorCore
import Testing

@Suite struct TensorEqualityTests {
  @Test(arguments: scalarTypes)
  func equalMeansShapeAndElements(type: any TensorScalar.Type) {
    func check<Scalar: TensorScalar>(_ type: Scalar.Type) {
      for shape in shapes {
        let x = numbered(shape, as: Scalar.self)
        #expect(x == numbered(shape, as: Scalar.self))
        #expect(x != x.flattened().padded([(0, 1)]))
        guard shape.count > 0 else { continue }
        for place in [0, shape.count / 2, shape.count - 1] {
          var elements = x.scalars
          elements[place] = elements[place] == scalar(1) ? scalar(2) : scalar(1)
          #expect(x != Tensor(elements, shape: shape))
        }
      }
    }
    check(type)
  }

  @Test func shapesMustAgree() {
    #expect(Tensor<Float>.zeros([2, 3]) != .zeros([3, 2]))
    #expect(Tensor<Float>.zeros([0, 2]) != .zeros([0, 3]))
    #expect(Tensor<Float>(1) != [1])
  }

  @Test func numbersFollowTheirRules() {
    let x = Tensor<Float>([1, .nan])
    #expect(x != x)
    #expect(Tensor<Double>([0.0]) == Tensor([-0.0]))
  }
}
