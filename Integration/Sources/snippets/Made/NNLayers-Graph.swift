// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersGraphConvolution1() throws {
  let edges = SparseMatrix.adjacency(nodeCount: 3, edges: [(0, 1), (1, 2)])
  let layer = GraphConvolution(8, 4, graph: edges.normalizedWithSelfLoops())
  let y = layer(Tensor<Float>.zeros([3, 8]), context)
  _ = edges
  _ = layer
  _ = y
}
