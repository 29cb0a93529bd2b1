import Autograd
import NNLayers
import TensorCore
import Testing

/// A block with numbers that were chosen, called in inference and in Double.
///
/// Unless a test says otherwise biases and running means are 0, scales 1 and running variances 1 - ε, so that a
/// normalisation subtracts its mean and multiplies by its scale: y = γ (x - m) + β.
struct BlockByHand {
  private let layer: any Layer

  /// - Parameters:
  ///   - layer: the block.
  ///   - values: numbers for weights and other state by name; fewer numbers than elements are each repeated, so that one
  ///     number fills a filter.
  init(_ layer: any Layer, _ values: [String: [Double]]) throws {
    self.layer = layer
    let state = layer.namedState
    #expect(Set(values.keys).isSubset(of: Set(state.map(\.name))))
    try layer.load(
      StateDictionary(
        state.map { name, cell in
          if case .int64 = cell.value { return (name, cell.value) }
          let shape = cell.shape
          let numbers = try #require(values[name] ?? Self.usual(name), "\(name) \(shape) has no number")
          let filled = numbers.flatMap { [Float](repeating: Float($0), count: shape.count / numbers.count) }
          return (name, .tensor(.float(Tensor(filled, shape: shape))))
        }))
  }

  private static func usual(_ name: String) -> [Double]? {
    switch name.split(separator: ".").last {
    case "running_var": [1 - 1e-5]
    case "bias", "running_mean": [0]
    case "weight" where name.contains("bn") || name.contains("downsample.1"): [1]
    default: nil
    }
  }

  /// Checks the output, and the input's gradient for a gradient of the output.
  func expect(
    _ x: [Double], _ shape: Shape, gives y: [Double], _ outputShape: Shape, from gradient: [Double], to dx: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let tape = Tape()
    let context = Context(mode: .inference, precision: .double, tape: tape)
    let input = tape.watch(Tensor<Double>(x, shape: shape))
    let output = layer(input, context)
    #expect(output.shape == outputShape, sourceLocation: sourceLocation)
    #expect(try layer.outputShape(for: shape) == outputShape, sourceLocation: sourceLocation)
    let weights = Variable(TensorValue.double(Tensor<Double>(gradient, shape: outputShape)))
    let inputGradient = try #require((output * weights).sum().gradients()[input], sourceLocation: sourceLocation)
    for (got, expected) in [(output.value.doubles.scalars, y), (inputGradient.doubles.scalars, dx)] {
      let isClose = zip(got, expected).allSatisfy { abs($0 - $1) <= 1e-6 * max(1, abs($1)) }
      #expect(got.count == expected.count && isClose, "\(got) instead of \(expected)", sourceLocation: sourceLocation)
    }
  }
}
