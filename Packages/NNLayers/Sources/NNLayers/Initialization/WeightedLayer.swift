import Autograd
import TensorCore

/// A layer whose outputs are sums of its inputs times a weight: what initialisers are made for.
///
/// A layer of one's own that conforms takes part in ``Layer/initialize(with:where:)`` with the right fan, and in
/// ``Layer/initializeLSUV(on:tolerance:maximumRounds:)``.
public protocol WeightedLayer: Layer {
  /// What the inputs are multiplied by.
  var weight: Parameter { get }
  /// The fans of the weight. Default: what its shape says as `[out, in, …]`.
  var fan: Fan { get }
}

extension WeightedLayer {
  public var fan: Fan { Fan(of: weight.shape) }
}

extension Linear: WeightedLayer {}

extension Conv2d: WeightedLayer {
  public var fan: Fan { .convolution(weight.shape, groups: geometry.groups) }
}

extension Conv1d: WeightedLayer {
  public var fan: Fan { .convolution(weight.shape, groups: geometry.groups) }
}

extension Conv3d: WeightedLayer {
  public var fan: Fan { .convolution(weight.shape, groups: geometry.groups) }
}

extension ConvTranspose1d: WeightedLayer {
  public var fan: Fan { .transposedConvolution(weight.shape, groups: geometry.groups) }
}

extension ConvTranspose2d: WeightedLayer {
  public var fan: Fan { .transposedConvolution(weight.shape, groups: geometry.groups) }
}

extension PartialConv2d: WeightedLayer {
  /// The mean over the outputs, and over the inputs, each rounded: with the table of 1998 3.75 · 25 and 10 · 25.
  public var fan: Fan {
    let taps = weight.shape.count
    return Fan(in: (taps + outputChannels / 2) / outputChannels, out: (taps + inputChannels / 2) / inputChannels)
  }
}

extension Layer {
  /// The layers with a weight, by name, with the parameter that holds it: in a copy the copy's own.
  var weightedLayers: [(name: String, weight: Parameter, fan: Fan)] {
    StructureWalk(self).layers.compactMap { found in
      guard let layer = found.layer.structure as? any WeightedLayer,
        case .parameter(let weight) = (found.layer as? any SubstitutingLayer)?.substitution
          .resolve(.parameter(layer.weight)) ?? .parameter(layer.weight)
      else { return nil }
      return (found.name, weight, layer.fan)
    }
  }
}

extension Parameter {
  /// Puts a first value in place, in the parameter's precision.
  func assign(_ tensor: Tensor<Float>) {
    value = TensorValue.float(tensor).converted(to: value.precision)
  }
}
