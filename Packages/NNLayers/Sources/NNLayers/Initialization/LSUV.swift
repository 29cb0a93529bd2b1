import Autograd
import TensorCore

extension Layer {
  /// Layer-sequential unit variance: orthonormal weights, then each layer's weight divided by the deviation of its output
  /// on a batch of data, in the order of the calls, until the variance is 1.
  ///
  /// Takes the layers that conform to ``WeightedLayer``; draws from the random numbers of ``seeded(_:_:)``. Biases should be
  /// zero, or small. The network is called up to `maximumRounds + 1` times per layer, in inference.
  ///
  /// Mishkin and Matas 2016, "All you need is a good init".
  ///
  /// - Parameters:
  ///   - x: a batch of real inputs.
  ///   - tolerance: how far from 1 a variance may stay. Default 0.1, the paper's.
  ///   - maximumRounds: how often a weight is divided at most. Default 10.
  /// - Returns: the layers in the order of their calls with the variance they ended with. One whose output
  ///   does not depend on its weight keeps it.
  @discardableResult
  public func initializeLSUV(
    on x: Tensor<Float>, tolerance: Double = 0.1, maximumRounds: Int = 10
  ) throws -> [(name: String, variance: Double)] {
    _ = try outputShape(for: x.shape)
    let layers = Dictionary(weightedLayers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let order = callOrder(x).compactMap { layers[$0] }
    for layer in order { layer.weight.assign(Initializer.orthogonal()(layer.weight.shape, fan: layer.fan)) }
    return order.map { layer in
      (layer.name, scale(layer.weight, of: layer.name, x, tolerance: tolerance, maximumRounds: maximumRounds))
    }
  }

  /// Divides a weight until its layer's output has unit variance or a division no longer helps; returns the variance.
  private func scale(
    _ weight: Parameter, of name: String, _ x: Tensor<Float>, tolerance: Double, maximumRounds: Int
  ) -> Double {
    var variance = outputVariance(of: name, x)
    for _ in 0..<maximumRounds where abs(variance - 1) > tolerance && variance > 0 && variance.isFinite {
      let before = weight.value
      weight.assign(before.floats * Float(1 / variance.squareRoot()))
      let next = outputVariance(of: name, x)
      guard abs(next - 1) < abs(variance - 1) else {
        weight.value = before
        break
      }
      variance = next
    }
    return variance
  }

  /// The names of the called layers, each once, at its first call.
  private func callOrder(_ x: Tensor<Float>) -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    let context = Context.inference
    context.observe { call in
      if seen.insert(call.name).inserted { names.append(call.name) }
    }
    _ = self(x, context)
    return names
  }

  /// The variance of all elements of a layer's output, at its first call.
  private func outputVariance(of name: String, _ x: Tensor<Float>) -> Double {
    var variance: Double?
    let context = Context.inference
    context.observe { call in
      guard call.name == name, variance == nil else { return }
      let output = call.output.doubles
      let centered = output - output.mean()
      variance = (centered * centered).mean().scalar
    }
    _ = self(x, context)
    return variance ?? 0
  }
}
