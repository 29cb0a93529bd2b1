import Autograd
import TensorCore

/// A layer's name that does not occur in a network, or that was not called.
public struct UnknownLayerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The name that was asked for.
  public let name: String
  /// The names of the layers that were called, in order.
  public let known: [String]

  public var description: String {
    "no layer '\(name)' was called, only \(known.map { "'\($0)'" }.joined(separator: ", "))"
  }
}

extension Layer {
  /// The outputs of some layers within this one, in inference: features, or maps to look at.
  ///
  /// ```swift
  /// let maps = try network.outputs(of: ["features.0", "features.3"], for: images)
  /// ```
  ///
  /// - Parameters:
  ///   - names: the layers' names as in ``namedLayers``; see ``Context/observe(_:)`` for how they are recognised.
  ///   - x: the network's input.
  /// - Returns: the output under each name, of a layer called several times the last.
  /// - Throws: ``InputError`` when the network knows that it cannot take such an input, ``UnknownLayerError`` for a
  ///   name that no called layer has.
  public func outputs(of names: [String], for x: Tensor<Float>) throws -> [String: Tensor<Float>] {
    _ = try outputShape(for: x.shape)
    let wanted = Set(names)
    var outputs: [String: Tensor<Float>] = [:]
    var called: [String] = []
    let context = Context.inference
    context.observe { call in
      called.append(call.name)
      if wanted.contains(call.name) { outputs[call.name] = call.output.floats }
    }
    _ = self(x, context)
    for name in names where outputs[name] == nil { throw UnknownLayerError(name: name, known: called) }
    return outputs
  }
}
