import Drawing
import Models
import Training

extension Topic {
  static let regression = Topic(
    "regression", "Regression by gradient descent: numbers, one of two classes, one of many", draw: drawRegression)
}

/// The closed-form gradients of linear, logistic and softmax regression against the tape's, and what they learn.
private func drawRegression(_ page: Page) throws {
  try drawLinear(page)
  page.say(
    "Logistic regression puts a sigmoid behind the linear map and takes the answer a for a probability. Of its cross-entropy the "
      + "gradient is as simple as that of least squares: (a - y) x. Softmax regression is the same for any number of classes."
  )
  let clouds = Points.blobs(count: 150, classes: 3, deviation: 2, seed: 9)
  // Features of about unit size, so that one rate serves all.
  let features = clouds.features * 0.1
  let two = clouds.labels.scalars.map { Float($0 == 0 ? 1 : 0) }
  let logistic = LogisticRegression(2), softmax = SoftmaxRegression(2, classCount: 3)
  let targets = Tensor(two, shape: [150, 1])
  let descent = GradientDescent(learningRate: 0.5, epochCount: 300)
  let curves = [
    try logistic.fit(features, targets, by: descent), try softmax.fit(features, clouds.labels, by: descent),
  ]
  try page.show(
    Chart(
      "The loss goes down in each step", x: Axis("step"), y: Axis("cross-entropy, nat", 0...1.2),
      [.line("logistic", y: curves[0]), .line("softmax", y: curves[1])]),
    "losses", "Loss by step of logistic and softmax regression")
  let grid = PlaneGrid(x: -1.6...1.6, y: -1.6...1.6)
  let probability = try logistic.probabilities(grid.points).scalars.map { Double($0) * 2 - 1 }
  let classes = try softmax.predict(grid.points).argmax(along: 1).scalars.map { Int($0) }
  let dots = (0..<3).map { label in
    let members = clouds.labels.scalars.indices.filter { clouds.labels.scalars[$0] == Int64(label) }
    return Mark.points(
      x: members.map { Double(features[$0, 0]) }, y: members.map { Double(features[$0, 1]) }, colour: .number(label))
  }
  func plane(_ title: String, _ back: Mark) -> any Picture {
    Chart(title, x: Axis("x₁", grid.x), y: Axis("x₂", grid.y), width: 296, height: 280, [back] + dots)
  }
  try page.show(
    Panels(
      columns: 2,
      [
        plane("logistic: blue, or not", .heat(probability, on: grid)),
        plane("softmax: which colour", .regions(classes, on: grid)),
      ]), "planes", "What logistic and softmax regression answer over the plane")

  page.expect("first loss of logistic regression, ln 2", curves[0][0], near: 0.6931, within: 1e-4, places: 4)
  page.expect("first loss of softmax regression, ln 3", curves[1][0], near: 1.0986, within: 1e-4, places: 4)
  let a = try logistic.probabilities(features)
  let byHand = (a - targets).transposed().matmul(features) * (1 / Float(150))
  page.expect(
    "logistic: largest difference of (a - y) x from the tape's gradient",
    difference(byHand, try gradient(logistic, features, targets)), near: 0, within: 1e-6, places: 7)
  let shares = try softmax.probabilities(features)
  let wanted = Tensor(
    clouds.labels.scalars.flatMap { label in (0..<3).map { Float($0 == Int(label) ? 1 : 0) } }, shape: [150, 3])
  page.expect(
    "softmax: largest difference of (p - y) x from the tape's gradient",
    difference(
      (shares - wanted).transposed().matmul(features) * (1 / Float(150)), try gradient(softmax, features, clouds.labels)
    ),
    near: 0, within: 1e-6, places: 7)
}

/// Batch, mini-batch and stochastic descent towards the least-squares solution, and features of unequal scale.
private func drawLinear(_ page: Page) throws {
  page.say(
    "Linear regression: J = 1/(2m) Σ (θᵀx − y)². Batch descent takes all samples for a step and goes down smoothly, stochastic "
      + "descent takes one and trembles, mini-batches lie between; a mini-batch of all samples is batch descent. A feature that is "
      + "ten times as large as the other makes the valley long and narrow: the largest rate that does not diverge is then a "
      + "hundredth, and the other feature hardly moves.")
  let data = NoisyRegression.linear(count: 64, dimensions: 2, noise: 0.3, seed: 5).dataset
  let scaled = Tensor(data.features.scalars.enumerated().map { $0 % 2 == 0 ? $1 * 10 : $1 }, shape: data.features.shape)
  let runs: [(name: String, x: Tensor<Float>, rate: Double, batch: Int?)] = [
    ("batch", data.features, 0.1, nil), ("mini-batches of 64, all there are", data.features, 0.1, 64),
    ("mini-batches of 8", data.features, 0.1, 8), ("one at a time", data.features, 0.1, 1),
    ("batch, one feature × 10", scaled, 0.01, nil),
  ]
  var costs: [[Double]] = []
  for run in runs {
    let descent = GradientDescent(learningRate: run.rate, epochCount: 40, batchSize: run.batch, seed: 2)
    costs.append(try LinearRegression(2).fit(run.x, data.targets, by: descent))
  }
  let best = LinearRegression(2)
  try best.fit(data.features, data.targets)
  let least = best.loss(best(data.features, .inference), data.targets).item
  try page.show(
    Chart(
      "Cost over all samples", x: Axis("passes through the samples"), y: Axis("J", isLogarithmic: true),
      zip(runs, costs).filter { $0.0.batch != 64 }.map { .line($0.name, x: $1.indices.map { Double($0) }, y: $1) }
        + [.level("least squares", least, over: 0...40)]),
    "linear", "Cost by pass for batch, mini-batch and stochastic descent")
  page.expect("mini-batches of all samples are batch descent", costs[0] == costs[1])
  page.expect("batch descent reaches the least squares", costs[0][40] / least, near: 1, within: 0.02)
  page.expect(
    "unequal scales after 40 passes, cost by the least", costs[4][40] > 1.2 * least, decimal(costs[4][40] / least, 2))
}

private func gradient<Model: DescentModel>(
  _ model: Model, _ x: Tensor<Float>, _ targets: Tensor<Model.Target>
) throws -> Tensor<Float> {
  let gradients = model.loss(model(x, .training(seed: 1)), targets).gradients()
  return model.parameters.first.flatMap { gradients[$0]?.floats } ?? .zeros([1])
}

private func difference(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Double {
  a.shape == b.shape ? Double((a - b).abs().max().scalar) : .infinity
}
