import TensorCore
import Testing

@Suite struct Conv3dTests {
  struct Case: Sendable {
    var input: [Int]
    var filters: Int
    var kernel: [Int]
    var stride = [1, 1, 1]
    /// In front, behind, above, below, left, right.
    var padding = [0, 0, 0, 0, 0, 0]
    var dilation = [1, 1, 1]
    var groups = 1

    var weight: [Int] { [filters, input[1] / groups] + kernel }

    var output: [Int] {
      [input[0], filters]
        + (0..<3).map { axis -> Int in
          let room: Int = input[axis + 2] + padding[2 * axis] + padding[2 * axis + 1]
          return (room - dilation[axis] * (kernel[axis] - 1) - 1) / stride[axis] + 1
        }
    }

    var geometry: VolumeConvolutionGeometry {
      VolumeConvolutionGeometry(
        kernel: size(kernel), stride: size(stride),
        padding: .sides(
          front: padding[0], back: padding[1], top: padding[2], bottom: padding[3], left: padding[4], right: padding[5]),
        dilation: size(dilation), groups: groups)
    }

    private func size(_ sizes: [Int]) -> VolumeSize {
      VolumeSize(depth: sizes[0], height: sizes[1], width: sizes[2])
    }

    /// Calls `body` for each product of the definition, with the places of its factors and of its sum.
    func forEachProduct(_ body: (_ output: Int, _ weight: Int, _ input: Int) -> Void) {
      let channels = input[1] / groups, taps = weight[1...].reduce(1, *)
      for (place, index) in indices(of: Shape(output)).enumerated() {
        for (tap, t) in indices(of: Shape(Array(weight[1...]))).enumerated() {
          let channel = index[1] / (filters / groups) * channels + t[0]
          var from: Int = index[0] * input[1] + channel, isInside = true
          for axis in 0..<3 {
            let source: Int = index[axis + 2] * stride[axis] + t[axis + 1] * dilation[axis] - padding[2 * axis]
            isInside = isInside && 0..<input[axis + 2] ~= source
            from = from * input[axis + 2] + source
          }
          if isInside { body(place, index[1] * taps + tap, from) }
        }
      }
    }
  }

  static let cases: [Case] = [
    Case(input: [1, 1, 1, 1, 1], filters: 1, kernel: [1, 1, 1]),
    Case(input: [2, 3, 4, 5, 3], filters: 4, kernel: [2, 3, 2]),
    Case(input: [2, 2, 6, 4, 5], filters: 2, kernel: [3, 2, 3], stride: [2, 1, 2], padding: [1, 1, 0, 1, 2, 0]),
    Case(input: [1, 4, 5, 5, 4], filters: 6, kernel: [2, 2, 2], dilation: [3, 1, 2], groups: 2),
    Case(input: [17, 2, 3, 4, 4], filters: 3, kernel: [3, 3, 3], padding: [1, 1, 1, 1, 1, 1]),
    Case(input: [1, 3, 2, 3, 3], filters: 4, kernel: [2, 1, 1], stride: [3, 1, 1], padding: [4, 4, 0, 0, 0, 0]),
    Case(input: [0, 2, 3, 3, 3], filters: 3, kernel: [2, 2, 2]),
  ]

  @Test(arguments: cases.indices) func agreesWithTheDefinition(index: Int) {
    let test = Self.cases[index]
    var numbers = TestNumbers(seed: 21)
    let x = numbers.values(test.input), w = numbers.values(test.weight), bias = numbers.values([test.filters])
    let gradient = numbers.values(test.output), area = test.output[2...].reduce(1, *)
    var output = gradient.indices.map { bias[$0 / area % test.filters] }
    var inputGradient = x.map { _ in 0.0 }, weightGradient = w.map { _ in 0.0 }
    test.forEachProduct { to, tap, from in
      output[to] += x[from] * w[tap]
      inputGradient[from] += gradient[to] * w[tap]
      weightGradient[tap] += gradient[to] * x[from]
    }
    var biasGradient = bias.map { _ in 0.0 }
    for (place, value) in gradient.enumerated() { biasGradient[place / area % test.filters] += value }

    func check<Scalar: FloatingScalar>(_: Scalar.Type, _ bound: Double) {
      let input = Tensor<Scalar>(numbers: x, shape: test.input)
      let weight = Tensor<Scalar>(numbers: w, shape: test.weight)
      let g = Tensor<Scalar>(numbers: gradient, shape: test.output)
      let result = input.conv3d(
        weight, bias: Tensor(numbers: bias, shape: [test.filters]), geometry: test.geometry)
      #expect(result.shape == Shape(test.output))
      #expect(result.error(from: output) < bound)
      let back = g.conv3dInputGradient(weight: weight, inputShape: input.shape, geometry: test.geometry)
      #expect(back.error(from: inputGradient) < bound)
      let parameters = g.conv3dParameterGradients(input: input, weightShape: weight.shape, geometry: test.geometry)
      #expect(parameters.weight.error(from: weightGradient) < bound)
      #expect(parameters.bias.error(from: biasGradient) < bound)
    }
    check(Float.self, 3e-6)
    check(Double.self, 1e-14)
  }

  @Test func shapesThatDoNotGoTogetherThrow() {
    func message(_ input: Shape, _ weight: Shape, groups: Int = 1) -> String? {
      let geometry = VolumeConvolutionGeometry(kernel: 3, groups: groups)
      return #expect(throws: GeometryError.self) {
        try geometry.outputShape(input: input, weight: weight)
      }?.description
    }
    #expect(message([1, 2, 5, 5], [1, 2, 3, 3, 3]) == "the input must be [N, C, D, H, W], it is [1, 2, 5, 5]")
    #expect(
      message([1, 2, 5, 5, 5], [2, 2, 3, 3, 3], groups: 2)
        == "weight [2, 2, 3, 3, 3] needs 4 input channels in 2 groups, the input is [1, 2, 5, 5, 5]")
    #expect(
      message([1, 2, 5, 5, 5], [2, 2, 2, 3, 3])
        == "weight [2, 2, 2, 3, 3] does not have the geometry's kernel of 3×3×3")
    #expect(
      message([1, 2, 2, 5, 5], [2, 2, 3, 3, 3])
        == "weight [2, 2, 3, 3, 3], input [1, 2, 2, 5, 5]: a window of depth 3 does not fit into 2")
    #expect(message([1, 2, 5, 2, 5], [2, 2, 3, 3, 3]) != nil)
  }

  @Test func samePaddingKeepsTheSize() throws {
    let geometry = VolumeConvolutionGeometry(
      kernel: VolumeSize(depth: 4, height: 3, width: 2), padding: .same,
      dilation: VolumeSize(depth: 1, height: 2, width: 1))
    #expect(try geometry.outputShape(input: [2, 3, 5, 6, 7], weight: [4, 3, 4, 3, 2]) == [2, 4, 5, 6, 7])
  }

  @Test func wrongShapesStop() async {
    let bias = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 1, 3, 3, 3])
        .conv3d(.zeros([2, 1, 3, 3, 3]), bias: .zeros([3]), geometry: VolumeConvolutionGeometry(kernel: 3))
    }
    #expect(bias.says("[conv3d] the bias must be [2] for weight [2, 1, 3, 3, 3], it is [3]"))
    let gradient = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 2, 2, 1, 1]).conv3dInputGradient(
        weight: .zeros([2, 1, 3, 3, 3]), inputShape: [1, 1, 3, 3, 3], geometry: VolumeConvolutionGeometry(kernel: 3))
    }
    #expect(
      gradient.says(
        "[conv3d input gradient] weight [2, 1, 3, 3, 3] on input [1, 1, 3, 3, 3] gives [1, 2, 1, 1, 1], "
          + "the gradient is [1, 2, 2, 1, 1]"))
  }
}
