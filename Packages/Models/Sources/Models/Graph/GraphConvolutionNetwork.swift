import Autograd
import NNLayers
import TensorCore

/// The graph convolutional network of two layers, which labels the nodes of a graph when few of them are labelled.
///
///     Z = Â relu(Â X W₁ᵀ + b₁) W₂ᵀ + b₂
///
/// with dropout in front of both layers. The logits of all nodes come out together; the loss takes the labelled ones, and
/// the others learn through their neighbours.
///
/// Shapes: `[nodes, in]` → 16 hidden features → `[nodes, classes]`. Nodes without features of their own take the identity
/// matrix. Names: `conv1.weight`, `conv1.bias`, `conv2.weight`, `conv2.bias`.
///
/// ```swift
/// let network = GraphConvolutionNetwork(KarateClub.nodeCount, classCount: 2, graph: KarateClub.adjacency)
/// let logits = network(Tensor<Float>.identity(KarateClub.nodeCount), context)
/// let loss = crossEntropy(logits.take([0, 33]), [0, 1])
/// ```
///
/// Kipf and Welling 2017, "Semi-supervised classification with graph convolutional networks" (arXiv 1609.02907, 2016).
public struct GraphConvolutionNetwork: Layer {
  /// The layers in order.
  public let layers: Sequential

  /// A network with random weights, Glorot and Bengio's uniform; biases 0.
  ///
  /// - Parameters:
  ///   - inputCount: the features of a node.
  ///   - classCount: the number of logits.
  ///   - graph: A, the adjacency matrix `[nodes, nodes]` without self loops; it is normalised here.
  ///   - hiddenCount: the features between the layers. Default 16.
  ///   - dropout: the probability of dropout. Default 0.5.
  public init(
    _ inputCount: Int, classCount: Int, graph: SparseMatrix, hiddenCount: Int = 16, dropout: Double = 0.5
  ) {
    let graph = graph.normalizedWithSelfLoops()
    layers = Sequential(named: [
      "dropout1": Dropout(dropout), "conv1": GraphConvolution(inputCount, hiddenCount, graph: graph), "relu": ReLU(),
      "dropout2": Dropout(dropout), "conv2": GraphConvolution(hiddenCount, classCount, graph: graph),
    ])
  }

  public var children: [Child] { layers.children }
  public func forward(_ x: Variable, _ context: Context) -> Variable { layers.forward(x, context) }
  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try layers.outputShape(for: input) }
}
