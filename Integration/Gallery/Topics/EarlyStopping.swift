import Drawing
import Models
import Training

extension Topic {
  static let earlyStopping = Topic(
    "early-stopping", "Stop before the noise is learnt by heart", draw: drawEarlyStopping)
}

/// A network on few digits, some labelled wrongly, watched on digits held out.
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
        .points("stop here", x: [Double(best + 1)], y: [curves.validation[best]], color: .green, radius: 5),
      ]), "early-stopping", "Training and validation loss by epoch")
  page.expect("the validation loss is smallest before the end", best < 40, "epoch \(best + 1)")
  page.expect("and larger at the end", (curves.validation.last ?? 0) > 1.1 * curves.validation[best])
}
