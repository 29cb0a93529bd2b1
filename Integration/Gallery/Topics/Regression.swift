import Drawing
import Models
import Training

extension Topic {
  static let regression = Topic(
    "regression", "Regression by gradient descent: one of two classes, one of many", draw: drawRegression)
}

/// The closed-form gradients of logistic and softmax regression against the tape's, and what they learn.
private func drawRegression(_ page: Page) throws {
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
  let points = TableDataset(features: features, labels: clouds.labels, classNames: clouds.classNames)
  let grid = PlaneGrid(x: -1.6...1.6, y: -1.6...1.6)
  let probability = try logistic.probabilities(grid.points).scalars.map { Double($0) * 2 - 1 }
  let classes = try softmax.predict(grid.points).argmax(along: 1).scalars.map { Int($0) }
  func plane(_ title: String, _ back: Mark) -> any Picture {
    Chart(title, x: Axis("x₁", grid.x), y: Axis("x₂", grid.y), width: 296, height: 280, [back] + dots(points))
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

private func gradient<Model: DescentModel>(
  _ model: Model, _ x: Tensor<Float>, _ targets: Tensor<Model.Target>
) throws -> Tensor<Float> {
  let gradients = model.loss(model(x, .training(seed: 1)), targets).gradients()
  return model.parameters.first.flatMap { gradients[$0]?.floats } ?? .zeros([1])
}

private func difference(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Double {
  a.shape == b.shape ? Double((a - b).abs().max().scalar) : .infinity
}
