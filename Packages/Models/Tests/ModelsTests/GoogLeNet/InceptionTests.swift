import Models
import NNLayers
import TensorCore
import Testing

/// Both forms on the image
///
///     1 2 3
///     4 5 6        with, for the gradient of the output, 1 for the maps of the first branch, 10 for those of the
///     7 8 9        second, 100 and 1000: each digit of the input's gradient tells where it comes from.
struct InceptionTests {
  private let image: [Double] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  private let gradient: [Double] = [1, 10, 100, 1000].flatMap { [Double](repeating: $0, count: 9) }

  /// - 1×1: relu(2x - 9); to the input 2 where x ≥ 5.
  /// - 3×3 of ones, bias -30: the sums of the neighbourhoods are 12 21 16, 27 45 33, 24 39 28, of which 45, 33 and 39 are
  ///   left; to each input the number of those among its neighbours, 1 2 2, 2 3 3, 2 3 3, times 10.
  /// - 5×5 of ones, bias -40: every window holds the whole image, 45; to each input all nine outputs, times 100.
  /// - 3×3 maximum: 5 6 6, 8 9 9, 8 9 9; 5 is taken once, 6 and 8 twice, 9 four times, times 1000.
  @Test func naive() throws {
    let block = try BlockByHand(
      Inception.naive(1, one: 1, three: 1, five: 1),
      [
        "branch1.conv.weight": [2], "branch1.conv.bias": [-9], "branch2.conv.weight": [1], "branch2.conv.bias": [-30],
        "branch3.conv.weight": [1], "branch3.conv.bias": [-40],
      ])
    let maps: [[Double]] = [
      [0, 0, 0, 0, 1, 3, 5, 7, 9], [0, 0, 0, 0, 15, 3, 0, 9, 0], [5, 5, 5, 5, 5, 5, 5, 5, 5],
      [5, 6, 6, 8, 9, 9, 8, 9, 9],
    ]
    try block.expect(
      image, [1, 1, 3, 3], gives: maps.flatMap { $0 }, [1, 4, 3, 3], from: gradient,
      to: [910, 920, 920, 920, 1932, 2932, 922, 2932, 4932])
  }

  /// - 1×1: as above.
  /// - 3×3: reduced to r = relu(2x - 11) = 0 0 0, 0 0 1, 3 5 7; sums of neighbourhoods 0 1 1, 8 16 13, 8 16 13; bias -10
  ///   leaves the four of 16 and 13. To x = 6, 7, 8, 9, where r > 0: 2 · 10 times 4, 2, 4 and 4 of those four.
  /// - 5×5: reduced to relu(7 - 2x) = 5 3 1, 0 …; all windows hold 9. To x = 1, 2, 3: -2 · 9 · 100.
  /// - pooled, then 1×1, bias -7: 0 0 0, 1 2 2, 1 2 2. Of what is left 8 is taken twice and 9 four times, times 1000.
  @Test func reduced() throws {
    let block = try BlockByHand(
      Inception.reduced(1, Inception.Widths(1, 1, 1, 1, 1, 1)),
      [
        "branch1.conv.weight": [2], "branch1.conv.bias": [-9],
        "branch2.0.conv.weight": [2], "branch2.0.conv.bias": [-11],
        "branch2.1.conv.weight": [1], "branch2.1.conv.bias": [-10],
        "branch3.0.conv.weight": [-2], "branch3.0.conv.bias": [7],
        "branch3.1.conv.weight": [1], "branch4.1.conv.weight": [1], "branch4.1.conv.bias": [-7],
      ])
    let maps: [[Double]] = [
      [0, 0, 0, 0, 1, 3, 5, 7, 9], [0, 0, 0, 0, 6, 3, 0, 6, 3], [9, 9, 9, 9, 9, 9, 9, 9, 9],
      [0, 0, 0, 1, 2, 2, 1, 2, 2],
    ]
    try block.expect(
      image, [1, 1, 3, 3], gives: maps.flatMap { $0 }, [1, 4, 3, 3], from: gradient,
      to: [-1800, -1800, -1800, 0, 2, 82, 42, 2082, 4082])
  }

  /// Two fifths of the naive form's work, as the paper's first block on 28×28 maps: 192 · 64 · 1 + 192 · 128 · 9 + 192 · 32 · 25
  /// products at each position against 192 · 64 + 192 · 96 + 96 · 128 · 9 + 192 · 16 + 16 · 32 · 25 + 192 · 32.
  @Test func workOfBothForms() throws {
    let naive = try Inception.naive(192, one: 64, three: 128, five: 32).summary(for: [1, 192, 28, 28])
    let widths = Inception.Widths(64, 96, 128, 16, 32, 32)
    let reduced = try Inception.reduced(192, widths).summary(for: [1, 192, 28, 28])
    #expect(naive.multiplyAdds == 784 * 387_072)
    #expect(reduced.multiplyAdds == 784 * 163_328)
    #expect(naive.outputShape == [1, 416, 28, 28])
    #expect(reduced.outputShape == [1, 256, 28, 28])
  }
}
