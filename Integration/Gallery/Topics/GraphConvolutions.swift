import Drawing
import Foundation
import Models
import Training

extension Topic {
  static let graphConvolution = Topic(
    "graph-convolution", "A graph convolution tells who joined which club", draw: drawGraphConvolution)
}

/// Zachary's karate club: 34 members, 78 acquaintances, two known labels.
private func drawGraphConvolution(_ page: Page) throws {
  let network = seeded(1) {
    GraphConvolutionNetwork(KarateClub.nodeCount, classCount: 2, graph: KarateClub.adjacency, dropout: 0)
  }
  let members = Tensor<Float>.identity(KarateClub.nodeCount)
  let labeled: Tensor<Int64> = [0, 33]
  let optimizer = Adam(network.parameters, learningRate: 0.01, weightDecay: 0.01)
  let clubs = KarateClub.factions.scalars
  var charts: [any Picture] = [], losses: [Double] = []
  var answers: [Int] = []
  for step in 0...200 {
    if [0, 20, 200].contains(step) {
      let embedding = try network.predict(members)
      answers = embedding.argmax(along: 1).scalars.map { Int($0) }
      charts.append(plane("after \(step) steps", embedding, clubs))
    }
    let logits = network(members, .training(seed: UInt64(step)))
    let loss = crossEntropy(logits.take(labeled), KarateClub.factions.take(labeled))
    losses.append(loss.item)
    optimizer.step(loss)
  }
  page.say(
    "Each member of the club is a node; an edge joins two who met outside of it. After a quarrel the club split, and only two members' sides "
      + "are told to the network: the instructor's and the officer's. A graph convolution averages what neighbours have before it "
      + "multiplies by weights, so the two labels flow along the edges. Already with random weights friends lie together."
  )
  try page.show(
    Panels("The two outputs for each member, coloured by the true club", columns: 3, charts), "embedding",
    "Outputs of the network for each member before, early in and after training, with the edges between them")
  let nodes = (0..<KarateClub.nodeCount).map { member -> NodeGraph.Node in
    // Each club on its half circle, with its head at the side.
    let side = clubs.indices.filter { clubs[$0] == clubs[member] }
    let order = clubs[member] == 0 ? side : side.reversed()
    let place = Double(order.firstIndex(of: member) ?? 0) / Double(order.count - 1)
    let angle = (clubs[member] == 0 ? 0.5 : -0.5) * Double.pi + (place - 0.5) * 2.7 + .pi / 2
    return NodeGraph.Node(
      x: 0.5 + 0.5 * cos(angle), y: 0.5 - 0.5 * sin(angle), "\(member)",
      color: answers[member] == 0 ? .blue : .orange, radius: member == 0 || member == 33 ? 17 : 11)
  }
  try page.show(
    NodeGraph(
      "Members by the club that the network tells; 0 and 33 were known", nodes,
      edges: KarateClub.edges.map { (from: $0.0, to: $0.1) },
      isDirected: false, height: 480), "club", "The graph of the club with the network's answer for each member")
  let right = zip(answers, clubs).count { $0 == Int($1) }
  page.expect("members and edges", KarateClub.nodeCount == 34 && KarateClub.edges.count == 78, "34 and 78")
  page.expect("members of 34 whose club is told, from two labels", right >= 33, "\(right)")
}

/// The members by their two outputs, with the edges.
private func plane(_ title: String, _ embedding: Tensor<Float>, _ clubs: [Int64]) -> Chart {
  let places = (0..<clubs.count).map { (Double(embedding[$0, 0]), Double(embedding[$0, 1])) }
  let edges = KarateClub.edges.map { from, to in
    Mark.line(x: [places[from].0, places[to].0], y: [places[from].1, places[to].1], color: .gray, isThin: true)
  }
  let points = [Int64(0), 1].map { club in
    let chosen = clubs.indices.filter { clubs[$0] == club }
    return Mark.points(
      x: chosen.map { places[$0].0 }, y: chosen.map { places[$0].1 }, color: club == 0 ? .blue : .orange)
  }
  return Chart(title, x: Axis("output 0"), y: Axis("output 1"), width: 200, height: 220, edges + points)
}
