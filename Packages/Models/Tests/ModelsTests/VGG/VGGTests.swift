import Models
import NNLayers
import TensorCore
import Testing

struct VGGTests {
  /// A stage of two convolutions on x = 1 2, 3 4, both with the filter 1 2 3, 4 5 6, 7 8 9. On a 2×2 map the four outputs are
  ///
  ///     5a + 6b + 8c + 9d   4a + 5b + 7c + 8d
  ///     2a + 3b + 5c + 6d   1a + 2b + 4c + 5d
  ///
  /// of its elements a b, c d.
  ///
  ///     conv1   77 67, 47 37         bias -40, relu    37 27, 7 0
  ///     conv2   403 332, 190 119     bias -400, relu   3 0, 0 0       maximum 3
  ///
  /// Backwards from 1: conv2's first output gives 5 6, 8 9, of which 9 ends at the relu. Conv1 gives to the elements of x
  ///
  ///     5 · 5 + 6 · 4 + 8 · 2 = 65     5 · 6 + 6 · 5 + 8 · 3 = 84
  ///     5 · 8 + 6 · 7 + 8 · 5 = 122    5 · 9 + 6 · 8 + 8 · 6 = 141
  @Test func stage() throws {
    let filter = (1...9).map(Double.init)
    let block = try BlockByHand(
      VGG.features([(count: 2, channels: 1)], inputChannels: 1, hasBatchNorm: false),
      ["0.weight": filter, "0.bias": [-40], "2.weight": filter, "2.bias": [-400]])
    try block.expect([1, 2, 3, 4], [1, 1, 2, 2], gives: [3], [1, 1, 1, 1], from: [1], to: [65, 84, 122, 141])
  }

  /// Three 3×3 layers see as much as one of 7×7, with 27 weights for each pair of channels in place of 49.
  @Test func threeSmallFiltersForOneLarge() throws {
    let small = try Sequential(
      (0..<3).map { _ in Conv2d(8, 8, kernelSize: 3, padding: 1, bias: false) }
    ).summary(for: [1, 8, 16, 16])
    let large = try Conv2d(8, 8, kernelSize: 7, padding: 3, bias: false).summary(for: [1, 8, 16, 16])
    #expect(small.rows.last?.receptiveField == [7, 7])
    #expect(large.rows.last?.receptiveField == [7, 7])
    #expect(small.parameterCount == 27 * 64)
    #expect(large.parameterCount == 49 * 64)
  }
}
