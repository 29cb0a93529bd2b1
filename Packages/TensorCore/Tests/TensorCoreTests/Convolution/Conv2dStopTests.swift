import TensorCore
import Testing

/// What a wrong shape prints before the program stops.
@Suite struct Conv2dStopTests {
  static func says(_ result: ExitTest.Result?, _ text: String) -> Bool {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self).contains(text)
  }

  @Test func channelsDiffer() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>(numbers: [Double](repeating: 0, count: 8 * 32 * 32), shape: [8, 1, 32, 32])
      let w = Tensor<Float>(numbers: [Double](repeating: 0, count: 16 * 3 * 25), shape: [16, 3, 5, 5])
      _ = x.conv2d(w, geometry: ConvolutionGeometry(kernel: 5))
    }
    #expect(Self.says(result, "[conv2d] weight [16, 3, 5, 5] needs 3 input channels, the input is [8, 1, 32, 32]"))
  }

  @Test func biasDiffers() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>(numbers: [0], shape: [1, 1, 1, 1])
      let w = Tensor<Float>(numbers: [0, 0], shape: [2, 1, 1, 1])
      _ = x.conv2d(w, bias: Tensor(numbers: [0], shape: [1]), geometry: ConvolutionGeometry(kernel: 1))
    }
    #expect(Self.says(result, "[conv2d] the bias must be [2] for weight [2, 1, 1, 1], it is [1]"))
  }

  @Test func gradientDiffers() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let g = Tensor<Float>(numbers: [0, 0], shape: [1, 1, 1, 2])
      let w = Tensor<Float>(numbers: [0], shape: [1, 1, 1, 1])
      _ = g.conv2dInputGradient(weight: w, inputShape: [1, 1, 1, 1], geometry: ConvolutionGeometry(kernel: 1))
    }
    #expect(
      Self.says(
        result,
        "[conv2d input gradient] weight [1, 1, 1, 1] on input [1, 1, 1, 1] gives [1, 1, 1, 1], "
          + "the gradient is [1, 1, 1, 2]"))
  }

  @Test func kernelLargerThanTheImage() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Double>(numbers: [0, 0, 0, 0], shape: [1, 1, 2, 2])
      let w = Tensor<Double>(numbers: [Double](repeating: 0, count: 25), shape: [1, 1, 5, 5])
      _ = x.conv2d(w, geometry: ConvolutionGeometry(kernel: 5, padding: 1))
    }
    #expect(
      Self.says(
        result,
        "[conv2d] weight [1, 1, 5, 5], input [1, 1, 2, 2]: "
          + "a window of height 5 does not fit into 4 (2 and padding 1 + 1)"))
  }

  @Test func impossibleGeometry() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ConvolutionGeometry(kernel: 3, stride: 0)
    }
    #expect(Self.says(result, "[conv2d] the stride must be at least 1 both ways, not 0×0"))
  }
}
