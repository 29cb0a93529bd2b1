import Drawing
import Models
import Training

extension Topic {
  static let hiddenUnits = Topic(
    "hidden-units", "Hidden units learn what no line can part", draw: drawHiddenUnits)
}

/// Multilayer perceptrons on exclusive or and on two moons, and a single layer that cannot.
private func drawHiddenUnits(_ page: Page) throws {
  page.say(
    "Hidden units bend the line. Four tanh units solve XOR, sixteen follow two moons, where the straight line of a single layer must "
      + "cut through both.")
  let moons = Points.moons(count: 200, noise: 0.12, seed: 4)
  let straight = seeded(1) { MultilayerPerceptron([2, 2]) }
  let bent = seeded(1) { MultilayerPerceptron([2, 16, 2], activation: Tanh()) }
  let descent = GradientDescent(learningRate: 0.5, epochCount: 2000)
  let xor = seeded(3) { MultilayerPerceptron([2, 4, 2], activation: Tanh()) }
  let tasks = [
    ("XOR, 4 hidden units", xor, Points.xorTable), ("no hidden unit", straight, moons),
    ("16 hidden units", bent, moons),
  ]
  var shares: [Double] = []
  var pictures: [any Picture] = []
  for (name, network, points) in tasks {
    try network.fit(points.features, points.labels, by: descent)
    let answers = { (x: Tensor<Float>) in try network.predict(x).argmax(along: 1).scalars.map { Int($0) } }
    shares.append(try shareRight(points, answers))
    pictures.append(try regions(name, points, answers))
  }
  try page.show(Panels(columns: 3, pictures), "hidden-units", "What networks with and without hidden units answer")
  page.expect("XOR: share of right answers", shares[0], near: 1, within: 0)
  page.expect("moons, no hidden unit", shares[1] < 0.92, percent(shares[1]))
  page.expect("moons, 16 hidden units", shares[2] > 0.98, percent(shares[2]))
}
