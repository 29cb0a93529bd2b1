import TensorCore
import Testing

@Suite struct PoolingGeometryTests {
  /// (W - F) / S + 1, the stride being the window's size unless given.
  @Test func sizes() throws {
    #expect(PoolingGeometry(kernel: 3).stride == 3)
    #expect(try PoolingGeometry(kernel: 2).outputShape(input: [4, 6, 28, 28]) == [4, 6, 14, 14])
    #expect(try PoolingGeometry(kernel: 3, stride: 2).outputShape(input: [1, 1, 55, 55]) == [1, 1, 27, 27])
    #expect(
      try PoolingGeometry(kernel: 3, stride: 2, roundsUp: true).outputShape(input: [1, 1, 112, 56])
        == [1, 1, 56, 28])
    #expect(
      try PoolingGeometry(kernel: 3, stride: 2, padding: 1).outputShape(input: [1, 1, 112, 112])
        == [1, 1, 56, 56])
    #expect(
      try PoolingGeometry(kernel: 3, stride: 1, padding: .same).outputShape(input: [1, 2, 9, 5]) == [1, 2, 9, 5])
  }

  /// PyTorch's count: ⌊(N + 2P - F + S - 1) / S⌋ + 1, less one where the last window would start in the padding behind; less
  /// than one is refused.
  @Test func roundingUpCountsAsPyTorch() throws {
    var accepted = 0
    for (length, kernel, stride) in Self.lines {
      for padding in 0...(kernel / 2) {
        let room = length + 2 * padding - kernel + stride - 1
        var count = Int((Double(room) / Double(stride)).rounded(.down)) + 1
        if (count - 1) * stride >= length + padding { count -= 1 }
        let geometry = PoolingGeometry(
          kernel: PlaneSize(height: kernel, width: 1), stride: PlaneSize(height: stride, width: 1),
          padding: .symmetric(PlaneSize(height: padding, width: 0)), roundsUp: true)
        let found = try? geometry.outputShape(input: [1, 1, length, 1])[2]
        #expect(found == (count >= 1 ? count : nil), "\(length), kernel \(kernel), stride \(stride), \(padding)")
        if found != nil { accepted += 1 }
      }
    }
    #expect(accepted > 300)
  }

  private static let lines: [(length: Int, kernel: Int, stride: Int)] = (1...8).flatMap { length in
    (1...6).flatMap { kernel in (1...4).map { (length, kernel, $0) } }
  }

  @Test func sizesFromOutsideThrow() {
    func message(_ body: () throws -> Void) -> String? {
      #expect(throws: GeometryError.self) { try body() }?.description
    }
    #expect(
      message { _ = try PoolingGeometry(checking: 2, padding: 2) }
        == "padding must be smaller than the kernel of 2×2: top 2, bottom 2, left 2, right 2")
    #expect(
      message { _ = try PoolingGeometry(checking: 2, stride: 0) }
        == "the stride must be at least 1 both ways, not 0×0")
    #expect(
      message { _ = try PoolingGeometry(kernel: 3).outputShape(input: [1, 1, 2, 5]) }
        == "input [1, 1, 2, 5]: a window of height 3 does not fit into 2")
    #expect(
      message { _ = try PoolingGeometry(kernel: 2, padding: 1).outputShape(input: [1, 1, 0, 5]) }
        == "the input must be [N, C, H, W] with H and W at least 1, it is [1, 1, 0, 5]")
  }

  @Test func wrongShapesStop() async {
    let pool = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>(numbers: [1, 2], shape: [1, 2]).maxPool2d(PoolingGeometry(kernel: 1))
    }
    #expect(
      Conv2dStopTests.says(
        pool, "[max pooling] the input must be [N, C, H, W] with H and W at least 1, it is [1, 2]"))
    let gradient = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>(numbers: [1, 2], shape: [1, 1, 1, 2])
        .averagePool2dGradient(inputShape: [1, 1, 4, 6], geometry: PoolingGeometry(kernel: 2))
    }
    #expect(
      Conv2dStopTests.says(
        gradient,
        "[average pooling gradient] pooling of [1, 1, 4, 6] gives [1, 1, 2, 3], the gradient is [1, 1, 1, 2]"))
  }
}
