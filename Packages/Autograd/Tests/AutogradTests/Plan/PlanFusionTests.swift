import Autograd
import TensorCore
import Testing

/// Each way of joining two steps, by hand, and what may not be joined.
struct PlanFusionTests {
  private let pointwise = ConvolutionGeometry(kernel: 1)
  private let image = Tensor<Float>([1, -2, 3, -4], shape: [1, 1, 2, 2])

  private func constant(_ values: [Float], _ shape: Shape) -> Variable { Variable(Tensor(values, shape: shape)) }

  private func expect(
    _ calculation: (Variable) -> Variable, of x: Tensor<Float>, takes steps: [String], gives values: [Float],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let recorded = InferencePlan(of: calculation, on: x, sharing: PlanWeights())
    let plan = try #require(recorded, sourceLocation: sourceLocation)
    #expect(plan.stepNames == steps, sourceLocation: sourceLocation)
    #expect(plan(x).scalars == values, sourceLocation: sourceLocation)
    #expect(plan(x).shape == calculation(Variable(x)).shape, sourceLocation: sourceLocation)
  }

  /// y = 3x + 1 and then (y - 1) · 2 / √(3 + 1) - 5 = 3x - 5.
  @Test func normalizationFoldsIntoTheConvolutionBefore() throws {
    let statistics = ChannelStatistics(mean: [1], variance: [3], count: 1)
    try expect(
      {
        $0.conv2d(constant([3], [1, 1, 1, 1]), bias: constant([1], [1]), geometry: pointwise)
          .batchNorm(with: statistics, weight: constant([2], [1]), bias: constant([-5], [1]), epsilon: 1)
      }, of: image, takes: ["conv2d"], gives: [-2, -11, 4, -17])
  }

  /// Without γ and β, and without a bias: 3x becomes (3x - 1) / 2.
  @Test func plainNormalizationFoldsToo() throws {
    let statistics = ChannelStatistics(mean: [1], variance: [3], count: 1)
    try expect(
      { $0.conv2d(constant([3], [1, 1, 1, 1]), geometry: pointwise).batchNorm(with: statistics, epsilon: 1) },
      of: image, takes: ["conv2d"], gives: [1, -3.5, 4, -6.5])
  }

  /// [x, y] Wᵀ, then halved and moved by channel, then its positive part.
  @Test func normalizationFoldsIntoTheProductBefore() throws {
    let statistics = ChannelStatistics(mean: [0, 2], variance: [3, 3], count: 1)
    try expect(
      {
        ($0.matmul(constant([1, 1, 1, -1], [2, 2]), transposingRight: true) + constant([2, 4], [2]))
          .batchNorm(with: statistics, epsilon: 1).relu()
      }, of: [[6, 2], [-8, 4]], takes: ["matmul+clamp"], gives: [5, 3, 0, 0])
  }

  @Test func reluAndBoundsFollowTheConvolution() throws {
    let weight = constant([2], [1, 1, 1, 1])
    try expect(
      { $0.conv2d(weight, geometry: pointwise).relu() }, of: image, takes: ["conv2d+clamp"], gives: [2, 0, 6, 0])
    try expect({ $0.conv2dReLU(weight, geometry: pointwise) }, of: image, takes: ["conv2d+clamp"], gives: [2, 0, 6, 0])
    try expect(
      { $0.conv2d(weight, geometry: pointwise).clamped(to: -1...5) }, of: image, takes: ["conv2d+clamp"],
      gives: [2, -1, 5, -1])
    try expect(
      { ($0 * 3).conv2d(weight, geometry: pointwise).relu6() }, of: image, takes: ["affine", "conv2d+clamp"],
      gives: [6, 0, 6, 0])
    // A second pair of bounds stays.
    try expect(
      { $0.conv2d(weight, geometry: pointwise).relu().clamped(to: -1...5) }, of: image,
      takes: ["conv2d+clamp", "clamp"], gives: [2, 0, 5, 0])
  }

  /// The sum of two convolutions and its positive part: the later one takes the earlier one's output in.
  @Test func sumsFollowTheConvolution() throws {
    let (two, three) = (constant([2], [1, 1, 1, 1]), constant([3], [1, 1, 1, 1]))
    try expect(
      { x in (x.conv2d(two, geometry: pointwise) + x).relu() }, of: image, takes: ["conv2d+add+clamp"],
      gives: [3, 0, 9, 0])
    try expect(
      { x in
        let y = x.conv2d(two, geometry: pointwise)
        return (x.conv2d(three, geometry: pointwise) + y).relu()
      }, of: image, takes: ["conv2d", "conv2d+add+clamp"], gives: [5, 0, 15, 0])
    try expect(
      { x in
        let y = x.conv2d(two, geometry: pointwise)
        return y + x.conv2d(three, geometry: pointwise)
      }, of: image, takes: ["conv2d", "conv2d+add"], gives: [5, -10, 15, -20])
  }

  @Test func biasAndReluFollowTheProduct() throws {
    let matrix = constant([1, 0, 0, -1], [2, 2]), row = constant([1, 1], [2])
    let x: Tensor<Float> = [[1, 2], [-3, -4]]
    try expect({ ($0.matmul(matrix) + row).relu() }, of: x, takes: ["matmul+clamp"], gives: [2, 0, 0, 5])
    try expect({ (row + $0.matmul(matrix)).relu() }, of: x, takes: ["matmul+clamp"], gives: [2, 0, 0, 5])
    // A column is no bias.
    try expect(
      { $0.matmul(matrix) + constant([1, 2], [2, 1]) }, of: x, takes: ["matmul", "add"], gives: [2, -1, -1, 6])
  }

  @Test func normalizationTakesSumAndReluIn() throws {
    let statistics = ChannelStatistics(mean: [1], variance: [3], count: 1)
    try expect(
      { x in (x.batchNorm(with: statistics, epsilon: 1) + x).relu() }, of: image, takes: ["batchNorm+add+clamp"],
      gives: [1, 0, 4, 0])
    try expect(
      { x in (x + x.tanh() * 0).relu() }, of: image, takes: ["tanh", "affine", "add+clamp"], gives: [1, 0, 3, 0])
  }

  /// A normalisation that was recorded with its ReLU and addend folds with them: max(3x - 5 + x, 0).
  @Test func rectifiedNormalizationFolds() throws {
    let statistics = ChannelStatistics(mean: [1], variance: [3], count: 1)
    let (weight, bias) = (constant([2], [1]), constant([-5], [1]))
    let filters = constant([3], [1, 1, 1, 1]), one = constant([1], [1])
    try expect(
      {
        $0.conv2d(filters, bias: one, geometry: pointwise)
          .batchNormReLU(with: statistics, weight: weight, bias: bias, epsilon: 1)
      }, of: image, takes: ["conv2d+clamp"], gives: [0, 0, 4, 0])
    try expect(
      { x in
        x.conv2d(filters, bias: one, geometry: pointwise)
          .batchNormReLU(with: statistics, weight: weight, bias: bias, epsilon: 1, adding: x)
      }, of: image, takes: ["conv2d+add+clamp"], gives: [0, 0, 7, 0])
    // The addend's own convolution stays by itself.
    try expect(
      { x in
        x.batchNormReLU(
          with: statistics, weight: weight, bias: bias, epsilon: 1, adding: x.conv2d(filters, geometry: pointwise))
      }, of: image, takes: ["conv2d", "batchNorm+add+clamp"], gives: [0, 0, 6, 0])
  }

  /// Values that something else reads stay: in sums, behind ReLU, as addends, as the result.
  @Test func whatIsReadTwiceIsNotJoined() throws {
    let weight = constant([2], [1, 1, 1, 1])
    try expect(
      { x in
        let y = x.conv2d(weight, geometry: pointwise)
        return y.relu() * y
      }, of: image, takes: ["conv2d", "clamp", "multiply"], gives: [4, 0, 36, 0])
    try expect(
      { x in
        let y = x.conv2d(weight, geometry: pointwise)
        return y + y
      }, of: image, takes: ["conv2d", "add"], gives: [4, -8, 12, -16])
    let statistics = ChannelStatistics(mean: [1], variance: [3], count: 1)
    try expect(
      { x in
        let y = x.conv2d(weight, geometry: pointwise)
        return y.batchNorm(with: statistics, epsilon: 1) + y
      }, of: image, takes: ["conv2d", "batchNorm+add"], gives: [2.5, -6.5, 8.5, -12.5])
  }

  /// [x, 2x, 3x] without a copy, as the result and as what something else reads.
  @Test func convolutionsWriteIntoTheirConcatenation() throws {
    let (one, two, three) = (
      constant([1], [1, 1, 1, 1]), constant([2], [1, 1, 1, 1]), constant([3, -3], [2, 1, 1, 1])
    )
    let place = "conv2d in its place"
    for axis in [1, -3] {
      try expect(
        { x in
          .concatenated(
            [
              x.conv2d(one, geometry: pointwise), x.conv2d(two, geometry: pointwise),
              x.conv2d(three, geometry: pointwise).relu(),
            ], along: axis)
        }, of: image, takes: [place, place, "conv2d+clamp in its place"],
        gives: [1, -2, 3, -4, 2, -4, 6, -8, 3, 0, 9, 0, 0, 6, 0, 12])
    }
    try expect(
      { x in
        let y = x.conv2d(one, geometry: pointwise)
        let both = Variable.concatenated(
          [y.conv2d(one, geometry: pointwise), y.conv2d(two, geometry: pointwise)], along: 1)
        return both.maxPool2d(PoolingGeometry(kernel: 2)) * 2
      }, of: image, takes: ["conv2d", place, place, "maxPool2d", "affine"], gives: [6, 12])
  }

  /// Outputs that are read elsewhere, or twice, or follow from no convolution, or lie along another axis are copied.
  @Test func otherConcatenationsCopy() throws {
    let two = constant([2], [1, 1, 1, 1])
    try expect(
      { x in .concatenated([x.conv2d(two, geometry: pointwise), x], along: 1) }, of: image,
      takes: ["conv2d", "concatenated"], gives: [2, -4, 6, -8, 1, -2, 3, -4])
    try expect(
      { x in
        let y = x.conv2d(two, geometry: pointwise)
        return .concatenated([y, y], along: 1)
      }, of: image, takes: ["conv2d", "concatenated"], gives: [2, -4, 6, -8, 2, -4, 6, -8])
    try expect(
      { x in .concatenated([x.conv2d(two, geometry: pointwise), x.conv2d(two, geometry: pointwise)], along: 0) },
      of: image, takes: ["conv2d", "conv2d", "concatenated"], gives: [2, -4, 6, -8, 2, -4, 6, -8])
    try expect(
      { x in
        .concatenated([x.conv2d(two, geometry: pointwise) + x, x.conv2d(two, geometry: pointwise)], along: 1)
      }, of: image, takes: ["conv2d+add", "conv2d", "concatenated"], gives: [3, -6, 9, -12, 2, -4, 6, -8])
  }

  @Test func whatNobodyReadsIsLeftOut() throws {
    let weight = constant([2], [1, 1, 1, 1])
    try expect(
      { x in
        _ = x.exp().conv2d(weight, geometry: pointwise)
        return x.conv2d(weight, geometry: pointwise)
      }, of: image, takes: ["conv2d"], gives: [2, -4, 6, -8])
  }

  /// Broadcast sums are no addends.
  @Test func broadcastSumsStay() throws {
    try expect(
      { x in x.conv2d(constant([2], [1, 1, 1, 1]), geometry: pointwise) + x.mean(along: [2, 3], keepingAxes: true) },
      of: image, takes: ["conv2d", "sum", "affine", "add"], gives: [1.5, -4.5, 5.5, -8.5])
  }
}
