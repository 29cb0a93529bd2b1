import Autograd
import Foundation
import Models
import NNLayers
import TensorCore
import Testing

/// The first unit of layer 1 on one position of x = 1 in all 16 channels. The first convolution takes the mean of the
/// channels and the second twice that:
///
///     F = 2 mean(x) = 2, and from ones each x gets 16 · 2 / 16 = 2
struct ShortcutTests {
  private let ones = [Double](repeating: 1, count: 16)
  private let body = ["conv1.weight": [1 / 16.0], "conv2.weight": [2 / 16.0]]

  private func unit(_ shortcut: Shortcut, _ name: String = "layer1.0") throws -> any Layer {
    try #require(CIFARResNet(depth: 8, shortcut: shortcut).layer(named: name))
  }

  private func expect(_ shortcut: Shortcut, _ values: [String: [Double]] = [:], gives y: Double, to dx: Double) throws {
    try BlockByHand(unit(shortcut), body.merging(values) { $1 }).expect(
      ones, [1, 16, 1, 1], gives: ones.map { $0 * y }, [1, 16, 1, 1], from: ones, to: ones.map { $0 * dx })
  }

  @Test func withoutParameters() throws {
    try expect(.none, gives: 2, to: 2)
    try expect(.zeroPadding, gives: 2 + 1, to: 2 + 1)
    try expect(.projection, gives: 2 + 1, to: 2 + 1)
    try expect(.scaled(shortcut: 0.5, residual: 3), gives: 3 * 2 + 0.5, to: 3 * 2 + 0.5)
    try expect(.dropout(0.5), gives: 2 + 1, to: 2 + 1)
  }

  /// A 1×1 convolution to three times the mean.
  @Test func projectionEverywhere() throws {
    try expect(.projectionEverywhere, ["downsample.0.weight": [3 / 16.0]], gives: 2 + 3, to: 2 + 3)
  }

  /// The gate is g = σ(mean(x) + ln 3 - 1) = 3/4, its slope g (1 - g) = 3/16.
  ///
  ///     exclusive        y = g F + (1 - g) x     to each x  2g + (1 - g) + 3/16 (F - x)
  ///     shortcut only    y = F + (1 - g) x       to each x  2 + (1 - g) - 3/16 x
  @Test func gates() throws {
    let start: Double = log(3.0) - 1
    let bias = Float(start)
    let gate = ["gate.weight": [1 / 16.0], "gate.bias": [start]]
    try expect(.exclusiveGating(bias: bias), gate, gives: 1.75, to: 1.75 + 0.1875)
    try expect(.shortcutOnlyGating(bias: bias), gate, gives: 2.25, to: 2.25 - 0.1875)
    let state = try unit(.exclusiveGating(bias: -6)).stateDictionary()
    guard case .tensor(let first)? = state["gate.bias"] else {
      Issue.record("no gate.bias")
      return
    }
    #expect(first.floats.scalars == [Float](repeating: -6, count: 16))
  }

  /// Layer 2 starts with half the rows and columns and twice the channels: of 1 2, 3 4 the first element is kept, and the
  /// new channels are 0. The body is 0.
  @Test func zeroPaddingWhereSizesChange() throws {
    let image = (0..<16).flatMap { _ -> [Double] in [1, 2, 3, 4] }
    let zeros = [Double](repeating: 0, count: 16)
    try BlockByHand(unit(.zeroPadding, "layer2.0"), ["conv1.weight": [0], "conv2.weight": [0]]).expect(
      image, [1, 16, 2, 2], gives: ones + zeros, [1, 32, 1, 1], from: ones + zeros,
      to: (0..<16).flatMap { _ -> [Double] in [1, 0, 0, 0] })
  }
}
