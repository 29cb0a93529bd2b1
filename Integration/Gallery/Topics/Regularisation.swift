import Drawing
import Foundation
import Models
import Training

extension Topic {
  static let regularisation = Topic(
    "regularisation", "Too simple, right, by heart: what keeps a network from learning the noise",
    draw: drawRegularisation)
}

/// Weight decay on two moons, bias and variance of polynomials, early stopping, and dropout's masks.
private func drawRegularisation(_ page: Page) throws {
  try drawDecay(page)
  try drawPolynomials(page)
  try drawEarlyStopping(page)
  drawDropout(page)
}

private func drawDecay(_ page: Page) throws {
  page.say(
    "A network with 64 hidden units and 40 noisy points to learn can bend its boundary round each of them. Weight decay pulls the weights "
      + "towards 0: the more, the smoother the boundary, until it is too stiff for the moons.")
  let points = Points.moons(count: 40, noise: 0.2, seed: 21), others = Points.moons(count: 400, noise: 0.2, seed: 22)
  let grid = PlaneGrid(x: -2...3, y: -1.7...2.2, side: 60)
  let decays = [0.0, 3, 10]
  var panels: [any Picture] = []
  var shares: [(training: Double, other: Double)] = []
  for decay in decays {
    let model = seeded(2) { MultilayerPerceptron([2, 64, 64, 2]) }
    let optimizer = AdamW(model.parameters, learningRate: 0.01, weightDecay: decay)
    for step in 0..<1500 {
      optimizer.step(crossEntropy(model(points.features, .training(seed: UInt64(step))), points.labels))
    }
    let answers = { (x: Tensor<Float>) in try model.predict(x).argmax(along: 1) }
    func share(_ points: TableDataset) throws -> Double {
      Double(zip(try answers(points.features).scalars, points.labels.scalars).count { $0 == $1 }) / Double(points.count)
    }
    shares.append((try share(points), try share(others)))
    let numbers = points.features.scalars.map(Double.init)
    let dots = (0..<2).map { label in
      let members = points.labels.scalars.indices.filter { points.labels.scalars[$0] == Int64(label) }
      return Mark.points(
        x: members.map { numbers[2 * $0] }, y: members.map { numbers[2 * $0 + 1] }, colour: .number(label))
    }
    panels.append(
      Chart(
        "decay \(decimal(decay, 0))", x: Axis("x₁", grid.x), y: Axis("x₂", grid.y), width: 200, height: 190,
        [.regions(try answers(grid.points).scalars.map { Int($0) }, on: grid)] + dots))
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

/// Least squares of degree 1, 3 and 12 on twenty samples of a sine, each for many draws of the noise.
private func drawPolynomials(_ page: Page) throws {
  let degrees = [1, 3, 12], count = 20, draws = 60
  let places = (0..<81).map { -1 + Double($0) / 40 }
  func powers(_ x: [Double], _ degree: Int) -> Tensor<Float> {
    Tensor(
      x.flatMap { x in (1...degree).map { Float(cos(Double($0) * acos(max(-1, min(1, x))))) } },
      shape: [x.count, degree])
  }
  var random = RandomStream(seed: 7)
  let x = (0..<count).map { -0.95 + 1.9 * Double($0) / Double(count - 1) }
  var panels: [any Picture] = []
  var parts: [(bias: Double, variance: Double)] = []
  for degree in degrees {
    var fits: [[Double]] = []
    for _ in 0..<draws {
      let y = x.map { Float(sin(3 * $0) + 0.35 * random.normal()) }
      let model = LinearRegression(degree)
      try model.fit(powers(x, degree), Tensor(y, shape: [count, 1]))
      fits.append(try model.predict(powers(places, degree)).scalars.map(Double.init))
    }
    let mean = places.indices.map { place in fits.reduce(0) { $0 + $1[place] } / Double(draws) }
    let bias = places.indices.map { pow(mean[$0] - sin(3 * places[$0]), 2) }.reduce(0, +) / Double(places.count)
    let variance =
      places.indices.map { place in fits.reduce(0) { $0 + pow($1[place] - mean[place], 2) } / Double(draws) }
      .reduce(0, +) / Double(places.count)
    parts.append((bias, variance))
    panels.append(
      Chart(
        "degree \(degree)", x: Axis("x", -1...1), y: Axis("y", -2...2), width: 200, height: 190,
        fits.prefix(15).map { .line(x: places, y: $0, colour: .grey, isThin: true) } + [
          .function(over: -1...1, colour: .green, isDashed: true) { sin(3 * $0) },
          .line(x: places, y: mean, colour: .blue),
        ]))
  }
  page.say(
    "Polynomials fitted to twenty noisy samples of a sine (dashed), fifteen times with other noise (grey), and the mean of all fits (blue). A line "
      + "is always wrong in the same way: bias. Degree 12 is right on average, and each single fit swings with its noise: variance."
  )
  try page.show(Panels(columns: 3, panels), "bias-and-variance", "Fits of degree 1, 3 and 12 to a sine")
  page.table(
    ["degree", "bias²", "variance"],
    zip(degrees, parts).map { ["\($0)", decimal($1.bias, 3), decimal($1.variance, 3)] })
  page.expect("degree 1 has the largest bias", parts[0].bias > 5 * parts[1].bias && parts[0].bias > 5 * parts[2].bias)
  page.expect(
    "degree 12 has the largest variance",
    parts[2].variance > 2 * parts[1].variance && parts[1].variance > parts[0].variance)
}

private func drawEarlyStopping(_ page: Page) throws {
  page.say(
    "The training loss only ever falls. The loss of images held out for validation falls with it as long as what is learnt is general, and "
      + "rises again when it is not: there one stops. Neither says how good the network is, for both took part; that is what a third part, "
      + "the test images, is for.")
  let digits = try Digits().load().training
  let parts = try digits.threeWaySplit(validation: 0.25, test: 0.25, seed: 1)
  let few = parts.training.subset(Array(0..<150))
  let preparation = try Digits().preprocessing(fittedTo: few)
  let model = seeded(1) { MultilayerPerceptron([1024, 256, 10]) }
  let optimizer = SGD(model.parameters, learningRate: 0.05, momentum: 0.9)
  let training = PreparedImages(few, preparation)
  let validation = PreparedImages((parts.validation ?? parts.test), preparation)
  var curves: (training: [Double], validation: [Double]) = ([], [])
  for epoch in 0..<60 {
    var sum = 0.0
    for batch in Batches(training, size: 30, order: .shuffled(seed: 1, epoch: epoch)) {
      // A fifth of the labels is wrong: there is noise to learn by heart.
      let labels = Tensor(zip(batch.labels.scalars, batch.sampleIndices).map { $1 % 5 == 0 ? ($0 + 1) % 10 : $0 })
      let loss = crossEntropy(model(batch.images, .training(seed: 0)), labels)
      optimizer.step(loss)
      sum += loss.item * Double(batch.count)
    }
    curves.training.append(sum / Double(training.count))
    curves.validation.append(try evaluate(model, on: validation, batchSize: 250) { crossEntropy($0, $1) }.loss)
  }
  let best = curves.validation.indices.min { curves.validation[$0] < curves.validation[$1] } ?? 0
  try page.show(
    Chart(
      "150 digits, a fifth of them labelled wrongly", x: Axis("epoch"), y: Axis("cross-entropy, nat", 0...3),
      [
        .line("training", y: curves.training), .line("validation", y: curves.validation),
        .points("stop here", x: [Double(best + 1)], y: [curves.validation[best]], colour: .green, radius: 5),
      ]), "early-stopping", "Training and validation loss by epoch")
  page.expect("the validation loss is smallest before the end", best < 40, "epoch \(best + 1)")
  page.expect("and larger at the end", (curves.validation.last ?? 0) > 1.1 * curves.validation[best])
}

/// All masks of two units, and the mean over many masks.
private func drawDropout(_ page: Page) {
  page.say(
    "Dropout switches off each unit with probability p while training and divides what remains by 1 - p: over all masks the mean is what the "
      + "network answers without dropout. For w₁x + w₂y and p = 1/2 there are four masks of a quarter each.")
  let x: Tensor<Float> = [[3, 5]]
  let masks: [(Double, Double)] = [(1, 1), (1, 0), (0, 1), (0, 0)]
  let outputs = masks.map { $0.0 * 2 * 3 + $0.1 * 2 * 5 }
  page.table(
    ["mask", "output, x = 3, y = 5, both weights 1"],
    zip(masks, outputs).map { ["\(Int($0.0)) \(Int($0.1))", decimal($1, 0)] } + [
      ["mean", decimal(outputs.reduce(0, +) / 4, 0)]
    ])
  let layer = Dropout(0.5)
  let sums = (0..<4000).map { draw in
    Double(layer(x, .training(seed: UInt64(draw))).floats.sum().scalar)
  }
  let mean = sums.reduce(0, +) / 4000
  page.expect("mean of the four masks", outputs.reduce(0, +) / 4, near: 8, within: 0, places: 0)
  page.expect("mean of 4,000 drawn masks", mean, near: 8, within: 0.3)
  page.expect("a drawn mask gives one of the four outputs", sums.allSatisfy { outputs.contains($0) })
  page.expect("without dropout", Double(layer(x, .inference).floats.sum().scalar), near: 8, within: 0, places: 0)
}
