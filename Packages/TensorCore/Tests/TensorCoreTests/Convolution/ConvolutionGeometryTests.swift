import TensorCore
import Testing

@Suite struct ConvolutionGeometryTests {
  @Test func sevenPositionsAndAKernelOfThree() throws {
    func size(stride: Int) throws -> Int {
      try ConvolutionGeometry(kernel: 3, stride: PlaneSize(stride)).outputSize(for: 7).height
    }
    #expect(try size(stride: 1) == 5)
    #expect(try size(stride: 2) == 3)
    #expect(try size(stride: 3) == 2)
  }

  @Test func exactFitRefusesARest() throws {
    let strict = ConvolutionGeometry(kernel: 3, stride: 3, requiresExactFit: true)
    #expect(try strict.outputSize(for: 9) == 3)
    let error = #expect(throws: GeometryError.self) { try strict.outputSize(for: 7) }
    #expect(error?.description == "a window of height 3 and stride 3 leaves 1 of 7 unused")
  }

  /// (F - 1) / 2 on each side at stride 1: 1, 2, 3 for kernels of 3, 5, 7.
  @Test(arguments: [(3, 1), (5, 2), (7, 3)])
  func samePaddingOfOddKernels(kernel: Int, padding: Int) throws {
    let same = ConvolutionGeometry(kernel: PlaneSize(kernel), padding: .same)
    let sides = ConvolutionGeometry(kernel: PlaneSize(kernel), padding: .symmetric(PlaneSize(padding)))
    #expect(try same.outputSize(for: 32) == 32)
    #expect(try sides.outputSize(for: 32) == 32)
    let x = Tensor<Double>(numbers: (0..<64).map(Double.init), shape: [1, 1, 8, 8])
    let taps = (0..<kernel * kernel).map { Double($0 % 5) - 2 }
    let w = Tensor<Double>(numbers: taps, shape: [1, 1, kernel, kernel])
    #expect(x.conv2d(w, geometry: same).scalars == x.conv2d(w, geometry: sides).scalars)
  }

  /// An even kernel gets its odd zero on the right and below; a stride divides the size, rounding up.
  @Test func samePaddingOfEvenKernelsAndStrides() throws {
    let x = Tensor<Double>(numbers: [1, 2, 3], shape: [1, 1, 1, 3])
    let w = Tensor<Double>(numbers: [1, 10], shape: [1, 1, 1, 2])
    let even = ConvolutionGeometry(kernel: PlaneSize(height: 1, width: 2), padding: .same)
    #expect(x.conv2d(w, geometry: even).scalars == [21, 32, 3])
    #expect(try ConvolutionGeometry(kernel: 3, stride: 2, padding: .same).outputSize(for: 7) == 4)
    #expect(try ConvolutionGeometry(kernel: 3, stride: 2, padding: .same).outputSize(for: 8) == 4)
    #expect(try ConvolutionGeometry(kernel: 2, stride: 5, padding: .same).outputSize(for: 11) == 3)
    #expect(try ConvolutionGeometry(kernel: 3, padding: .same, dilation: 4).outputSize(for: 5) == 5)
  }

  @Test func sizesFromOutsideThrow() {
    func message(_ make: () throws -> ConvolutionGeometry) -> String? {
      #expect(throws: GeometryError.self) { try make() }?.description
    }
    #expect(message { try .init(checking: 0) } == "the kernel must be at least 1 both ways, not 0×0")
    #expect(message { try .init(checking: 1, dilation: -1) } == "the dilation must be at least 1 both ways, not -1×-1")
    #expect(message { try .init(checking: 1, groups: 0) } == "groups must be at least 1, not 0")
    #expect(
      message { try .init(checking: 1, padding: .sides(top: 0, bottom: 0, left: -1, right: 0)) }
        == "padding must not be negative: top 0, bottom 0, left -1, right 0")
  }

  @Test func sizesThatOverflowThrow() {
    let wide = ConvolutionGeometry(kernel: 3, dilation: PlaneSize(Int.max))
    #expect(throws: GeometryError.self) { try wide.outputSize(for: 5) }
    let padded = ConvolutionGeometry(kernel: 3, padding: PlanePadding(integerLiteral: Int.max))
    #expect(throws: GeometryError.self) { try padded.outputSize(for: 5) }
    let same = ConvolutionGeometry(kernel: 3, padding: .same, dilation: PlaneSize(Int.max))
    #expect(throws: GeometryError.self) { try same.outputSize(for: 5) }
    let large = ConvolutionGeometry(kernel: 1, padding: .symmetric(PlaneSize(1 << 40)))
    #expect(throws: GeometryError.self) { try large.outputShape(input: [1, 1, 1, 1], weight: [1, 1, 1, 1]) }
  }

  @Test func channelsThatDoNotGoTogetherThrow() {
    let geometry = ConvolutionGeometry(kernel: 3, groups: 2)
    func message(_ input: Shape, _ weight: Shape) -> String? {
      #expect(throws: GeometryError.self) { try geometry.outputShape(input: input, weight: weight) }?.description
    }
    #expect(
      message([1, 5, 8, 8], [4, 2, 3, 3])
        == "weight [4, 2, 3, 3] needs 4 input channels in 2 groups, the input is [1, 5, 8, 8]")
    #expect(
      message([1, 4, 8, 8], [5, 2, 3, 3])
        == "the 5 filters of weight [5, 2, 3, 3] do not divide into 2 groups")
    #expect(
      message([1, 4, 8, 8], [4, 2, 5, 5]) == "weight [4, 2, 5, 5] does not have the geometry's kernel of 3×3")
    #expect(message([4, 8, 8], [4, 2, 3, 3]) == "the input must be [N, C, H, W], it is [4, 8, 8]")
    #expect(message([1, 4, 8, 8], [4, 2]) == "the weight must be [K, C/groups, R, S], it is [4, 2]")
  }
}
