import Autograd
import NNLayers
import TensorCore

/// A multilayer perceptron: fully connected layers with an activation between them, none behind the last.
///
///     [m, …] → n₀ → activation → n₁ → activation → … → [m, nₗ]
///
/// The axes of the input after the first are joined, so that images need no reshaping. A layer from nᵢ to nᵢ₊₁ has
/// nᵢ nᵢ₊₁ + nᵢ₊₁ parameters: 784-128-10 has 101,770. The names of the state are `0`, `2`, `4`, … each with `.weight` and
/// `.bias`, as of PyTorch's `nn.Sequential`.
///
/// Rumelhart, Hinton and Williams 1986, "Learning representations by back-propagating errors".
///
/// ```swift
/// let xor = MultilayerPerceptron([2, 4, 2], activation: Tanh())
/// try xor.fit(x, labels, by: GradientDescent(learningRate: 0.5, epochCount: 500))
/// ```
public struct MultilayerPerceptron: DescentModel {
  /// The layers with the activations between them.
  public let layers: Sequential
  /// n₀, n₁, …: the features that come in, the hidden units of each layer, the outputs.
  public let sizes: [Int]

  /// A network with random weights; make it within `seeded(_:_:)` to choose which. Stops unless there are two sizes or more,
  /// all positive.
  ///
  /// - Parameters:
  ///   - sizes: the features that come in, the units of the hidden layers, the outputs.
  ///   - activation: behind each layer but the last. Default ReLU.
  ///   - initializer: of the weights. Default uniform within ±1/√fan-in.
  public init(_ sizes: [Int], activation: any Layer = ReLU(), initializer: Initializer = .fanInUniform) {
    guard sizes.count >= 2, sizes.allSatisfy({ $0 >= 1 }) else {
      stop("MultilayerPerceptron", "needs two positive sizes or more, not \(sizes)")
    }
    var layers: [any Layer] = []
    for (input, output) in zip(sizes, sizes.dropFirst()) {
      if !layers.isEmpty { layers.append(activation) }
      layers.append(Linear(input, output, initializer: initializer))
    }
    self.layers = Sequential(layers)
    self.sizes = sizes
  }

  public var children: [Child] { layers.children }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    layers.forward(x.flattened(from: 1), context)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank >= 2, input.dropFirst().reduce(1, *) == sizes[0] else {
      throw InputError("MultilayerPerceptron", expected: "[m, …] of \(sizes[0]) features", got: input)
    }
    return try layers.outputShape(for: [input[0], sizes[0]])
  }

  /// The mean cross-entropy of logits `[m, classes]` and labels `[m]`, of shape `[]`.
  public func loss(_ output: Variable, _ targets: Tensor<Int64>) -> Variable { crossEntropy(output, targets) }
}
