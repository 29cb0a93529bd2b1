import Autograd
import Models
import NNLayers
import TensorCore
import Testing

struct GraphConvolutionNetworkTests {
  /// Two nodes with an edge: every element of Â is 1/2, each node takes the mean of both.
  ///
  ///     x = 1, 3     x W₁ᵀ = 1 -1, 3 -3     Â: 2 -2, 2 -2     relu: 2 0, 2 0
  ///     W₁ = 1, -1   W₂ = 1 5, -2 7         h W₂ᵀ = 2 -4, 2 -4, and so Â h W₂ᵀ
  ///
  /// Backwards from (1 0, 0 1): Â gives 1/2 everywhere; to the first hidden feature 1/2 · 1 + 1/2 · -2 = -1/2, the second
  /// is cut off; Â keeps the -1/2, and W₁ is 1.
  @Test func handComputed() throws {
    let graph = SparseMatrix.adjacency(nodeCount: 2, edges: [(0, 1)])
    let network = try BlockByHand(
      GraphConvolutionNetwork(1, classCount: 2, graph: graph, hiddenCount: 2),
      ["conv1.weight": [1, -1], "conv2.weight": [1, 5, -2, 7]])
    try network.expect(
      [1, 3], [2, 1], gives: [2, -4, 2, -4], [2, 2], from: [1, 0, 0, 1], to: [-0.5, -0.5])
  }

  /// For 34 nodes without features, 16 hidden ones and 2 classes: 34 · 16 + 16 and 16 · 2 + 2 parameters.
  @Test func namesAndSize() throws {
    let graph = SparseMatrix.adjacency(nodeCount: 34, edges: (1..<34).map { (0, $0) })
    let network = GraphConvolutionNetwork(34, classCount: 2, graph: graph)
    #expect(network.namedParameters.map(\.name) == ["conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias"])
    #expect(network.parameterCount == 560 + 34)
    #expect(try network.predict(.identity(34)).shape == [34, 2])
    let error = #expect(throws: InputError.self) { try network.predict(.identity(33)) }
    #expect(error?.description.contains("[34, 34]") == true)
  }

  /// Half the features of a layer are dropped in training, and only then.
  @Test func dropsFeaturesInTraining() throws {
    let graph = SparseMatrix.adjacency(nodeCount: 3, edges: [(0, 1), (1, 2)])
    let network = seeded(1) { GraphConvolutionNetwork(3, classCount: 2, graph: graph) }
    let x = Tensor<Float>.identity(3)
    #expect(network(x, .training(seed: 1)).floats != network(x, .training(seed: 2)).floats)
    #expect(try network.predict(x) == network.predict(x))
  }
}
