import Autograd
import Foundation
import TensorCore

/// Activation functions, each in the shapes of ``ElementwiseFunction`` and at the ends of its range; those of several elements.
enum ActivationCases {
  static let all: [OperationCase] = functions.flatMap { $0.cases + $0.edges } + slopes + gates

  private static func function(
    _ activation: Activation, hasKinks: Bool = false, is formula: @escaping @Sendable (Double) -> Double
  ) -> ElementwiseFunction {
    let bounds = hasKinks ? OperationCase.Bounds.kinks : OperationCase.Bounds()
    return ElementwiseFunction("\(activation)", in: -6...6, bounds: bounds, { $0.activated(activation) }, is: formula)
  }

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  /// x f(x), where f falls to 0 faster than x grows.
  private static func gated(_ x: Double, _ gate: Double) -> Double { x == -.infinity ? 0 : x * gate }
  private static func scaled(_ x: Double) -> Double { x > 0 ? x : 1.6732632423543772 * expm1(x) }

  private static let functions: [ElementwiseFunction] = [
    function(.step, hasKinks: true) { $0.isNaN ? .nan : $0 >= 0 ? 1 : 0 },
    function(.threshold(at: 0.51, value: -2), hasKinks: true) { $0.isNaN ? .nan : $0 > 0.51 ? $0 : -2 },
    function(.logSigmoid) { $0 < 0 ? $0 - log1p(exp($0)) : -log1p(exp(-$0)) },
    function(.scaledTanh(amplitude: 1.7159, slope: 2.0 / 3)) { 1.7159 * tanh(2 * $0 / 3) },
    function(.hardTanh(-1.51...2.02), hasKinks: true) { $0.isNaN ? .nan : min(max($0, -1.51), 2.02) },
    function(.leakyReLU(slope: 0.1), hasKinks: true) { $0 > 0 ? $0 : 0.1 * $0 },
    function(.elu(alpha: 1.3), hasKinks: true) { $0 > 0 ? $0 : 1.3 * expm1($0) },
    function(.selu, hasKinks: true) { 1.0507009873554805 * scaled($0) },
    function(.celu(alpha: 0.7)) { $0 > 0 ? $0 : 0.7 * expm1($0 / 0.7) },
    function(.gelu) { gated($0, erfc(-$0 / 2.0.squareRoot()) / 2) },
    function(.geluTanh) { x in
      gated(x, sigmoid(2 * (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    },
    function(.silu) { gated($0, sigmoid($0)) },
    function(.hardSwish, hasKinks: true) { gated($0, $0.isNaN ? .nan : min(max($0 + 3, 0), 6) / 6) },
    function(.hardSigmoid, hasKinks: true) { $0.isNaN ? .nan : min(max($0 + 3, 0), 6) / 6 },
    function(.mish) { gated($0, tanh(log1p(exp($0)))) },
    function(.softplus(beta: 2)) { $0 == .infinity ? $0 : (max($0, 0) * 2 + log1p(exp(-abs(2 * $0)))) / 2 },
    function(.hardShrink(threshold: 0.51), hasKinks: true) { abs($0) <= 0.51 ? 0 : $0 },
    function(.softShrink(threshold: 0.51), hasKinks: true) {
      abs($0) <= 0.51 ? 0 : $0 > 0 ? $0 - 0.51 : $0 + 0.51
    },
    function(.tanhShrink) { $0 - tanh($0) },
    function(.softsign) { abs($0) == .infinity ? ($0 < 0 ? -1 : 1) : $0 / (1 + abs($0)) },
  ]

  /// Images, channels, positions; one slope for all or one for each channel.
  private static let slopes: [OperationCase] = [
    [1, 2, 1], [2, 3, 5], [3, 2, 16], [1, 5, 33], [4, 17], [2, 40], [0, 3, 2], [2, 3, 0], [2, 3, 4, 5], [3, 5, 2_501],
  ].flatMap { sizes -> [OperationCase] in
    [1, sizes[1]].map { count in
      OperationCase("prelu", [Input(sizes), Input([count], in: 0.1...0.4)], bounds: .kinks) {
        $0[0].prelu($0[1])
      } is: { inputs in
        Reference(sizes) { index in
          let x = inputs[0][index]
          return x > 0 ? x : inputs[1][count == 1 ? 0 : index[1]] * x
        }
      }
    }
  }

  private static let gates: [OperationCase] = [[1, 6], [3, 12], [2, 6, 5], [2, 12, 3, 4], [0, 6, 2], [2, 60, 33]]
    .flatMap {
      sizes -> [OperationCase] in
      [
        OperationCase("maxout", [Input(sizes)], bounds: .kinks) {
          $0[0].maxout(pieces: 3)
        } is: { inputs in
          Reference([sizes[0], sizes[1] / 3] + sizes.dropFirst(2)) { index in
            let pieces = (0..<3).map { inputs[0][[index[0], index[1] * 3 + $0] + index.dropFirst(2)] }
            return pieces.reduce(-.infinity, max)
          }
        },
        OperationCase("glu", [Input(sizes)]) {
          $0[0].glu(along: 1)
        } is: { inputs in
          Reference([sizes[0], sizes[1] / 2] + sizes.dropFirst(2)) { index in
            let gate = inputs[0][[index[0], index[1] + sizes[1] / 2] + index.dropFirst(2)]
            return inputs[0][index] * sigmoid(gate)
          }
        },
      ]
    }
}
