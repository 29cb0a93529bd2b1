import Foundation
import Models
import NNLayers
import TensorCore
import Testing

struct AlexNet2012Tests {
  /// Response normalisation of one position with the channels (100, 200), both within each other's window of five: the sum
  /// of squares is 50,000, so that s = 2 + 10⁻⁴ · 50,000 = 7 for both, and yᵢ = xᵢ s^(-3/4).
  ///
  ///     ∂yᵢ/∂xⱼ = [i = j] s^(-3/4) - xᵢ · 3/4 · s^(-7/4) · 2 · 10⁻⁴ xⱼ
  ///
  /// from (1, 1): s^(-3/4) - 1.5 · 10⁻⁴ · 300 xⱼ s^(-7/4) = s^(-3/4) (1 - 0.045 xⱼ / 7).
  @Test func responseNormalization() throws {
    let block = try BlockByHand(AlexNet2012.response, [:])
    let power = pow(7, -0.75)
    try block.expect(
      [100, 200], [1, 2, 1, 1], gives: [100 * power, 200 * power], [1, 2, 1, 1], from: [1, 1],
      to: [power * (1 - 4.5 / 7), power * (1 - 9.0 / 7)])
  }
}
