import Drawing
import Models
import Training

extension Topic {
  static let perceptron = Topic(
    "perceptron", "The perceptron learns what a line can part", draw: drawPerceptron)
}

/// Rosenblatt's rule on a separable set, the gates, and exclusive or.
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
      boundary(of: learner, over: -14...14, color: isLast ? .green : .gray, name: isLast ? "the line found" : nil))
  }
  try page.show(
    Chart(
      "The line after each pass through the samples", x: Axis("x₁", -14...14), y: Axis("x₂", -14...14),
      lines + dots(clouds)),
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
}

/// The line where w·x + b = 0.
private func boundary(of learner: Perceptron, over range: ClosedRange<Double>, color: Color, name: String?) -> Mark {
  let w = learner.weight.value.floats.scalars.map(Double.init), b = Double(learner.bias.value.floats.scalars[0])
  // A line that is nearly upright is drawn from below to above.
  guard abs(w[1]) >= abs(w[0]) else {
    let y = [range.lowerBound, range.upperBound]
    return .line(name, x: y.map { -(b + w[1] * $0) / w[0] }, y: y, color: color, isThin: name == nil)
  }
  return .function(name, over: range, count: 2, color: color) { -(b + w[0] * $0) / w[1] }
}
