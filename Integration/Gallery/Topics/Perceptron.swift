import Drawing
import Models
import Training

extension Topic {
  static let perceptron = Topic(
    "perceptron", "The perceptron learns what a line can part, and hidden units what it cannot", draw: drawPerceptron)
}

/// Rosenblatt's rule on a separable set, the gates, exclusive or; then multilayer perceptrons.
private func drawPerceptron(_ page: Page) throws {
  page.say(
    "A perceptron answers 1 on one side of the line w·x + b = 0 and 0 on the other. For each sample that it takes for the wrong "
      + "class it adds (y - answer) x to w. If some line parts the classes it finds one after finitely many corrections, as "
      + "Novikoff proved; it need not be a good one, for it stops at the first that makes no mistake.")
  let clouds = Points.blobs(count: 60, classes: 2, deviation: 1.6, seed: 6)
  let learner = Perceptron(2)
  var lines: [Mark] = []
  var mistakes: [Int] = []
  while mistakes.last != 0, mistakes.count < 50 {
    mistakes.append(try learner.learn(clouds.features, labels: clouds.labels))
    let isLast = mistakes.last == 0
    lines.append(
      boundary(of: learner, over: -14...14, colour: isLast ? .green : .grey, name: isLast ? "the line found" : nil))
  }
  try page.show(
    Chart(
      "The line after each pass through the samples", x: Axis("x₁", -14...14), y: Axis("x₂", -14...14),
      lines + scatter(clouds)),
    "separable", "Two clouds of points and the lines that the perceptron tried")
  page.expect(
    "separable classes: mistakes in the last pass", Double(mistakes.last ?? -1), near: 0, within: 0, places: 0)

  let corners: Tensor<Float> = [[0, 0], [0, 1], [1, 0], [1, 1]]
  let gates: [(name: String, labels: Tensor<Int64>, isSeparable: Bool)] = [
    ("AND", [0, 0, 0, 1], true), ("OR", [0, 1, 1, 1], true), ("XOR", [0, 1, 1, 0], false),
  ]
  var pictures: [any Picture] = []
  for gate in gates {
    let learner = Perceptron(2)
    let mistakes = try learner.fit(corners, labels: gate.labels, epochLimit: 100)
    let table = TableDataset(features: corners, labels: gate.labels, classNames: ["0", "1"])
    pictures.append(try regions(gate.name, table) { try learner.predict($0).scalars.map { Int($0) } })
    page.expect(
      "\(gate.name) \(gate.isSeparable ? "is learnt" : "is never learnt")", (mistakes.last == 0) == gate.isSeparable,
      "\(mistakes.last ?? 0) mistakes in pass \(mistakes.count)")
  }
  let not = Perceptron(1)
  let passes = try not.fit([[0], [1]], labels: [1, 0], epochLimit: 100)
  page.expect("NOT is learnt", passes.last == 0, "in pass \(passes.count)")
  page.say(
    "A gate is four samples. A line parts the true cases of AND and of OR from the false ones, but not those of XOR: the rule goes "
      + "round for ever.")
  try page.show(Panels(columns: 3, pictures), "gates", "What perceptrons answer for AND, OR and XOR")

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
  pictures = []
  for (name, network, points) in tasks {
    try network.fit(points.features, points.labels, by: descent)
    let answers = { (x: Tensor<Float>) in try network.predict(x).argmax(along: 1).scalars.map { Int($0) } }
    let right = zip(try answers(points.features), points.labels.scalars).count { $0 == Int($1) }
    shares.append(Double(right) / Double(points.count))
    pictures.append(try regions(name, points, answers))
  }
  try page.show(Panels(columns: 3, pictures), "hidden-units", "What networks with and without hidden units answer")
  page.expect("XOR: share of right answers", shares[0], near: 1, within: 0)
  page.expect("moons, no hidden unit", shares[1] < 0.92, percent(shares[1]))
  page.expect("moons, 16 hidden units", shares[2] > 0.98, percent(shares[2]))
}

/// The line where w·x + b = 0.
private func boundary(of learner: Perceptron, over range: ClosedRange<Double>, colour: Colour, name: String?) -> Mark {
  let w = learner.weight.value.floats.scalars.map(Double.init), b = Double(learner.bias.value.floats.scalars[0])
  // A line that is nearly upright is drawn from below to above.
  guard abs(w[1]) >= abs(w[0]) else {
    let y = [range.lowerBound, range.upperBound]
    return .line(name, x: y.map { -(b + w[1] * $0) / w[0] }, y: y, colour: colour, isThin: name == nil)
  }
  return .function(name, over: range, count: 2, colour: colour) { -(b + w[0] * $0) / w[1] }
}

private func scatter(_ points: TableDataset) -> [Mark] {
  let numbers = points.features.scalars.map(Double.init)
  return points.classNames.indices.map { label in
    let members = points.labels.scalars.indices.filter { points.labels.scalars[$0] == Int64(label) }
    return .points(
      x: members.map { numbers[2 * $0] }, y: members.map { numbers[2 * $0 + 1] }, colour: .number(label), radius: 3.5)
  }
}

/// The plane in the colours of the answers, with the samples on it.
private func regions(
  _ title: String, _ points: TableDataset, _ answers: (Tensor<Float>) throws -> [Int]
) rethrows -> any Picture {
  let numbers = points.features.scalars.map(Double.init)
  func range(_ axis: Int) -> ClosedRange<Double> {
    let values = stride(from: axis, to: numbers.count, by: 2).map { numbers[$0] }
    return ((values.min() ?? 0) - 0.5)...((values.max() ?? 1) + 0.5)
  }
  let grid = PlaneGrid(x: range(0), y: range(1), side: 60)
  return Chart(
    title, x: Axis("x₁", grid.x), y: Axis("x₂", grid.y), width: 200, height: 200,
    [.regions(try answers(grid.points), on: grid)] + scatter(points))
}
