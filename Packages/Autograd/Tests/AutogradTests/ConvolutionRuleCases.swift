import Autograd
import TensorCore

extension RuleCase {
  static let transposedConvolution: [RuleCase] = [
    RuleCase("conv2dTransposed", [[2, 4, 3, 4], [4, 3, 3, 2], [3]]) {
      $0[0].conv2dTransposed($0[1], bias: $0[2], geometry: ConvolutionGeometry(kernel: PlaneSize(height: 3, width: 2)))
    },
    RuleCase("conv2dTransposed stride, padding, output padding", [[1, 2, 3, 3], [2, 2, 3, 3]]) {
      $0[0].conv2dTransposed(
        $0[1], geometry: ConvolutionGeometry(kernel: 3, stride: 2, padding: 1), outputPadding: 1)
    },
    RuleCase("conv2dTransposed dilation, groups", [[1, 4, 3, 3], [4, 2, 2, 2], [4]]) {
      $0[0].conv2dTransposed(
        $0[1], bias: $0[2],
        geometry: ConvolutionGeometry(
          kernel: 2, padding: .sides(top: 1, bottom: 0, left: 0, right: 1), dilation: 2, groups: 2))
    },
  ]

  static let volumeConvolution: [RuleCase] = [
    RuleCase("conv3d", [[2, 2, 4, 3, 3], [3, 2, 2, 2, 2], [3]]) {
      $0[0].conv3d($0[1], bias: $0[2], geometry: VolumeConvolutionGeometry(kernel: 2))
    },
    RuleCase("conv3d stride, padding", [[1, 1, 5, 4, 4], [2, 1, 3, 3, 2]]) {
      $0[0].conv3d(
        $0[1],
        geometry: VolumeConvolutionGeometry(
          kernel: VolumeSize(depth: 3, height: 3, width: 2), stride: 2,
          padding: .sides(front: 2, back: 0, top: 1, bottom: 1, left: 0, right: 1)))
    },
    RuleCase("conv3d dilation, groups", [[1, 4, 4, 3, 3], [4, 2, 2, 2, 1]]) {
      $0[0].conv3d(
        $0[1],
        geometry: VolumeConvolutionGeometry(
          kernel: VolumeSize(depth: 2, height: 2, width: 1), padding: .same,
          dilation: VolumeSize(depth: 2, height: 1, width: 1), groups: 2))
    },
  ]

  static let convolutionExtents: [RuleCase] = ConvolutionExtent.allCases.flatMap { extent -> [RuleCase] in
    [
      RuleCase("convolved \(extent)", [[4, 5], [3, 2]]) { $0[0].convolved(with: $0[1], extent: extent) },
      RuleCase("convolved line \(extent)", [[6], [4]]) { $0[0].convolved(with: $0[1], extent: extent) },
      RuleCase("crossCorrelated \(extent)", [[4, 5], [2, 3]]) { $0[0].crossCorrelated(with: $0[1], extent: extent) },
    ]
  }

  static let paddingModes: [RuleCase] = PaddingMode.allCases.flatMap { mode -> [RuleCase] in
    [
      RuleCase("padded \(mode)", [[3, 4]]) { $0[0].padded([(2, 1), (0, 3)], mode: mode) },
      RuleCase("padded image \(mode)", [[1, 2, 3, 5]]) {
        $0[0].padded([(0, 0), (0, 0), (1, 2), (4, 2)], mode: mode)
      },
    ]
  }
}
