import Autograd
import TensorCore

/// A convolution on the nodes of a graph: each node takes a weighted mean of its own and its neighbours' features.
///
///     Y = Â X Wᵀ + b,   Â = D^(-1/2) (A + I) D^(-1/2)
///
/// A is the graph's adjacency matrix, I adds each node to its own neighbours, D holds the sums of the rows of A + I. On a grid
/// this would be a convolution whose taps beside the centre are all the same: a graph does not say which neighbour is the
/// left one.
///
/// Shapes: input `[nodes, in]`, output `[nodes, out]`; `weight` `[out, in]`, `bias` `[out]`. All nodes are calculated
/// together, in `out` products for each edge and each node beside those of X Wᵀ.
///
/// ```swift
/// let edges = SparseMatrix.adjacency(nodeCount: 3, edges: [(0, 1), (1, 2)])
/// let layer = GraphConvolution(8, 4, graph: edges.normalizedWithSelfLoops())
/// let y = layer(Tensor<Float>.zeros([3, 8]), context)
/// ```
///
/// Kipf and Welling 2017, "Semi-supervised classification with graph convolutional networks" (arXiv 1609.02907, 2016).
public struct GraphConvolution: WeightedLayer {
  /// `[out, in]`.
  public let weight: Parameter
  /// `[out]`; nil for none.
  public let bias: Parameter?
  /// Â, `[nodes, nodes]`.
  public let graph: SparseMatrix

  /// A layer from `inputCount` to `outputCount` features of each node.
  ///
  /// - Parameters:
  ///   - inputCount: the features that come in.
  ///   - outputCount: the features that go out.
  ///   - graph: Â, as `SparseMatrix.normalizedWithSelfLoops()` makes it of an adjacency matrix. Stops unless it is square.
  ///   - bias: whether a trainable b, 0 at first, is added. Default true.
  ///   - initializer: the weight's first value. Default uniform as Glorot and Bengio's, which the paper uses.
  public init(
    _ inputCount: Int, _ outputCount: Int, graph: SparseMatrix, bias: Bool = true,
    initializer: Initializer = .xavierUniform()
  ) {
    guard inputCount >= 1, outputCount >= 1 else {
      stop("GraphConvolution", "needs at least one feature on each side, not \(inputCount) and \(outputCount)")
    }
    guard graph.rowCount == graph.columnCount else {
      stop("GraphConvolution", "needs a square matrix, this one is [\(graph.rowCount), \(graph.columnCount)]")
    }
    weight = Parameter(initializer([outputCount, inputCount]))
    self.bias = bias ? Parameter(Tensor<Float>.zeros([outputCount])) : nil
    self.graph = graph
  }

  public var children: [Child] { [Child("weight", weight), Child("bias", bias as Any)] }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard fits(x.shape) else { stop(weight.layerPath("GraphConvolution"), "takes \(expected), not \(x.shape)") }
    // The features first: there are mostly fewer of them afterwards.
    let y = graph.matmul(x.matmul(context[weight], transposingRight: true))
    return bias.map { y + context[$0] } ?? y
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard fits(input) else {
      throw InputError(weight.layerPath("GraphConvolution"), expected: expected, got: input)
    }
    return [graph.rowCount, weight.shape[0]]
  }

  private func fits(_ input: Shape) -> Bool { input == [graph.rowCount, weight.shape[1]] }
  private var expected: String { "[\(graph.rowCount), \(weight.shape[1])], the features of each node" }
}
