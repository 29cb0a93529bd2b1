import Drawing
import Models
import Training

extension Topic {
  static let linearRegression = Topic(
    "linear-regression", "Linear regression by gradient descent: all samples, some, or one at a time",
    draw: drawLinearRegression)
}

/// Batch, mini-batch and stochastic descent towards the least-squares solution, and features of unequal scale.
private func drawLinearRegression(_ page: Page) throws {
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
