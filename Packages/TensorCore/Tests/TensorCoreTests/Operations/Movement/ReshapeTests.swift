import TensorCore
import Testing

@Suite struct ReshapeTests {
  @Test(arguments: shapes)
  func reshapingKeepsElementsAndMemory(shape: Shape) {
    let x = numbered(shape, as: Float.self)
    let flat = x.reshaped(Shape([shape.count]))
    #expect(flat.shape == [shape.count])
    #expect(flat.scalars == x.scalars)
    #expect(flat.address == x.address)
    #expect(x.flattened().shape == [shape.count])
    #expect(x.squeezed().shape.sizes == shape.sizes.filter { $0 != 1 })
    guard shape.rank < Shape.maximumRank else { return }
    for axis in 0...shape.rank {
      let wider = x.expandingAxis(at: axis)
      #expect(wider.shape.sizes == shape.sizes[..<axis] + [1] + shape.sizes[axis...])
      #expect(wider.address == x.address)
      #expect(x.expandingAxis(at: axis - shape.rank - 1) == wider)
      #expect(wider.squeezed(at: axis) == x)
      #expect(wider.squeezed(at: axis - shape.rank - 1) == x)
    }
  }

  @Test func oneSizeFollowsFromTheCount() {
    let x = numbered([2, 3, 4], as: Int32.self)
    #expect(x.reshaped([-1, 4]).shape == [6, 4])
    #expect(x.reshaped([2, -1, 2]).shape == [2, 6, 2])
    #expect(x.reshaped([-1]).shape == [24])
    #expect(x.reshaped([4, 6]).shape == [4, 6])
    #expect(Tensor<Float>.zeros([0, 3]).reshaped([-1, 3]).shape == [0, 3])
    #expect(x.flattened(from: 1).shape == [2, 12])
    #expect(x.flattened(from: -2).shape == [2, 12])
    #expect(Tensor<Float>(3).flattened().shape == [1])
  }

  @Test func stopsForCountsThatDiffer() async {
    let result1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).reshaped([4, 2])
    }
    #expect(result1.says("[reshaped] [2, 3] has 6 elements, [4, 2] needs 8"))
    let result2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).reshaped([-1, 4])
    }
    #expect(result2.says("[reshaped] the 6 elements of [2, 3] do not give a size for the -1 of [-1, 4]"))
    let result3 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).reshaped([-1, -1])
    }
    #expect(result3.says("[reshaped] the 6 elements of [2, 3] do not give a size for the -1 of [-1, -1]"))
    let result4 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([0, 3]).reshaped([-1, 0])
    }
    #expect(result4.says("[reshaped] the 0 elements of [0, 3] do not give a size for the -1 of [-1, 0]"))
    let result5 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).squeezed(at: -1)
    }
    #expect(result5.says("[squeezed] axis -1 of [2, 3] has size 3, not 1"))
    let result6 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 1, 1, 1, 1, 1, 1, 1]).expandingAxis(at: 0)
    }
    #expect(result6.says("[1, 1, 1, 1, 1, 1, 1, 1, 1] has 9 axes, at most 8 are possible"))
  }
}
