import Autograd
import NNLayers
import TensorCore
import Testing

/// The pixels with a margin, and of those a part.
private struct Framed: Layer {
  let margin: Int
  var part: Range<Int>?

  func forward(_ x: Variable, _ context: Context) -> Variable {
    let framed = x.padded([(0, 0), (0, 0), (margin, margin), (margin, margin)])
    let all = 0..<1
    return framed.slice([all, all, part ?? 1..<65, part ?? 1..<65])
  }
}

/// Two convolutions of a line, each as one of an image of one row.
private struct Line: Layer {
  let kernel: Int
  let weight: Parameter

  init(_ kernel: Int) {
    self.kernel = kernel
    weight = Parameter(Tensor<Float>.ones([1, 1, 1, kernel]))
  }

  func forward(_ x: Variable, _ context: Context) -> Variable {
    let geometry = ConvolutionGeometry(
      kernel: PlaneSize(height: 1, width: kernel), stride: PlaneSize(height: 1, width: 2))
    let image = x.reshaped([x.shape[0], 1, 1, x.shape[2]]).conv2d(context[weight], geometry: geometry)
    return image.reshaped([x.shape[0], 1, image.shape[3]])
  }
}

/// The lectures' rows on receptive fields, read from summaries.
struct ReceptiveFieldTests {
  private func field(_ layers: any Layer..., input: Shape = [1, 1, 64, 64]) throws -> [Int]? {
    try Sequential(layers).summary(for: input).rows.first?.receptiveField
  }

  private func convolution(
    _ size: PlaneSize, stride: PlaneSize = 1, padding: PlanePadding = 0, dilation: PlaneSize = 1
  ) -> Conv2d {
    Conv2d(1, 1, kernelSize: size, stride: stride, padding: padding, dilation: dilation)
  }

  /// The rows "1 + L(K-1) at stride 1" and "three 3×3 layers have one 7×7 layer's receptive field with 27C² instead of 49C²
  /// weights".
  @Test func stacksOfOneSize() throws {
    for size in [1, 3, 5] {
      for count in 1...4 {
        let stack = (0..<count).map { _ in convolution(PlaneSize(size), padding: 0) }
        let summary = try Sequential(stack).summary(for: [1, 1, 32, 32])
        #expect(summary.rows.last?.receptiveField == [1 + count * (size - 1), 1 + count * (size - 1)])
      }
    }
    let channels = 4
    func layer(_ size: PlaneSize) -> Conv2d { Conv2d(channels, channels, kernelSize: size, bias: false) }
    let input: Shape = [1, channels, 9, 9]
    let three = try Sequential(layer(3), layer(3), layer(3)).summary(for: input)
    let one = try Sequential(layer(7)).summary(for: input)
    #expect(three.rows.last?.receptiveField == one.rows.last?.receptiveField)
    #expect(three.parameterCount == 27 * channels * channels)
    #expect(one.parameterCount == 49 * channels * channels)
  }

  /// The row "general recurrence for strides, dilation and pooling": r' = r + (K - 1) D · j, j' = j · S.
  @Test func recurrence() throws {
    // r 7, j 2; pooling r 7 + 2·2 = 11, j 4; r 11 + 2·4 = 19.
    #expect(
      try field(convolution(7, stride: 2, padding: 3), MaxPool2d(3, stride: 2, padding: 1), convolution(3)) == [19, 19])
    // Dilated 1, 2, 4: 3, 7, 15.
    #expect(try field(convolution(3), convolution(3, dilation: 2), convolution(3, dilation: 4)) == [15, 15])
    let flat = PlaneSize(height: 1, width: 5), step = PlaneSize(height: 2, width: 1)
    // Height 1 then 2, at step 2: 1 + 2; width 5 + 1.
    #expect(try field(convolution(flat, stride: step), AveragePool2d(2)) == [3, 6])
    #expect(try field(convolution(3, padding: .same), convolution(5, stride: 2, padding: .same)) == [7, 7])
  }

  /// Branches see what either sees: the larger window of two with the same middle; 1 + 4 positions for two of three that lie
  /// two apart.
  @Test func branches() throws {
    #expect(try field(Parallel(convolution(1), convolution(5, padding: 2))) == [5, 5])
    #expect(try field(Residual(Sequential(convolution(3, padding: 1), ReLU(), convolution(3, padding: 1)))) == [5, 5])
    let up = PlanePadding.sides(top: 0, bottom: 2, left: 1, right: 1)
    let down = PlanePadding.sides(top: 2, bottom: 0, left: 1, right: 1)
    #expect(try field(Parallel(convolution(3, padding: up), convolution(3, padding: down))) == [5, 3])
  }

  /// The fields against the network itself: exactly the pixels within change an output when they change.
  @Test func changedPixelsChangeTheOutput() throws {
    let network = seeded(4) {
      Sequential(convolution(3, stride: 2), ReLU(), AveragePool2d(2, stride: 1), convolution(2, dilation: 2))
    }
    network.initialize(with: .uniform(in: 0.5...1))
    let field = try #require(try network.summary(for: [1, 1, 21, 21]).rows.last?.receptiveField)
    // 3; pooling 3 + 2 = 5; 5 + 2·2 = 9.
    #expect(field == [9, 9])
    let before = try network.predict(.ones([1, 1, 21, 21]))
    var seen: Set<Int> = []
    for row in 0..<21 {
      var scalars = [Float](repeating: 1, count: 441)
      scalars[row * 21 + 4] = 2
      let after = try network.predict(Tensor(scalars, shape: [1, 1, 21, 21]))
      if after.scalars[0] != before.scalars[0] { seen.insert(row) }
    }
    #expect(seen.min() == 0 && seen.max() == 8)
  }

  /// A margin moves the windows, a part cut off moves them back: the field of 3 rows stays where it was.
  @Test func marginsAndParts() throws {
    #expect(try field(Parallel(convolution(3, padding: 1), Framed(margin: 1))) == [3, 3])
    #expect(try field(Parallel(convolution(3), Framed(margin: 0, part: 1..<63))) == [3, 3])
  }

  /// 5; 5 + 2·2 = 9, with steps of 4.
  @Test func linesAsImagesOfOneRow() throws {
    #expect(try field(Line(5), input: [2, 1, 40]) == [5])
    #expect(try field(Line(5), ReLU(), Line(3), input: [2, 1, 40]) == [9])
  }

  /// Pooling of any kind counts as its window: 2, at steps of 2; 2 + 2·2 = 6; 6 + 2·2 = 10, at steps of 4; 10 + 3·4 = 22.
  @Test func pooling() throws {
    let last = LpPool2d(4, power: 1, stride: 1)
    #expect(try field(LpPool2d(2, power: 2), AveragePool2d(3, stride: 1), MaxPool2d(3, stride: 2), last) == [22, 22])
    #expect(try field(MaxPool1d(3), AveragePool1d(2), input: [1, 1, 12]) == [6])
    #expect(try field(convolution(3), GlobalAveragePool2d(keepsAxes: true)) == nil)
  }

  @Test func withoutWindows() throws {
    #expect(try field(convolution(3), Flatten(), input: [1, 1, 8, 8]) == nil)
    #expect(try field(Linear(4, 4), input: [2, 4]) == nil)
  }
}
