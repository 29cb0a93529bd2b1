import Autograd
import TensorCore

extension RuleCase {
  static let all: [RuleCase] = [
    arithmetic, numbers, activations, elementwise, movement, parts, reductions, statistics, products, vectors,
    convolution, transposedConvolution, volumeConvolution, convolutionExtents, paddingModes, pooling, adaptivePooling,
    resampling, softmax, normalization, activationFunctions, losses,
  ].flatMap { $0 }

  private static let pairs: [[Shape]] = [
    [[3, 4], [3, 4]], [[3, 4], [4]], [[2, 1, 3], [4, 1]], [[], [2, 2]], [[1], [0]],
  ]

  static let arithmetic: [RuleCase] = pairs.flatMap { shapes -> [RuleCase] in
    [
      RuleCase("add", shapes) { $0[0] + $0[1] },
      RuleCase("subtract", shapes) { $0[0] - $0[1] },
      RuleCase("multiply", shapes) { $0[0] * $0[1] },
      RuleCase("divide", shapes, in: 0.5...2) { $0[0] / $0[1] },
    ]
  }

  static let numbers: [RuleCase] = [
    RuleCase("number + x", [[5]]) { 2 + $0[0] },
    RuleCase("number - x", [[5]]) { 2 - $0[0] },
    RuleCase("number * x", [[5]]) { 3 * $0[0] },
    RuleCase("x / number", [[5]]) { $0[0] / 3 },
    RuleCase("number / x", [[5]], in: 0.5...2) { 3 / $0[0] },
    RuleCase("-x", [[5]]) { -$0[0] },
  ]

  static let activations: [RuleCase] = [
    RuleCase("tanh", [[17]], in: -3...3) { $0[0].tanh() },
    RuleCase("sigmoid", [[17]], in: -5...5) { $0[0].sigmoid() },
    RuleCase("relu", [[17]], in: -2...2) { $0[0].relu() },
  ]

  static let elementwise: [RuleCase] = [
    RuleCase("exp", [[3, 4]]) { $0[0].exp() },
    RuleCase("expm1", [[3, 4]]) { $0[0].expm1() },
    RuleCase("log", [[3, 4]], in: 0.5...3) { $0[0].log() },
    RuleCase("log1p", [[3, 4]], in: -0.5...3) { $0[0].log1p() },
    RuleCase("sqrt", [[3, 4]], in: 0.5...3) { $0[0].sqrt() },
    RuleCase("reciprocalSquareRoot", [[3, 4]], in: 0.5...3) { $0[0].reciprocalSquareRoot() },
    RuleCase("squared", [[3, 4]]) { $0[0].squared() },
    RuleCase("reciprocal", [[3, 4]], in: 0.5...3) { $0[0].reciprocal() },
    RuleCase("power 3", [[3, 4]]) { $0[0].power(3) },
    RuleCase("power 0", [[3, 4]]) { $0[0].power(0) },
    RuleCase("power -0.5", [[3, 4]], in: 0.5...3) { $0[0].power(-0.5) },
    RuleCase("power of tensors", [[3, 4], [4]], in: 0.5...2) { $0[0].power($0[1]) },
    RuleCase("sin", [[3, 4]], in: -4...4) { $0[0].sin() },
    RuleCase("cos", [[3, 4]], in: -4...4) { $0[0].cos() },
    RuleCase("abs", [[3, 4]]) { $0[0].abs() },
    RuleCase("clamped", [[3, 5]]) { $0[0].clamped(to: -0.5...0.7) },
    RuleCase("maximum", [[3, 4], [4]]) { .maximum($0[0], $0[1] + 0.01) },
    RuleCase("minimum", [[3, 4], [3, 1]]) { .minimum($0[0], $0[1] + 0.01) },
    RuleCase("select", [[3, 2], [2]]) {
      Tensor([true, false, false, true, true, false], shape: [3, 2]).select($0[0], $0[1])
    },
  ]

  static let movement: [RuleCase] = [
    RuleCase("reshaped", [[2, 3, 4]]) { $0[0].reshaped([4, 6]) },
    RuleCase("flattened", [[2, 3, 4]]) { $0[0].flattened() },
    RuleCase("gather", [[3, 4]]) { $0[0].gather(Tensor([1, 3, 1, 1, 0, 2], shape: [3, 2]), along: 1) },
  ]

  static let parts: [RuleCase] = [
    RuleCase("permuted", [[2, 3, 4]]) { $0[0].permuted([2, 0, -2]) },
    RuleCase("transposed", [[2, 3, 4]]) { $0[0].transposed() },
    RuleCase("flipped", [[2, 3]]) { $0[0].flipped(along: [1]) },
    RuleCase("broadcast", [[3, 1]]) { $0[0].broadcast(to: [2, 3, 4]) },
    RuleCase("expandingAxis", [[3, 2]]) { $0[0].expandingAxis(at: -1) },
    RuleCase("squeezed", [[3, 1, 2]]) { $0[0].squeezed(at: 1) },
    RuleCase("slice", [[4, 5]]) { $0[0].slice([1..<3, 0..<4]) },
    RuleCase("slice axis", [[4, 5]]) { $0[0].slice(axis: -1, range: 2..<4) },
    RuleCase("padded", [[2, 3]]) { $0[0].padded([(before: 1, after: 0), (before: 2, after: 1)], with: 7) },
    RuleCase("concatenated", [[2, 3], [2, 1]]) { .concatenated($0, along: 1) },
    RuleCase("stacked", [[2, 3], [2, 3]]) { .stacked($0, along: -1) },
    RuleCase("split", [[2, 5]]) { inputs in
      let parts = inputs[0].split(sizes: [2, 3], along: 1)
      return parts[0].sum() * parts[1].squared().sum()
    },
    RuleCase("scatterAdding", [[3, 4], [3, 2]]) {
      $0[0].scatterAdding($0[1], at: Tensor([1, 1, 0, 3, 2, 0], shape: [3, 2]), along: 1)
    },
    RuleCase("take", [[4, 3]]) { $0[0].take(Tensor([2, 0, 2]), along: 0) },
    RuleCase("tiled", [[2, 3]]) { $0[0].tiled([3, 2]) },
    RuleCase("repeated", [[2, 3, 2]]) { $0[0].repeated(3, along: -2) },
    RuleCase("diagonal", [[3, 4]]) { $0[0].diagonal() },
    RuleCase("diagonal of a tall matrix", [[4, 2]]) { $0[0].diagonal() },
    RuleCase("diagonalMatrix", [[3]]) { $0[0].diagonalMatrix() },
    RuleCase("sorted", [[3, 4]]) { $0[0].sorted(along: 1).values },
    RuleCase("topK", [[3, 4]]) { $0[0].topK(2, along: 1).values },
  ]

  static let reductions: [RuleCase] = [
    RuleCase("sum", [[2, 3, 4]]) { $0[0].sum() },
    RuleCase("sum along", [[2, 3, 4]]) { $0[0].sum(along: [0, 2]) },
    RuleCase("sum keeping", [[2, 3, 4]]) { $0[0].sum(along: [-2], keepingAxes: true) },
    RuleCase("mean", [[2, 3, 4]]) { $0[0].mean() },
    RuleCase("mean along", [[2, 3, 4]]) { $0[0].mean(along: [1]) },
  ]

  static let statistics: [RuleCase] = [
    RuleCase("max", [[2, 3, 4]]) { $0[0].max() },
    RuleCase("max along", [[2, 3, 4]]) { $0[0].max(along: [0, 2]) },
    RuleCase("min along", [[2, 3, 4]]) { $0[0].min(along: [1], keepingAxes: true) },
    RuleCase("variance", [[2, 3, 4]]) { $0[0].variance() },
    RuleCase("variance along", [[2, 3, 4]]) { $0[0].variance(along: [0, -1], correction: 1) },
    RuleCase("product", [[2, 3]], in: 0.5...2) { $0[0].product() },
    RuleCase("product along", [[2, 3]]) { $0[0].product(along: [1]) },
    RuleCase("sumOfSquares", [[2, 3]]) { $0[0].sumOfSquares() },
    RuleCase("sumOfSquares along", [[2, 3]]) { $0[0].sumOfSquares(along: [0], keepingAxes: true) },
    RuleCase("squaredDifference", [[2, 3], [3]]) { .squaredDifference($0[0], $0[1]) },
    RuleCase("cumulativeSum", [[2, 3, 4]]) { $0[0].cumulativeSum(along: 1) },
    RuleCase("logSumExp", [[2, 5]], in: -3...3) { $0[0].logSumExp(along: -1) },
    RuleCase("logSumExp keeping", [[2, 5]], in: -3...3) { $0[0].logSumExp(along: 0, keepingAxes: true) },
  ]

  static let products: [RuleCase] = [
    RuleCase("matmul", [[3, 4], [4, 5]]) { $0[0].matmul($0[1]) },
    RuleCase("matmul left", [[4, 3], [4, 5]]) { $0[0].matmul($0[1], transposingLeft: true) },
    RuleCase("matmul right", [[3, 4], [5, 4]]) { $0[0].matmul($0[1], transposingRight: true) },
    RuleCase("matmul both", [[4, 3], [5, 4]]) {
      $0[0].matmul($0[1], transposingLeft: true, transposingRight: true)
    },
    RuleCase("matmul row", [[3], [3, 4]]) { $0[0].matmul($0[1]) },
    RuleCase("matmul row right", [[3], [4, 3]]) { $0[0].matmul($0[1], transposingRight: true) },
    RuleCase("matmul row batch", [[3], [2, 3, 4]]) { $0[0].matmul($0[1]) },
    RuleCase("matmul column", [[4, 3], [3]]) { $0[0].matmul($0[1]) },
    RuleCase("matmul column left", [[3, 4], [3]]) { $0[0].matmul($0[1], transposingLeft: true) },
    RuleCase("matmul column batch", [[2, 4, 3], [3]]) { $0[0].matmul($0[1]) },
    RuleCase("matmul vectors", [[3], [3]]) { $0[0].matmul($0[1]) },
    RuleCase("matmul batch", [[2, 3, 4], [2, 4, 5]]) { $0[0].matmul($0[1]) },
    RuleCase("matmul broadcast", [[2, 3, 4], [4, 5]]) { $0[0].matmul($0[1]) },
    RuleCase("matmul broadcast right", [[2, 3, 4], [5, 4]]) { $0[0].matmul($0[1], transposingRight: true) },
  ]

  static let vectors: [RuleCase] = [
    RuleCase("dot", [[5], [5]]) { $0[0].dot($0[1]) },
    RuleCase("outer", [[3], [4]]) { $0[0].outer($0[1]) },
    RuleCase("sparse matmul", [[4, 5]]) {
      SparseMatrix(rowCount: 3, columnCount: 4, entries: [(0, 3, 2), (0, 1, -1), (2, 1, 0.5), (2, 0, 3)]).matmul($0[0])
    },
  ]

  static let convolution: [RuleCase] = [
    RuleCase("conv2d", [[2, 3, 5, 5], [4, 3, 3, 3], [4]]) {
      $0[0].conv2d($0[1], bias: $0[2], geometry: ConvolutionGeometry(kernel: 3))
    },
    RuleCase("conv2d stride, padding", [[1, 2, 6, 5], [2, 2, 3, 2]]) {
      $0[0].conv2d($0[1], geometry: ConvolutionGeometry(kernel: PlaneSize(height: 3, width: 2), stride: 2, padding: 1))
    },
    RuleCase("conv2d dilation, groups", [[1, 4, 6, 6], [4, 2, 2, 2]]) {
      $0[0].conv2d($0[1], geometry: ConvolutionGeometry(kernel: 2, padding: .same, dilation: 2, groups: 2))
    },
  ]

  static let softmax: [RuleCase] = [
    RuleCase("crossEntropy", [[3, 5]], in: -3...3) { $0[0].crossEntropy(labels: Tensor([4, 0, 2])) },
    RuleCase("crossEntropy smoothed", [[3, 5]], in: -3...3) {
      $0[0].crossEntropy(labels: Tensor([4, 0, 2]), smoothing: 0.3)
    },
    RuleCase("softmax", [[3, 5]], in: -3...3) { $0[0].softmax(along: -1) },
    RuleCase("logSoftmax", [[3, 5]], in: -3...3) { $0[0].logSoftmax(along: 1) },
    RuleCase("logSoftmax first axis", [[3, 5]], in: -3...3) { $0[0].logSoftmax(along: 0) },
  ]
}
