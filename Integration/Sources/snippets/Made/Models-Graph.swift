// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsGraphConvolutionNetwork1() throws {
  let network = GraphConvolutionNetwork(KarateClub.nodeCount, classCount: 2, graph: KarateClub.adjacency)
  let logits = network(Tensor<Float>.identity(KarateClub.nodeCount), context)
  let loss = crossEntropy(logits.take([0, 33]), [0, 1])
  _ = network
  _ = logits
  _ = loss
}
