// Made by Tests/Tools/snippets --write from the documentation in folders of this name.
import Models
import Training

func snippetGraphConvolutionNetwork1() throws {
  let network = GraphConvolutionNetwork(KarateClub.nodeCount, classCount: 2, graph: KarateClub.adjacency)
  let logits = network(Tensor<Float>.identity(KarateClub.nodeCount), context)
  let loss = crossEntropy(logits.take([0, 33]), [0, 1])
  _ = network
  _ = logits
  _ = loss
}

func snippetGraphConvolution1() throws {
  let edges = SparseMatrix.adjacency(nodeCount: 3, edges: [(0, 1), (1, 2)])
  let layer = GraphConvolution(8, 4, graph: edges.normalizedWithSelfLoops())
  let y = layer(Tensor<Float>.zeros([3, 8]), context)
  _ = edges
  _ = layer
  _ = y
}
