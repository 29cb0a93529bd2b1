import Drawing
import Models
import Training

extension Topic {
  static let weightDecay = Topic("weight-decay", "Weight decay smooths a boundary", draw: drawDecay)
}

/// A network that could learn forty noisy points by heart, with three strengths of weight decay.
private func drawDecay(_ page: Page) throws {
  page.say(
    "A network with 64 hidden units and 40 noisy points to learn can bend its boundary round each of them. Weight decay pulls the weights "
      + "towards 0: the more, the smoother the boundary, until it is too stiff for the moons.")
  let points = Points.moons(count: 40, noise: 0.2, seed: 21), others = Points.moons(count: 400, noise: 0.2, seed: 22)
  let decays = [0.0, 3, 10]
  var panels: [any Picture] = []
  var shares: [(training: Double, other: Double)] = []
  for decay in decays {
    let model = seeded(2) { MultilayerPerceptron([2, 64, 64, 2]) }
    let optimizer = AdamW(model.parameters, learningRate: 0.01, weightDecay: decay)
    for step in 0..<1500 {
      optimizer.step(crossEntropy(model(points.features, .training(seed: UInt64(step))), points.labels))
    }
    let answers = { (x: Tensor<Float>) in try model.predict(x).argmax(along: 1).scalars.map { Int($0) } }
    shares.append((try shareRight(points, answers), try shareRight(others, answers)))
    panels.append(try regions("decay \(decimal(decay, 0))", points, answers))
  }
  try page.show(Panels(columns: 3, panels), "decay", "Decision boundaries for three strengths of weight decay")
  page.table(
    ["weight decay", "right of 40 training points", "right of 400 others"],
    zip(decays, shares).map { [decimal($0, 0), percent($1.training), percent($1.other)] })
  page.expect("without decay the training points are known by heart", shares[0].training == 1)
  page.expect(
    "in between the others are known best", shares[1].other > max(shares[0].other, shares[2].other) + 0.02,
    shares.map { percent($0.other) }.joined(separator: ", "))
}
