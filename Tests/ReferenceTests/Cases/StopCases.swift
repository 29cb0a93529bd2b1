import Autograd
import NNLayers
import TensorCore

/// Shapes that do not fit, an operation each.
enum StopCases {
  static let all: [StopCase] =
    elementwise + movement + picking + products + windows + activations + normalizations + losses

  private static let elementwise: [StopCase] = [
    StopCase("[+] the shapes [2, 3] and [2, 4] do not fit each other", [[2, 3], [2, 4]]) { $0[0] + $0[1] },
    StopCase("[/] the shapes [3] and [4] do not fit each other", [[3], [4]]) { $0[0] / $0[1] },
    StopCase("[sum] axis 2 does not exist in [2, 3]", [[2, 3]]) { $0[0].sum(along: [2]) },
    StopCase("[max] the shape [0, 3] has no elements there", [[0, 3]]) { $0[0].max(along: [0]) },
  ]

  private static let movement: [StopCase] = [
    StopCase("[reshaped] [2, 3] has 6 elements, [4] needs 4", [[2, 3]]) { $0[0].reshaped([4]) },
    StopCase("[permuted] the order [0, 1] does not name every axis of [2, 3, 4]", [[2, 3, 4]]) {
      $0[0].permuted([0, 1])
    },
    StopCase("[broadcast] [3, 2] cannot be repeated to [3, 4]", [[3, 2]]) { $0[0].broadcast(to: [3, 4]) },
    StopCase("[slice] range 1..<4 is not inside axis 0 of [3]", [[3]]) { $0[0].slice([1..<4]) },
    StopCase("[padded] [3] needs 1 pairs", [[3]]) { $0[0].padded([(0, 0), (1, 1)]) },
    StopCase("[concatenated] [2, 3] and [3, 3] differ outside axis 1", [[2, 3], [3, 3]]) {
      .concatenated($0, along: 1)
    },
  ]

  private static let picking: [StopCase] = [
    StopCase("[take] index 3, number 1, is not inside axis 0 of [3, 2]", [[3, 2]]) { $0[0].take(Tensor([0, 3])) },
    StopCase("[gather] the indices [2, 1] and [3, 2] differ outside axis 1", [[3, 2]]) {
      $0[0].gather(Tensor([0, 0], shape: [2, 1]), along: 1)
    },
    StopCase("[topK] there are no 4 elements along axis 0 of [3]", [[3]]) { $0[0].topK(4, along: 0).values },
  ]

  private static let products: [StopCase] = [
    StopCase(
      "[matmul] the inner sizes 3 and 4 differ: the left operand is [2, 3], the right one [4, 5]", [[2, 3], [4, 5]]
    ) {
      $0[0].matmul($0[1])
    },
    StopCase("[matmul] the leading axes do not broadcast", [[2, 3, 4], [3, 4, 5]]) { $0[0].matmul($0[1]) },
    StopCase("[dot] both operands must be of rank 1 and equal length, they are [3] and [4]", [[3], [4]]) {
      $0[0].dot($0[1])
    },
    StopCase("[sparse matmul] the matrix [2, 3] needs [3, F], not [2, 3]", [[2, 3]]) {
      SparseMatrix(rowCount: 2, columnCount: 3, entries: []).matmul($0[0])
    },
  ]

  private static let windows: [StopCase] = [
    StopCase(
      "[conv2d] weight [16, 3, 5, 5] needs 3 input channels, the input is [8, 1, 32, 32]",
      [[8, 1, 32, 32], [16, 3, 5, 5]]
    ) { $0[0].conv2d($0[1], geometry: ConvolutionGeometry(kernel: 5)) },
    StopCase("[conv2d] the bias must be [4] for weight [4, 2, 3, 3], it is [3]", [[1, 2, 5, 5], [4, 2, 3, 3], [3]]) {
      $0[0].conv2d($0[1], bias: $0[2], geometry: ConvolutionGeometry(kernel: 3))
    },
    StopCase(
      "[conv2d] the 5 filters of weight [5, 2, 3, 3] do not divide into 2 groups", [[1, 4, 5, 5], [5, 2, 3, 3]]
    ) {
      $0[0].conv2d($0[1], geometry: ConvolutionGeometry(kernel: 3, groups: 2))
    },
    StopCase(
      "[transposed conv2d] weight [3, 2, 2, 2] needs 3 input channels, the input is [1, 2, 4, 4]",
      [[1, 2, 4, 4], [3, 2, 2, 2]]
    ) { $0[0].conv2dTransposed($0[1], geometry: ConvolutionGeometry(kernel: 2)) },
    StopCase(
      "[conv3d] weight [4, 3, 2, 2, 2] needs 3 input channels, the input is [1, 2, 4, 4, 4]",
      [[1, 2, 4, 4, 4], [4, 3, 2, 2, 2]]
    ) { $0[0].conv3d($0[1], geometry: VolumeConvolutionGeometry(kernel: 2)) },
    StopCase("[convolved] needs two lines or two planes that are not empty, not [3] and [2, 2]", [[3], [2, 2]]) {
      $0[0].convolved(with: $0[1])
    },
    StopCase("[crossCorrelated] [2] under a kernel of [3]: a window of width 3 does not fit into 2", [[2], [3]]) {
      $0[0].crossCorrelated(with: $0[1])
    },
    StopCase("[padded] reflect can put at most 2 elements beside axis 1 of [1, 3], not 3", [[1, 3]]) {
      $0[0].padded([(0, 0), (0, 3)], mode: .reflect)
    },
    StopCase("[max pooling] input [1, 1, 2, 2]: a window of height 3 does not fit into 2", [[1, 1, 2, 2]]) {
      $0[0].maxPool2d(PoolingGeometry(kernel: 3))
    },
    StopCase("[average pooling] the input must be [N, C, H, W]", [[3, 4, 4]]) {
      $0[0].averagePool2d(PoolingGeometry(kernel: 2))
    },
  ]

  private static let activations: [StopCase] = [
    StopCase("[prelu] the input [2, 3] needs a weight [1] or [3], not [2]", [[2, 3], [2]]) { $0[0].prelu($0[1]) },
    StopCase("[maxout] the channels of [2, 5] do not divide by 3", [[2, 5]]) { $0[0].maxout(pieces: 3) },
    StopCase("[glu] axis -1 of [2, 5] has no halves", [[2, 5]]) { $0[0].glu() },
  ]

  private static let normalizations: [StopCase] = [
    StopCase("[layerNorm] needs an input that ends in [2], this one is [2, 3]", [[2, 3]]) {
      $0[0].layerNorm(over: [2])
    },
    StopCase("[rmsNorm] rows of [3] need weight and bias of that shape, not [2]", [[2, 3], [2]]) {
      $0[0].rmsNorm(over: [3], weight: $0[1])
    },
    StopCase("[groupStatistics] the channels of [2, 5, 3] do not divide into 2 groups", [[2, 5, 3]]) {
      $0[0].groupNorm(groups: 2).output
    },
    StopCase("[batchNorm] the input [2, 3] needs statistics, weight and bias [3], not [2]", [[2, 3], [2], [2]]) {
      $0[0].batchNorm(weight: $0[1], bias: $0[2]).output
    },
  ]

  private static let losses: [StopCase] = [
    StopCase("[lengths] needs an axis of vectors, this tensor is []", [[]]) { $0[0].squashed() },
    StopCase("[capsuleMarginLoss] scores [2, 3] need labels [2], not [3]", [[2, 3]]) {
      capsuleMarginLoss($0[0], Tensor([0, 1, 2]))
    },
    StopCase("[softmax] axis 1 does not exist in [3]", [[3]]) { $0[0].softmax(along: 1) },
    StopCase("[crossEntropy] logits [N, C] need labels [N], not [2, 3] and [3]", [[2, 3]]) {
      $0[0].crossEntropy(labels: Tensor([0, 1, 2]))
    },
    StopCase("[crossEntropy] label 3 of row 1 is not one of 3 classes", [[2, 3]]) {
      $0[0].crossEntropy(labels: Tensor([0, 3]))
    },
  ]
}
