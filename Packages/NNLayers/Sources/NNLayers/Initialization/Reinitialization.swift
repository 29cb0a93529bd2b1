import Autograd
import TensorCore

extension Layer {
  /// Gives parameters new first values, drawn from the random numbers of ``seeded(_:_:)``.
  ///
  /// ```swift
  /// seeded(1) {
  ///   network.initialize(with: .heNormal)
  ///   network.initialize(with: .zeros) { name, _ in name.hasSuffix(".bias") }
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - initializer: the rule. It gets the fans that the layer knows (see ``WeightedLayer``), or else what the shape says.
  ///   - isChosen: says by name and value which parameters are meant. Default: those of rank 2 and more, so weights but not
  ///     biases or normalisation's factors.
  /// - Returns: how many parameters were changed. A tied one is changed once.
  @discardableResult
  public func initialize(
    with initializer: Initializer,
    where isChosen: (String, Parameter) -> Bool = { _, parameter in parameter.shape.rank >= 2 }
  ) -> Int {
    var fans: [ObjectIdentifier: Fan] = [:]
    for (_, weight, fan) in weightedLayers { fans[ObjectIdentifier(weight)] = fan }
    var changed: Set<ObjectIdentifier> = []
    for (name, parameter) in namedParameters where isChosen(name, parameter) {
      let key = ObjectIdentifier(parameter)
      guard changed.insert(key).inserted else { continue }
      parameter.assign(initializer(parameter.shape, fan: fans[key]))
    }
    return changed.count
  }
}
