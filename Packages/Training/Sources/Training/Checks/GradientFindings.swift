import Autograd
import NNLayers
import TensorCore

/// The gradients of one pass, parameter by parameter, and what is wrong with them.
struct GradientFindings {
  private(set) var parameters: [ParameterStatistics] = []
  private(set) var warnings: [LayerWarning] = []

  /// A weight whose gradients are compared: how much the loss changes, to the first order, when it changes by its own size.
  private struct Steepness {
    let name: String
    let value: Double
  }

  init(_ model: any Layer, _ gradients: Gradients) {
    var seen: Set<ObjectIdentifier> = []
    var weights: [Steepness] = []
    for (name, parameter) in model.namedParameters where seen.insert(ObjectIdentifier(parameter)).inserted {
      let (value, gradient) = (parameter.value.floats, gradients[parameter]?.floats)
      let statistics = ParameterStatistics(
        name: name, shape: value.shape.sizes, value: ValueStatistics(value),
        gradient: gradient.map(ValueStatistics.init))
      parameters.append(statistics)
      guard parameter.isTrainable else { continue }
      guard let gradient, let slopes = statistics.gradient else {
        warn(.unused, name, "the loss does not depend on it")
        continue
      }
      guard slopes.isFinite else {
        warn(.exploding, name, "its gradient is not finite")
        continue
      }
      guard value.rank >= 2, value.count > 0 else { continue }
      if value.hasEqualRows, gradient.hasEqualRows {
        warn(.symmetric, name, "its \(value.shape[0]) units have the same weights and the same gradients")
      }
      // A weight that starts at 0 is given a size, so that its gradient counts.
      let size = max(statistics.value.norm, 0.01 * Double(value.count).squareRoot())
      weights.append(Steepness(name: name, value: size * slopes.norm))
    }
    compare(weights)
  }

  private mutating func compare(_ weights: [Steepness]) {
    let steepest = weights.map(\.value).max() ?? 0
    for weight in weights {
      if weight.value <= 1e-4 * steepest {
        let share = steepest > 0 ? "a share of \(short(weight.value / steepest)) of the steepest weight's" : "0"
        warn(.vanishing, weight.name, "its gradient is \(share)")
      } else if weight.value > 1e3 {
        warn(.exploding, weight.name, "a change by its own size changes the loss by about \(short(weight.value))")
      }
    }
  }

  private mutating func warn(_ kind: LayerWarning.Kind, _ name: String, _ detail: String) {
    warnings.append(LayerWarning(kind: kind, name: name, detail: detail))
  }
}

extension Tensor<Float> {
  /// Whether a weight `[units, …]` of two units or more has the same numbers for each.
  fileprivate var hasEqualRows: Bool {
    guard shape[0] >= 2 else { return false }
    let width = count / shape[0]
    return withUnsafeBufferPointer { numbers in (width..<count).allSatisfy { numbers[$0] == numbers[$0 % width] } }
  }
}
