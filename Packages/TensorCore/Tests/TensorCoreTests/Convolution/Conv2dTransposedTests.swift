import TensorCore
import Testing

@Suite struct Conv2dTransposedTests {
  struct Case: Sendable {
    var input: [Int]
    var filters: Int
    var kernel: (height: Int, width: Int)
    var stride: (y: Int, x: Int) = (1, 1)
    var padding: (top: Int, bottom: Int, left: Int, right: Int) = (0, 0, 0, 0)
    var extra: (y: Int, x: Int) = (0, 0)
    var dilation: (y: Int, x: Int) = (1, 1)
    var groups = 1

    var weight: [Int] { [input[1], filters / groups, kernel.height, kernel.width] }

    var output: [Int] {
      let rows: Int = (input[2] - 1) * stride.y + dilation.y * (kernel.height - 1) + 1
      let columns: Int = (input[3] - 1) * stride.x + dilation.x * (kernel.width - 1) + 1
      return [
        input[0], filters, rows - padding.top - padding.bottom + extra.y,
        columns - padding.left - padding.right + extra.x,
      ]
    }

    var geometry: ConvolutionGeometry {
      ConvolutionGeometry(
        kernel: PlaneSize(height: kernel.height, width: kernel.width),
        stride: PlaneSize(height: stride.y, width: stride.x),
        padding: .sides(top: padding.top, bottom: padding.bottom, left: padding.left, right: padding.right),
        dilation: PlaneSize(height: dilation.y, width: dilation.x), groups: groups)
    }

    /// Each element times each filter of its channel, added where it belongs: the definition.
    func forward(_ x: [Double], _ w: [Double], _ bias: [Double]) -> [Double] {
      let out = output, group = input[1] / groups, groupFilters = filters / groups
      var result = (0..<out.reduce(1, *)).map { bias[$0 / (out[2] * out[3]) % filters] }
      for (index, value) in x.enumerated() {
        let (row, column) = (index / input[3] % input[2], index % input[3])
        let channel = index / (input[2] * input[3]) % input[1], image = index / (input[1] * input[2] * input[3])
        for k in 0..<groupFilters {
          for r in 0..<kernel.height {
            for s in 0..<kernel.width {
              let i: Int = row * stride.y + r * dilation.y - padding.top
              let j: Int = column * stride.x + s * dilation.x - padding.left
              guard 0..<out[2] ~= i, 0..<out[3] ~= j else { continue }
              let filter = channel / group * groupFilters + k
              let tap = ((channel * groupFilters + k) * kernel.height + r) * kernel.width + s
              result[((image * filters + filter) * out[2] + i) * out[3] + j] += value * w[tap]
            }
          }
        }
      }
      return result
    }
  }

  static let cases: [Case] = [
    Case(input: [1, 1, 1, 1], filters: 1, kernel: (3, 3)),
    Case(input: [2, 3, 4, 5], filters: 2, kernel: (2, 2), stride: (2, 2)),
    Case(input: [2, 4, 5, 3], filters: 6, kernel: (3, 3), stride: (2, 2), padding: (1, 1, 1, 1), extra: (1, 1)),
    Case(input: [1, 4, 5, 3], filters: 6, kernel: (3, 2), stride: (3, 1), padding: (0, 1, 1, 0), groups: 2),
    Case(input: [1, 2, 4, 4], filters: 3, kernel: (3, 3), stride: (2, 3), extra: (1, 2), dilation: (2, 2)),
    Case(input: [17, 6, 7, 7], filters: 6, kernel: (5, 5), padding: (2, 2, 2, 2), groups: 6),
    Case(input: [0, 2, 4, 4], filters: 3, kernel: (2, 2)),
  ]

  @Test(arguments: cases.indices) func agreesWithTheDefinition(index: Int) {
    let test = Self.cases[index]
    var numbers = TestNumbers(seed: 12)
    let x = numbers.values(test.input), w = numbers.values(test.weight), bias = numbers.values([test.filters])
    let expected = test.forward(x, w, bias)
    func check<Scalar: FloatingScalar>(_: Scalar.Type, _ bound: Double) {
      let result = Tensor<Scalar>(numbers: x, shape: test.input).conv2dTransposed(
        Tensor(numbers: w, shape: test.weight), bias: Tensor(numbers: bias, shape: [test.filters]),
        geometry: test.geometry, outputPadding: PlaneSize(height: test.extra.y, width: test.extra.x))
      #expect(result.shape == Shape(test.output))
      #expect(result.error(from: expected) < bound)
    }
    check(Float.self, 3e-6)
    check(Double.self, 1e-14)
  }

  @Test func geometriesThatCannotBeThrow() {
    func message(_ geometry: ConvolutionGeometry, _ extra: PlaneSize = 0) -> String? {
      #expect(throws: GeometryError.self) {
        try geometry.transposedShape(input: [1, 2, 3, 3], weight: [2, 1, 3, 3], outputPadding: extra)
      }?.description
    }
    #expect(
      message(ConvolutionGeometry(kernel: 3, padding: .same))
        == "a transposed convolution needs its padding in numbers, not `same`")
    #expect(
      message(ConvolutionGeometry(kernel: 3, stride: 2), 2)
        == "the output padding 2×2 must be smaller than the stride of 2×2")
    #expect(message(ConvolutionGeometry(kernel: 3, padding: 3)) != nil)
    #expect(throws: GeometryError.self) {
      try ConvolutionGeometry(kernel: 3).transposedShape(input: [1, 4, 3, 3], weight: [2, 1, 3, 3])
    }
  }

  @Test func wrongShapesStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 4, 3, 3])
        .conv2dTransposed(.zeros([2, 1, 3, 3]), geometry: ConvolutionGeometry(kernel: 3))
    }
    #expect(
      result.says("[transposed conv2d] weight [2, 1, 3, 3] needs 2 input channels, the input is [1, 4, 3, 3]"))
  }
}
