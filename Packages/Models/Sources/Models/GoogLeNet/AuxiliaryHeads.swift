import Autograd
import NNLayers
import TensorCore

/// GoogLeNet's auxiliary classifiers: they feed gradients into the middle of the network.
extension GoogLeNet {
  /// The logits of all classifiers, `[N, classes]` each.
  public struct Outputs {
    /// The network's own.
    public let logits: Variable
    /// Those of ``GoogLeNet/aux1``; nil without, or in inference.
    public let aux1: Variable?
    /// Those of ``GoogLeNet/aux2``; nil without, or in inference.
    public let aux2: Variable?
  }

  /// How much each auxiliary loss counts.
  public static let auxiliaryWeight = 0.3

  /// The logits, in training also those of the auxiliary classifiers. Calling the network itself gives the first alone.
  public func outputs(_ x: Variable, _ context: Context) -> Outputs {
    var (auxiliary1, auxiliary2): (Variable?, Variable?)
    var y = x
    for (name, layer) in zip(layers.names, layers.layers) {
      y = layer(y, context, as: name)
      guard context.isTraining else { continue }
      if name == "inception4a" { auxiliary1 = aux1?(y, context, as: "aux1") }
      if name == "inception4d" { auxiliary2 = aux2?(y, context, as: "aux2") }
    }
    return Outputs(logits: y, aux1: auxiliary1, aux2: auxiliary2)
  }

  /// The cross-entropy of the logits, in training plus 0.3 times that of each auxiliary classifier.
  ///
  /// - Parameters:
  ///   - x: images, `[N, C, H, W]`.
  ///   - labels: `[N]`, each below the number of classes.
  ///   - context: training or inference.
  /// - Returns: a variable of shape `[]`.
  public func loss(_ x: Variable, _ labels: Tensor<Int64>, _ context: Context) -> Variable {
    let outputs = outputs(x, context)
    return [outputs.aux1, outputs.aux2].compactMap { $0 }.reduce(crossEntropy(outputs.logits, labels)) {
      $0 + Self.auxiliaryWeight * crossEntropy($1, labels)
    }
  }

  /// Checks that what becomes of an input on the way to the auxiliary classifiers is large enough for them.
  ///
  /// - Throws: `InputError` when one of them cannot take it.
  public func checkAuxiliaryHeads(for input: Shape) throws(InputError) {
    var shape: Shape? = input
    for (name, layer) in zip(layers.names, layers.layers) {
      guard let before = shape else { return }
      shape = try layer.outputShape(for: before)
      guard let head = name == "inception4a" ? aux1 : name == "inception4d" ? aux2 : nil, let shape else { continue }
      do {
        _ = try head.outputShape(for: shape)
      } catch {
        throw InputError(typeName, expected: "larger images for its auxiliary classifiers", got: input)
      }
    }
  }

  /// A file's weights as this network takes them: published ones have auxiliary classifiers whether they are wanted or not.
  ///
  /// Those that the network lacks are left out; if it has them and the file does not, they keep their values.
  public func reconciled(_ dictionary: StateDictionary) -> StateDictionary {
    var result = dictionary
    for (name, head) in [("aux1", aux1), ("aux2", aux2)] {
      let found = dictionary.entries.map(\.name).filter { $0.hasPrefix(name + ".") }
      guard let head else {
        found.forEach { result[$0] = nil }
        continue
      }
      guard found.isEmpty else { continue }
      for entry in head.stateDictionary().entries { result["\(name).\(entry.name)"] = entry.value }
    }
    return result
  }
}

extension GoogLeNet.Form {
  /// Mean-pooling to 4×4, a 1×1 convolution to 128 channels, 1024 hidden units.
  func auxiliaryHead(_ inputChannels: Int, _ classCount: Int, dropout: Double) -> Sequential {
    // The paper's 5×5 windows at stride 3 make 4×4 of 14×14 maps; of other sizes they are brought to it.
    let pool: any Layer =
      self == .paper
      ? Sequential(AveragePool2d(5, stride: 3), AdaptiveAveragePool2d(4)) : AdaptiveAveragePool2d(4)
    return Sequential(named: [
      "avgpool": pool, "conv": unit.layers(inputChannels, 128, side: 1), "flatten": Flatten(),
      "fc1": unit.linear(2048, 1024), "relu": ReLU(), "dropout": Dropout(dropout),
      "fc2": unit.linear(1024, classCount),
    ])
  }
}

/// Images normalised by ImageNet's means and deviations, brought to the range -1 to 1 of GoogLeNet's published weights:
/// y = (x · deviation + mean - 0.5) / 0.5, channel by channel.
struct ImageNetRange: ElementwiseLayer {
  func forward(_ x: Variable, _ context: Context) -> Variable {
    func perChannel(_ values: [Double]) -> Variable {
      Variable(TensorValue.double(Tensor<Double>(values, shape: [3, 1, 1])).converted(to: x.precision))
    }
    let factor = [0.229, 0.224, 0.225].map { $0 / 0.5 }
    let offset = [0.485, 0.456, 0.406].map { ($0 - 0.5) / 0.5 }
    return x * perChannel(factor) + perChannel(offset)
  }
}
