import Models
import NNLayers
import TensorCore
import Testing

struct ResidualBlockTests {
  /// Filters of ones, on x = 1 2 3, 4 5 6, 7 8 9:
  ///
  ///     conv1   12 21 16, 27 45 33, 24 39 28           bn1, mean 30, and relu    0 0 0, 0 15 3, 0 9 0
  ///     conv2   15 18 18, 24 27 27, 24 27 27           bn2, 21.5 - z             6.5 3.5 3.5, -2.5 -5.5 -5.5, -2.5 -5.5 -5.5
  ///     y       7.5 5.5 6.5, 1.5 0 0.5, 4.5 2.5 3.5    the middle is -0.5 before the last relu
  ///
  /// Backwards from ones: δ is 1 but 0 in the middle, behind bn2 -δ. Of conv2's inputs only 15, 3 and 9 are above 0; among
  /// their neighbours are 8, 5 and 5 of δ. Those -8, -5, -5 go on to their neighbours, and the shortcut adds δ.
  @Test func basic() throws {
    let block = try BlockByHand(
      ResidualBlock.basic(1, 1),
      [
        "conv1.weight": [1], "bn1.running_mean": [30],
        "conv2.weight": [1], "bn2.running_mean": [20], "bn2.weight": [-1], "bn2.bias": [1.5],
      ])
    try block.expect(
      [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 3, 3], gives: [7.5, 5.5, 6.5, 1.5, 0, 0.5, 4.5, 2.5, 3.5], [1, 1, 3, 3],
      from: [Double](repeating: 1, count: 9), to: [-7, -12, -12, -12, -18, -17, -12, -17, -17])
  }

  /// x = 1 2, 3 4 comes to one position of two channels; there the second convolution is a matrix.
  ///
  ///     conv1    (1, -1) times the sum 10: (10, -10)       bn1, bias (-4, 13), and relu    (6, 3)
  ///     conv2    [1 2; 3 -1]: (12, 15)                     bn2, (z₁ - 10, 2 (z₂ - 14) + 1)  (2, 3)
  ///     shortcut (5, -7) times the first element: (5, -7)  y = relu(7, -4) = (7, 0)
  ///
  /// Backwards from (1, 1): δ = (1, 0); conv2 gives (1, 2), conv1 1 · 1 + 2 · -1 = -1 to each element, the shortcut 5 to the
  /// first.
  @Test func basicWithProjection() throws {
    let block = try BlockByHand(
      ResidualBlock.basic(1, 2, stride: 2),
      [
        "conv1.weight": [1, -1], "bn1.bias": [-4, 13], "conv2.weight": [1, 2, 3, -1], "bn2.running_mean": [10, 14],
        "bn2.weight": [1, 2], "bn2.bias": [0, 1], "downsample.0.weight": [5, -7],
      ])
    try block.expect([1, 2, 3, 4], [1, 1, 2, 2], gives: [7, 0], [1, 2, 1, 1], from: [1, 1], to: [4, -1, -1, -1])
  }

  /// On one position of x = (1, 2) each layer is a product:
  ///
  ///     conv1 (1 1): 3, bn1, mean 1: 2 → conv2 3: 6, bn2, 2 (z - 4) + 1: 5 → conv3 (2, -2): (10, -10), bn3: (11, -9)
  ///     y = relu(12, -7) = (12, 0)
  ///
  /// Backwards from (1, 1): δ = (1, 0); conv3 2, bn2 4, conv2 12, conv1 (12, 12); the shortcut adds δ.
  @Test func bottleneck() throws {
    let block = try BlockByHand(
      ResidualBlock.bottleneck(2, 2, width: 1),
      [
        "conv1.weight": [1], "bn1.running_mean": [1], "conv2.weight": [3], "bn2.running_mean": [4], "bn2.weight": [2],
        "bn2.bias": [1], "conv3.weight": [2, -2], "bn3.bias": [1],
      ])
    try block.expect([1, 2], [1, 2, 1, 1], gives: [12, 0], [1, 2, 1, 1], from: [1, 1], to: [13, 12])
  }

  /// The stride lies on the 3×3 convolution, which sees all of x = 1 2, 3 4; on the first 1×1 only 1 would be seen.
  ///
  ///     conv1 2x: 2 4 6 8, bn1, mean 3, relu: 0 1 3 5 → conv2 of ones: 9, bn2, mean 5: 4 → conv3 (1, -1): (4, -4)
  ///     shortcut (1, 10) times the first element; y = (5, 6)
  ///
  /// Backwards from (2, 1): conv3 2 - 1 = 1, to each element above 0 times 2; the shortcut gives 2 + 10 to the first.
  @Test func bottleneckWithStride() throws {
    let block = try BlockByHand(
      ResidualBlock.bottleneck(1, 2, width: 1, stride: 2),
      [
        "conv1.weight": [2], "bn1.running_mean": [3], "conv2.weight": [1], "bn2.running_mean": [5],
        "conv3.weight": [1, -1], "downsample.0.weight": [1, 10],
      ])
    try block.expect([1, 2, 3, 4], [1, 1, 2, 2], gives: [5, 6], [1, 2, 1, 1], from: [2, 1], to: [12, 2, 2, 2])
  }
}
