import Autograd
import NNLayers
import TensorCore

/// Weights and images by the formula of Tests/References/models.py, bit by bit the same as there.
enum FormulaWeights {
  static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// splitmix64 of the i-th step from a seed.
  static func bits(_ seed: UInt64, _ index: Int) -> UInt64 {
    var z = seed &+ UInt64(index + 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  static func tensor(_ name: String, _ shape: Shape) -> Tensor<Float> {
    let seed = hash(name)
    let rule = rule(name, shape)
    return Tensor((0..<shape.count).map { Float(rule(Double(bits(seed, $0) >> 11) / 0x1p53)) }, shape: shape)
  }

  private static func rule(_ name: String, _ shape: Shape) -> (Double) -> Double {
    if shape.rank >= 2 {
      let bound = (name == "input" ? 3 : 6 / Double(shape.count / shape[0])).squareRoot()
      return { (2 * $0 - 1) * bound }
    }
    return name.hasSuffix("running_mean") || name.hasSuffix("bias") ? { ($0 - 0.5) / 5 } : { $0 + 0.5 }
  }

  /// A value for every entry of a network.
  static func load(into model: any Layer) throws {
    try model.load(
      StateDictionary(
        model.namedState.map { name, cell in
          if case .int64 = cell.value { return (name, .int64(Tensor(7))) }
          return (name, .tensor(.float(tensor(name, cell.shape))))
        }))
  }

  /// Σ ± gᵢ with the signs of the formula.
  static func signedSum(_ gradient: [Double], _ name: String) -> Double {
    let seed = hash(name)
    var sum = 0.0
    for index in gradient.indices { sum += bits(seed, index) & 1 == 0 ? gradient[index] : -gradient[index] }
    return sum
  }
}
