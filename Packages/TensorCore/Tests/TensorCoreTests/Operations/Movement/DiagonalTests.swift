import TensorCore
import Testing

@Suite struct DiagonalTests {
  @Test(arguments: scalarTypes)
  func takesAndMakesDiagonals(type: any TensorScalar.Type) {
    func check<Scalar: TensorScalar>(_ type: Scalar.Type) {
      for shape in shapes where shape.rank >= 2 {
        let x = numbered(shape, as: Scalar.self)
        let elements = x.scalars
        let (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
        let expected = tensor(Shape(shape.sizes.dropLast(2) + [min(rows, columns)])) { index in
          elements[offset(of: index + [index[index.count - 1]], in: shape)]
        }
        #expect(x.diagonal() == expected, "\(shape)")
      }
      for shape in shapes where (1..<Shape.maximumRank).contains(shape.rank) {
        let x = numbered(shape, as: Scalar.self)
        let elements = x.scalars
        let expected = tensor(Shape(shape.sizes + [shape[shape.rank - 1]])) { index -> Scalar in
          index[shape.rank] == index[shape.rank - 1] ? elements[offset(of: index.dropLast(), in: shape)] : .zero
        }
        #expect(x.diagonalMatrix() == expected, "\(shape)")
      }
    }
    withThreadsAndPoison { check(type) }
  }

  @Test func identityIsTheDiagonalOfOnes() {
    #expect(Tensor<Float>.identity(3) == [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    #expect(Tensor<Int32>.identity(0).shape == [0, 0])
  }

  @Test func stopsForTooFewAxes() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2]).diagonal()
    }
    #expect(result1.says("[diagonal] [2] has fewer than two axes"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>(1).diagonalMatrix()
    }
    #expect(result2.says("[diagonalMatrix] a tensor of rank 0 has no axis"))
  }
}
