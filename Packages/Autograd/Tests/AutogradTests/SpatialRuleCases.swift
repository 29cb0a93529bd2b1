import Autograd
import TensorCore

extension RuleCase {
  static let pooling: [RuleCase] = [
    RuleCase("maxPool2d", [[2, 2, 4, 6]]) { $0[0].maxPool2d(PoolingGeometry(kernel: 2)) },
    RuleCase("maxPool2d overlapping, padded", [[1, 2, 5, 5]]) {
      $0[0].maxPool2d(PoolingGeometry(kernel: 3, stride: 2, padding: 1))
    },
    RuleCase("maxPool2d rounding up", [[1, 2, 6, 6]]) {
      $0[0].maxPool2d(PoolingGeometry(kernel: 3, stride: 2, roundsUp: true))
    },
    RuleCase("maxPool2d larger than the image", [[1, 2, 2, 1]]) {
      $0[0].maxPool2d(PoolingGeometry(kernel: 3, stride: 3, roundsUp: true))
    },
    RuleCase("averagePool2d larger than the image", [[1, 2, 2, 1]]) {
      $0[0].averagePool2d(PoolingGeometry(kernel: 3, stride: 3, roundsUp: true))
    },
    RuleCase("averagePool2d", [[2, 2, 4, 6]]) { $0[0].averagePool2d(PoolingGeometry(kernel: 2)) },
    RuleCase("averagePool2d padding not counted", [[1, 2, 5, 5]]) {
      $0[0].averagePool2d(PoolingGeometry(kernel: 3, stride: 2, padding: 1), countingPadding: false)
    },
    RuleCase("averagePool2d padding counted, rounding up", [[1, 2, 6, 5]]) {
      $0[0].averagePool2d(PoolingGeometry(kernel: 3, stride: 2, padding: 1, roundsUp: true))
    },
    RuleCase("lpPool2d 1", [[1, 2, 5, 5]]) { $0[0].lpPool2d(PoolingGeometry(kernel: 3, stride: 2), power: 1) },
    RuleCase("lpPool2d 2", [[1, 2, 6, 6]]) {
      $0[0].lpPool2d(PoolingGeometry(kernel: 3, stride: 2, roundsUp: true), power: 2)
    },
    RuleCase("lpPool2d 3.5", [[1, 2, 5, 5]], in: 0.2...2) {
      $0[0].lpPool2d(PoolingGeometry(kernel: 3, stride: 2, padding: 1), power: 3.5)
    },
    RuleCase("maxUnpool2d", [[1, 2, 2, 2]]) {
      $0[0].maxUnpool2d(indices: Tensor([0, 3, 9, 14, 1, 2, 12, 15], shape: [1, 2, 2, 2]), size: 4)
    },
    RuleCase("maxUnpool2d twice the same", [[1, 1, 2, 2]]) {
      $0[0].maxUnpool2d(indices: Tensor([5, 3, 5, 0], shape: [1, 1, 2, 2]), size: 3)
    },
  ]

  static let adaptivePooling: [RuleCase] = [1, 2, 3, 5, 7].flatMap { size -> [RuleCase] in
    [
      RuleCase("adaptiveAveragePool2d \(size)", [[2, 2, 5, 6]]) {
        $0[0].adaptiveAveragePool2d(to: PlaneSize(height: size, width: size + 1))
      },
      RuleCase("adaptiveMaxPool2d \(size)", [[2, 2, 5, 6]]) {
        $0[0].adaptiveMaxPool2d(to: PlaneSize(height: size, width: 1))
      },
    ]
  }

  static let resampling: [RuleCase] = [
    RuleCase("resampled2d nearest", [[1, 2, 3, 4]]) { $0[0].resampled2d(ResamplingGeometry(scale: 2)) },
    RuleCase("resampled2d nearest, smaller", [[1, 2, 5, 4]]) {
      $0[0].resampled2d(ResamplingGeometry(size: PlaneSize(height: 3, width: 7)))
    },
    RuleCase("resampled2d bilinear", [[1, 2, 3, 4]]) {
      $0[0].resampled2d(ResamplingGeometry(scale: 1.7, interpolation: .bilinear(alignsCorners: false)))
    },
    RuleCase("resampled2d bilinear, aligned", [[1, 2, 3, 4]]) {
      $0[0].resampled2d(ResamplingGeometry(size: 5, interpolation: .bilinear(alignsCorners: true)))
    },
    RuleCase("pixelShuffled", [[1, 8, 2, 3]]) { $0[0].pixelShuffled(by: 2) },
    RuleCase("pixelUnshuffled", [[1, 2, 4, 6]]) { $0[0].pixelUnshuffled(by: 2) },
  ]
}
