import NNLayers
import Optimizers

extension ModelState {
  /// Averaged weights, for a context that carries them in place of the network's own.
  ///
  /// ```swift
  /// let context = Context(mode: .inference, state: ModelState(average))
  /// let logits = model(images, context)
  /// ```
  public init(_ average: WeightAverage) {
    self.init()
    for parameter in average.parameters { self[parameter] = average.value(of: parameter) }
  }
}
