import Models
import NNLayers
import TensorCore
import Testing

struct PreActivationBlockTests {
  /// On one position of x = (1, -2) convolutions are matrices:
  ///
  ///     bn1 (x₁, -x₂), relu: (1, 2) → conv1 [1 1; 2 -3]: (3, -4)
  ///     bn2 (z₁ - 1, z₂ + 5), relu: (2, 1) → conv2 [1 0; 1 -1]: (2, 1)
  ///     y = (3, -1): nothing behind the sum
  ///
  /// Backwards from (1, 1): conv2 (2, -1), conv1 (2 - 2, 2 + 3) = (0, 5), bn1 (0, -5); the shortcut adds (1, 1).
  @Test func basic() throws {
    let block = try BlockByHand(
      PreActivationBlock.basic(2, 2),
      [
        "bn1.weight": [1, -1], "conv1.weight": [1, 1, 2, -3], "bn2.running_mean": [1, 0], "bn2.bias": [0, 5],
        "conv2.weight": [1, 0, 1, -1],
      ])
    try block.expect([1, -2], [1, 2, 1, 1], gives: [3, -1], [1, 2, 1, 1], from: [1, 1], to: [1, -4])
  }

  /// x = 1 -1, 3 2 comes to one position of four channels:
  ///
  ///     bn1 2x, relu: a = 2 0 6 4 → conv1 1, bn2, mean 1, relu: 1 0 5 3 → conv2 of ones: 9, bn3 z - 10 + 3 = 2
  ///     conv3 (1, 0, -1, -10): (2, 0, -2, -20)
  ///
  /// The shortcut is (1, 2, 3, 4) times the first element: of a, as in the paper's networks, or of x.
  ///
  /// Backwards from (1, 1, 1, 2): conv3 1 - 1 - 20 = -20, which goes to all elements of a but the second; the shortcut gives
  /// 1 + 2 + 3 + 8 = 14 to the first. What reaches a counts twice for x.
  @Test(arguments: [true, false]) func bottleneck(sharesPreactivation: Bool) throws {
    let block = try BlockByHand(
      PreActivationBlock.bottleneck(1, 4, stride: 2, sharesPreactivation: sharesPreactivation),
      [
        "bn1.weight": [2], "conv1.weight": [1], "bn2.running_mean": [1], "conv2.weight": [1], "bn3.running_mean": [10],
        "bn3.bias": [3], "conv3.weight": [1, 0, -1, -10], "downsample.weight": [1, 2, 3, 4],
      ])
    let output: [Double] = sharesPreactivation ? [4, 4, 4, -12] : [3, 2, 1, -16]
    let first: Double = sharesPreactivation ? 2 * (-20 + 14) : 2 * -20 + 14
    try block.expect(
      [1, -1, 3, 2], [1, 1, 2, 2], gives: output, [1, 4, 1, 1], from: [1, 1, 1, 2], to: [first, 0, -40, -40])
  }
}
