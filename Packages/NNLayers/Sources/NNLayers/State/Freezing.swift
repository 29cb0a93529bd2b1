import Autograd

/// Which parts of a network train.
///
/// ```swift
/// network.freeze { $0.hasPrefix("features.") }   // train the classifier alone
/// network.unfreeze()
/// ```
extension Layer {
  /// Excludes parameters from training: no gradient is calculated for them and no optimiser changes them.
  ///
  /// - Parameter isChosen: says by its name whether a parameter is meant. Default: all of them. A tied parameter is meant
  ///   when one of its names is.
  /// - Returns: how many parameters were meant, each counted once.
  @discardableResult
  public func freeze(where isChosen: (String) -> Bool = { _ in true }) -> Int {
    setTrainable(false, where: isChosen)
  }

  /// Lets parameters train again; see ``freeze(where:)``.
  @discardableResult
  public func unfreeze(where isChosen: (String) -> Bool = { _ in true }) -> Int {
    setTrainable(true, where: isChosen)
  }

  private func setTrainable(_ isTrainable: Bool, where isChosen: (String) -> Bool) -> Int {
    var chosen: Set<ObjectIdentifier> = []
    for (name, parameter) in namedParameters where isChosen(name) {
      parameter.isTrainable = isTrainable
      chosen.insert(ObjectIdentifier(parameter))
    }
    return chosen.count
  }
}
