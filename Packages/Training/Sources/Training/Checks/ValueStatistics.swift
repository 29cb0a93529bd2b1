import TensorCore

/// What a tensor's numbers are like.
public struct ValueStatistics: Sendable, Equatable, Codable {
  /// Their mean.
  public let mean: Double
  /// Their deviation from the mean.
  public let deviation: Double
  /// The share that is exactly 0.
  public let zeroShare: Double
  /// The root of the sum of their squares.
  public let norm: Double

  /// The statistics of some numbers; NaN without any.
  init(_ tensor: Tensor<Float>) {
    (mean, deviation, zeroShare, norm) = tensor.withUnsafeBufferPointer { numbers in
      var (sum, squares, zeros) = (0.0, 0.0, 0)
      for number in numbers {
        sum += Double(number)
        squares += Double(number) * Double(number)
        if number == 0 { zeros += 1 }
      }
      let (count, mean) = (Double(numbers.count), sum / Double(numbers.count))
      var spread = 0.0
      for number in numbers { spread += (Double(number) - mean) * (Double(number) - mean) }
      return (mean, (spread / count).squareRoot(), Double(zeros) / count, squares.squareRoot())
    }
  }

  /// Whether all numbers are finite.
  var isFinite: Bool { norm.isFinite }
}

/// The output of a layer that is made of no others, in one pass.
public struct LayerStatistics: Sendable, Equatable, Codable {
  /// The layer's name within the network, as in `features.0`.
  public let name: String
  /// Its type.
  public let type: String
  /// The shape of its output.
  public let outputShape: [Int]
  /// Its output's numbers.
  public let output: ValueStatistics
  /// The share of the output that lies within a hundredth of the range from its ends, for layers of bounded range; nil for
  /// others.
  public let saturatedShare: Double?
  /// The share of the units, which are features or channels, whose output is 0 for all images and positions.
  public let deadShare: Double
}

/// A parameter and its gradient in one pass.
public struct ParameterStatistics: Sendable, Equatable, Codable {
  /// The parameter's name, as in `features.0.weight`.
  public let name: String
  /// Its shape.
  public let shape: [Int]
  /// Its numbers.
  public let value: ValueStatistics
  /// Its gradient's; nil if it is frozen or takes no part in the loss.
  public let gradient: ValueStatistics?
}

/// What is wrong with a layer or a parameter, as far as statistics tell.
public struct LayerWarning: Sendable, Equatable, Codable, CustomStringConvertible {
  /// What is wrong.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// Half of the units or more give 0 for every image: they learn nothing.
    case dead
    /// Three tenths of the outputs or more lie at the ends of the activation's range, where it is flat.
    case saturated
    /// Outputs hardly differ from each other, or the gradient is a ten-thousandth of that of the steepest parameter or less.
    case vanishing
    /// Outputs or gradients are a thousand times what came in or more, or not finite.
    case exploding
    /// All units have the same weights and the same gradients: they will never differ.
    case symmetric
    /// The parameter takes no part in the loss.
    case unused
  }

  /// What is wrong.
  public let kind: Kind
  /// The layer or the parameter.
  public let name: String
  /// The figure that says so.
  public let detail: String

  public var description: String { "\(name) \(kind.rawValue): \(detail)" }
}
