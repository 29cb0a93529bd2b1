import TensorCore
import Testing

@Suite struct TensorCreationTests {
  @Test func literalsNestToAnyRank() {
    let matrix: Tensor<Float> = [[1, 2], [3, 4.5]]
    #expect(matrix.shape == [2, 2])
    #expect(matrix.scalars == [1, 2, 3, 4.5])
    let cube: Tensor<Int64> = [[[1, -2]], [[3, 4]], [[5, 6]]]
    #expect(cube.shape == [3, 1, 2])
    #expect(cube.scalars == [1, -2, 3, 4, 5, 6])
    #expect(([true, false] as Tensor<Bool>).scalars == [true, false])
    #expect(([] as Tensor<Float>).shape == [0])
    #expect(([[], []] as Tensor<UInt8>).shape == [2, 0])
    #expect(([[[[[[[[7]]]]]]]] as Tensor<Double>).shape == [1, 1, 1, 1, 1, 1, 1, 1])
  }

  @Test func scalarsAndArrays() {
    #expect(Tensor<Float>(3).shape == [])
    #expect(Tensor<Float>(3).scalar == 3)
    #expect(Tensor<Bool>(true).scalar)
    #expect(Tensor<Int32>([1, 2, 3]).shape == [3])
    #expect(Tensor([Double]()).shape == [0])
    #expect(Tensor([1, 2, 3, 4, 5, 6] as [UInt8], shape: [2, 3])[1, 0] == 4)
    #expect(Tensor([Float](), shape: [2, 0]).count == 0)
  }

  @Test func dataFromOutsideThrows() {
    let error = #expect(throws: ShapeError.self) { try Tensor(checking: [1, 2, 3] as [Float], shape: [2, 2]) }
    #expect(error?.description == "the shape [2, 2] needs 4 elements, there are 3")
    #expect((try? Tensor(checking: [1, 2] as [Float], shape: [1, 2])) == [[1, 2]])
  }

  @Test(arguments: scalarTypes)
  func fills(type: any TensorScalar.Type) {
    func check<Scalar: TensorScalar>(_ type: Scalar.Type) {
      for shape in shapes(for: type) {
        let value: Scalar = scalar(1)
        #expect(Tensor(repeating: value, shape: shape).scalars == Array(repeating: value, count: shape.count))
        #expect(Tensor<Scalar>.zeros(shape).scalars == Array(repeating: Scalar.zero, count: shape.count))
      }
    }
    withThreadsAndPoison { check(type) }
    #expect(Tensor<Int32>.ones([2, 2]) == [[1, 1], [1, 1]])
  }

  @Test func ranges() {
    #expect(Tensor<Float>.range(from: 0, to: 3) == [0, 1, 2])
    #expect(Tensor<Double>.range(from: 1, to: 0, by: -0.25) == [1, 0.75, 0.5, 0.25])
    #expect(Tensor<Float>.range(from: 0, to: 1, by: 0.1).count == 10)
    #expect(Tensor<Float>.range(from: 2, to: 1).count == 0)
    #expect(Tensor<Int64>.range(from: 5, to: -1, by: -2) == [5, 3, 1])
    #expect(Tensor<UInt8>.range(from: 250, to: 255) == [250, 251, 252, 253, 254])
    // Errors do not add up: the last of a million steps is its product.
    #expect(Tensor<Float>.range(from: 0, to: 1000, by: 0.001).scalars[999_999] == 999_999 * Float(0.001))
    #expect(Tensor<Float>.linearSpace(from: -1, to: 1, count: 5) == [-1, -0.5, 0, 0.5, 1])
    #expect(Tensor<Double>.linearSpace(from: 0, to: 0.7, count: 8).scalars.last == 0.7)
    #expect(Tensor<Float>.linearSpace(from: 3, to: 4, count: 1) == [3])
    #expect(Tensor<Float>.linearSpace(from: 3, to: 4, count: 0).count == 0)
  }

  @Test func initializesInPlace() {
    let x = Tensor<Float>(shape: [2, 2]) { buffer in
      for place in buffer.indices { buffer[place] = Float(place) }
    }
    #expect(x == [[0, 1], [2, 3]])
  }

  @Test func stopsForCountsThatDiffer() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([1, 2, 3, 4, 5], shape: [2, 3])
    }
    #expect(result1.says("[tensor] the shape [2, 3] needs 6 elements, there are 5"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let _: Tensor<Float> = [[1, 2], [3]]
    }
    #expect(result2.says("[tensor literal] the parts differ in shape: [2], [1]"))
    let result3 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.range(from: 0, to: 1, by: 0)
    }
    #expect(result3.says("[range] from 0.0 to 1.0 by 0.0 is no finite range"))
    let result4 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let _: Tensor<Float> = [[1, 2], [[3], [4]]]
    }
    #expect(result4.says("[tensor literal] the parts differ in shape: [2], [2, 1]"))
  }
}
