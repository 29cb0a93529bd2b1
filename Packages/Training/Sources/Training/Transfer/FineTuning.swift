import Autograd
import NNLayers
import Optimizers
import TensorCore

extension ParameterGroup {
  /// The two groups of fine-tuning: a trained body, which learns slowly, and a new head, which learns at the optimiser's own
  /// rate.
  ///
  /// Transfer learning in four steps, which may each be left out:
  /// ```swift
  /// let network = seeded(1) { LeNet5(classCount: 5) }               // a new head of random weights
  /// try network.load(model.stateDictionary(), except: ["classifier.4"])  // the body of a trained one
  /// network.freeze { $0.hasPrefix("features.") }                    // what is not to change at all
  /// let groups = ParameterGroup.fineTuning(network, head: "classifier.4", bodyFactor: 0.1)
  /// let optimizer = SGD(groups, learningRate: 0.05, momentum: 0.9)
  /// ```
  /// The networks of Models that conform to `Network` replace their heads themselves: `network.replacingHead(classCount: 5)`.
  /// A ``Trainer`` does the same by ``TrainingPlan/frozen`` and ``TrainingPlan/layerRates``. Frozen layers still average batch
  /// statistics in training.
  ///
  /// Yosinski and others 2014, "How transferable are features in deep neural networks?".
  ///
  /// - Parameters:
  ///   - model: the network.
  ///   - head: the layer that is new; a name means all that lies below it. Stops unless it has parameters.
  ///   - bodyFactor: what the learning rate is multiplied by for all others, at least 0. Default 0.1.
  public static func fineTuning(
    _ model: any Layer, head: String, bodyFactor: Double = 0.1
  ) -> [ParameterGroup] {
    var (body, top): ([Parameter], [Parameter]) = ([], [])
    var seen: Set<ObjectIdentifier> = []
    for (name, parameter) in model.namedParameters where seen.insert(ObjectIdentifier(parameter)).inserted {
      if isPart(name, of: head) { top.append(parameter) } else { body.append(parameter) }
    }
    guard !head.isEmpty, !top.isEmpty else { stop("fineTuning", "\(model.typeName) has no parameters under '\(head)'") }
    return [ParameterGroup(body, learningRateFactor: bodyFactor), ParameterGroup(top)]
  }
}
