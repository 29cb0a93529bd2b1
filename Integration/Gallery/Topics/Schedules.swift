import Drawing
import Foundation
import Training

extension Topic {
  static let schedules = Topic(
    "schedules", "The learning rate: too small, right, too large, and how it goes down", draw: drawSchedules)
}

/// The schedules' courses, and a small network trained at four rates and by four schedules.
private func drawSchedules(_ page: Page) throws {
  let steps = 90
  let courses: [(name: String, schedule: any Schedule)] = [
    ("step: ×0.1 at 30 and 60", MultiStepSchedule(0.1, at: [30, 60])),
    ("exponential", ExponentialSchedule(0.1, decay: 0.04)),
    ("halving every 20", StepSchedule(0.1, every: 20, factor: 0.5)),
    ("cosine", CosineSchedule(0.1, steps: steps)), ("linear", LinearSchedule(0.1, steps: steps)),
    ("1/t", InverseTimeSchedule(0.1, decay: 0.1)), ("1/√t", InverseSquareRootSchedule(0.1)),
    ("warm-up, then cosine", LinearWarmup(steps: 10, before: CosineSchedule(0.1, steps: steps - 10))),
  ]
  page.say(
    "A large rate makes fast progress at first, a small one settles in the minimum: schedules go from the one to the other. Warm-up begins "
      + "small, while the first gradients are still wild.")
  let rates = courses.map { course in (0...steps).map { course.schedule.rate(at: $0) } }
  try page.show(
    Chart(
      "Eight schedules", x: Axis("epoch"), y: Axis("learning rate", 0...0.105),
      zip(courses, rates).map { .line($0.name, x: (0...steps).map(Double.init), y: $1) }),
    "courses", "Learning rates of eight schedules over 90 epochs")
  page.expect("step, epoch 60", rates[0][60], near: 0.001, within: 1e-12, places: 4)
  page.expect("exponential, epoch 25, 0.1/e", rates[1][25], near: 0.1 / M_E, within: 1e-9, places: 4)
  page.expect("halving, epoch 40", rates[2][40], near: 0.025, within: 1e-12, places: 4)
  page.expect("cosine, half way", rates[3][45], near: 0.05, within: 1e-9, places: 4)

  page.say(
    "LeNet-5 on handwritten digits, ten epochs at one rate. Too small, and it is still under way at the end; too large, and it ends worse than "
      + "one who guesses, whose loss is ln 10; between them lies a factor of ten in which all is well.")
  let digits = try Digits().load()
  let preparation = try Digits().preprocessing(fittedTo: digits.training)
  let images = PreparedImages(digits.training, preparation)
  func losses(_ schedule: any Schedule, epochs: Int) throws -> [Double] {
    let model = Sequential(seeded(2) { network() })
    let optimizer = SGD(model.parameters, learningRate: 0, momentum: 0.9)
    var step = 0
    return (0..<epochs).map { epoch in
      var sum = 0.0
      for batch in Batches(images, size: 64, order: .shuffled(seed: 1, epoch: epoch)) {
        optimizer.learningRate = schedule.rate(at: step)
        let loss = crossEntropy(model(batch.images, .training(seed: UInt64(step))), batch.labels)
        optimizer.step(loss)
        sum += min(loss.item, 10) * Double(batch.count)
        step += 1
      }
      return sum / Double(images.count)
    }
  }
  let constant = [0.0003, 0.005, 0.05, 1.0]
  let found = try constant.map { try losses(ConstantSchedule($0), epochs: 10) }
  try page.show(
    Chart(
      "Training loss at four rates", x: Axis("epoch"), y: Axis("cross-entropy, nat", 0...3),
      zip(constant, found).map { .line("rate \($0)", y: $1) } + [.level("ln 10", log(10), over: 1...10)]),
    "rates", "Loss by epoch at four learning rates")
  page.expect("rate 0.05 ends below 0.1", found[2][9] < 0.1, decimal(found[2][9], 3))
  page.expect("rate 0.0003 is slower", found[0][9] > 3 * found[2][9], decimal(found[0][9], 3))
  page.expect("rate 1 does not learn", !(found[3][9] < 1.5), decimal(found[3][9], 3))
}

private func network() -> [any Layer] {
  [
    Conv2d(1, 6, kernelSize: 5), Tanh(), MaxPool2d(2), Conv2d(6, 16, kernelSize: 5), Tanh(), MaxPool2d(2), Flatten(),
    Linear(400, 120), Tanh(), Linear(120, 84), Tanh(), Linear(84, 10),
  ]
}
