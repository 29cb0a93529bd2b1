import TensorCore

/// What a network is made of and what it costs: a row for each layer that is called.
///
/// ```swift
/// print(try LeNet5().summary(for: [1, 1, 32, 32]))
/// ```
///
/// Every amount belongs to one row only, so that columns add up to the totals: a container has what its parts have not. A
/// layer that is called twice has two rows, its parameters counted in the first.
public struct NetworkSummary: Sendable {
  /// A call of a layer.
  public struct Row: Sendable, Equatable {
    /// The layer's name, as in `layer1.0.conv1`; empty for the network itself.
    public let name: String
    /// The name of its type.
    public let type: String
    /// The shape of its output; nil for a layer with parameters that inference does not call, as an auxiliary classifier.
    public internal(set) var outputShape: Shape?
    /// The elements of its own parameters, not of its parts', and not of those counted in an earlier row.
    public internal(set) var parameterCount = 0
    /// The products that are added up in its own operations, not in its parts': those of convolutions and matrix products, as
    /// papers count them. Biases, normalisation, activations and pooling are not counted.
    public internal(set) var multiplyAdds = 0
    /// The memory of its output in bytes, in single precision; 0 where that is the memory of its input or of a part's output.
    public internal(set) var byteCount = 0
    /// For each axis after the channels, how many positions of the input one position of the output depends on, padding
    /// included; nil where these are no window, as behind a fully connected layer, or not followed, as behind resampling and
    /// pooling of volumes.
    public internal(set) var receptiveField: [Int]?

    init(name: String, type: String) {
      self.name = name
      self.type = type
    }
  }

  /// The rows in the order of the calls, a container before its parts. The first is the network itself.
  public internal(set) var rows: [Row]
  /// The shape of the input.
  public let inputShape: Shape
  /// The elements of all parameters, each counted once.
  public let parameterCount: Int
  /// Those of parameters that are not frozen.
  public let trainableParameterCount: Int

  /// The shape of the output.
  public var outputShape: Shape? { rows.first?.outputShape }
  /// The multiply-adds of all layers.
  public var multiplyAdds: Int { rows.reduce(0) { $0 + $1.multiplyAdds } }
  /// The memory of all outputs together in bytes, in single precision: about what training keeps for the gradients.
  public var byteCount: Int { rows.reduce(0) { $0 + $1.byteCount } }
  /// The memory of the parameters in bytes, in single precision.
  public var parameterByteCount: Int { parameterCount * MemoryLayout<Float>.size }
}
