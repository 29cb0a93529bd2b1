import Models
import Training

/// Trains the graph convolutional network on Zachary's karate club, of whose 34 members only the instructor and the officer
/// are labelled; returns the share of all members whose club it tells. Two labels are too few for dropout.
public func karateClubAccuracy(seed: UInt64) -> Double {
  let network = seeded(seed) {
    GraphConvolutionNetwork(KarateClub.nodeCount, classCount: 2, graph: KarateClub.adjacency, dropout: 0)
  }
  let members = Tensor<Float>.identity(KarateClub.nodeCount)
  let labeled: Tensor<Int64> = [0, 33]
  let optimizer = Adam(network.parameters, learningRate: 0.01, weightDecay: 0.01)
  for step in 0..<200 {
    let logits = network(members, .training(seed: seed << 32 | UInt64(step)))
    let loss = crossEntropy(logits.take(labeled), KarateClub.factions.take(labeled))
    optimizer.update(loss.gradients())
  }
  let clubs = network(members, .inference).floats.argmax(along: 1).scalars
  return Double(zip(clubs, KarateClub.factions.scalars).count { $0 == $1 }) / Double(KarateClub.nodeCount)
}
