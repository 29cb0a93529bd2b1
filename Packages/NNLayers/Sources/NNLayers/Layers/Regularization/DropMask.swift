import Autograd
import TensorCore

extension Context {
  /// Random factors: 0 with the given probability, `kept` otherwise.
  ///
  /// Drawn as Float whatever the precision, so that a run in Double drops the same elements.
  func dropMask(_ shape: Shape, dropping probability: Double, kept: Double, as precision: Precision) -> Variable {
    let draws = Tensor<Float>.uniform(shape, in: 0..<1, using: &random)
    let isKept = draws .>= Float(probability)
    return switch precision {
    case .float: Variable(isKept.converted(to: Float.self) * Float(kept))
    case .double: Variable(isKept.converted(to: Double.self) * kept)
    }
  }
}

/// Stops unless something may be dropped with this probability.
func checkDropProbability(_ probability: Double, _ layer: String) {
  guard (0..<1).contains(probability) else { stop(layer, "the probability \(probability) is not in 0 ..< 1") }
}
