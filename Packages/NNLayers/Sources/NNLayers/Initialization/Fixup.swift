import Autograd
import TensorCore

extension Layer {
  /// Fixup: first values that let residual networks train without normalisation.
  ///
  /// With L branches of m weights each: He's rule everywhere; within a branch scaled by L^(-1/(2m-2)); the last weight of
  /// each branch, and the classifier, zero, so that the network starts as its shortcuts alone. (The paper's scalar biases
  /// and multipliers are for the architecture to have.)
  ///
  /// ```swift
  /// network.initializeFixup(classifier: "fc")
  /// ```
  ///
  /// Zhang, Dauphin and Ma 2019, "Fixup initialization: residual learning without normalization".
  ///
  /// - Parameters:
  ///   - branches: for each residual branch the names of its layers with weights, in order. Default: those of the body of
  ///     every ``Residual``.
  ///   - classifier: the name of the last layer; nil to treat it as any other.
  public func initializeFixup(branches: [[String]]? = nil, classifier: String? = nil) {
    let layers = weightedLayers
    for layer in layers { layer.weight.assign(Initializer.heNormal(layer.weight.shape, fan: layer.fan)) }
    let weights = Dictionary(layers.map { ($0.name, $0.weight) }, uniquingKeysWith: { first, _ in first })
    let branches = branches ?? residualBranches(layers.map(\.name))
    for branch in branches {
      scale(branch.map { weight(of: $0, in: weights) }, branchCount: branches.count)
    }
    guard let classifier else { return }
    _ = weight(of: classifier, in: weights)
    for parameter in layer(named: classifier)?.parameters ?? [] { parameter.assign(.zeros(parameter.shape)) }
  }

  private func scale(_ weights: [Parameter], branchCount: Int) {
    guard let last = weights.last else { return }
    if weights.count > 1 {
      let exponent = -1 / Double(2 * weights.count - 2)
      let factor = Float(Tensor(Double(branchCount)).power(exponent).scalar)
      for weight in weights.dropLast() { weight.assign(weight.value.floats * factor) }
    }
    last.assign(.zeros(last.shape))
  }

  private func weight(of name: String, in weights: [String: Parameter]) -> Parameter {
    guard let weight = weights[name] else { stop("Fixup", "there is no layer with a weight of the name '\(name)'") }
    return weight
  }

  private func residualBranches(_ names: [String]) -> [[String]] {
    StructureWalk(self).layers.filter { $0.layer.structure is Residual }.map { block in
      let body = StructureWalk.join(block.name, "body")
      return names.filter { $0 == body || $0.hasPrefix(body + ".") }
    }
  }
}
