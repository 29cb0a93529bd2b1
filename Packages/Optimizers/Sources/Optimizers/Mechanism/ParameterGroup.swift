import Autograd
import TensorCore

/// Parameters that share a factor of the learning rate and a weight decay.
///
/// Every rule takes parameters or groups of them:
/// ```swift
/// let optimizer = AdamW(
///   ParameterGroup.exemptingVectors(model.parameters), learningRate: 1e-3, weightDecay: 0.05)
/// let other = SGD(
///   [ParameterGroup(body, learningRateFactor: 0.1), ParameterGroup(head)], learningRate: 0.01)
/// ```
public struct ParameterGroup: Sendable {
  /// The parameters.
  public let parameters: [Parameter]
  /// What the optimiser's learning rate is multiplied by for them.
  public let learningRateFactor: Double
  /// Their weight decay; nil for the optimiser's own.
  public let weightDecay: Double?

  /// A group with its own rate and decay.
  ///
  /// - Parameters:
  ///   - parameters: the parameters.
  ///   - learningRateFactor: what the optimiser's learning rate is multiplied by, at least 0. Default 1.
  ///   - weightDecay: their weight decay, at least 0. Default nil: the optimiser's own.
  public init(_ parameters: [Parameter], learningRateFactor: Double = 1, weightDecay: Double? = nil) {
    guard learningRateFactor >= 0, learningRateFactor.isFinite else {
      stop("ParameterGroup", "the factor \(learningRateFactor) of the learning rate must be at least 0")
    }
    if let weightDecay { requireNotNegative("ParameterGroup", "weight decay", weightDecay) }
    self.parameters = parameters
    self.learningRateFactor = learningRateFactor
    self.weightDecay = weightDecay
  }

  /// Two groups: the parameters that `isExempt` picks, without weight decay, and the others, with the optimiser's.
  public static func exempting(
    _ parameters: [Parameter], where isExempt: (Parameter) -> Bool
  ) -> [ParameterGroup] {
    [
      ParameterGroup(parameters.filter { !isExempt($0) }),
      ParameterGroup(parameters.filter(isExempt), weightDecay: 0),
    ]
  }

  /// Two groups: vectors and scalars, which are biases and the scales and shifts of normalisation, without weight decay,
  /// and the others, with the optimiser's.
  ///
  /// Decay is meant for the weights that multiply inputs. He and others 2019, "Bag of tricks for image classification with
  /// convolutional neural networks", section 3.1.
  public static func exemptingVectors(_ parameters: [Parameter]) -> [ParameterGroup] {
    exempting(parameters) { $0.shape.rank < 2 }
  }
}

/// A `Parameter` or a ``ParameterGroup``: what rules take lists of.
public protocol ParameterGroupConvertible {
  /// The group that this is, or is alone in.
  var parameterGroup: ParameterGroup { get }
}

extension Parameter: ParameterGroupConvertible {
  public var parameterGroup: ParameterGroup { ParameterGroup([self]) }
}

extension ParameterGroup: ParameterGroupConvertible {
  public var parameterGroup: ParameterGroup { self }
}
