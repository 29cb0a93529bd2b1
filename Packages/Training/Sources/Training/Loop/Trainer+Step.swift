import Autograd
import Datasets
import NNLayers
import Optimizers
import TensorCore

extension Trainer {
  /// One step; returns the loss of its batch. An error leaves weights and buffers as they were.
  func takeStep(_ batch: Batch) throws -> Double {
    let rate = rate(at: progress.step)
    optimizer.learningRate = rate
    let kept = buffers.map(\.value)
    do {
      let result = try plan.collectsGradients ? collectedStep(batch, rate) : streamedStep(batch, rate)
      optimizer.learningRate = rate
      progress.sums.images += batch.count
      progress.sums.correct += result.correct
      progress.sums.loss += result.loss * Double(batch.count)
      return result.loss
    } catch let failure as NotFinite {
      for (buffer, value) in zip(buffers, kept) { buffer.value = value }
      throw error(failure, rate)
    }
  }

  /// The random numbers of a step: streams from 2⁶³ on are the steps'; weights and orders draw from others.
  private var random: RandomStream { RandomStream(key: seed, stream: 1 << 63 | UInt64(progress.step), counter: 0) }

  /// A step that changes each weight as soon as its gradient is known.
  private func streamedStep(_ batch: Batch, _ rate: Double) throws -> StepResult {
    let context = Context(mode: .training, random: random)
    let part = StepPart(images: batch.images, labels: batch.labels, share: 1, random: context.random)
    let (loss, correct) = try forward(part, context)
    optimizer.beginStep()
    loss.backward { update($0, gradient: $1, rate) }
    optimizer.endStep()
    return StepResult(loss: loss.item, correct: correct)
  }

  /// A step that knows all gradients before it changes a weight: those of its parts, each by its share of the images.
  private func collectedStep(_ batch: Batch, _ rate: Double) throws -> StepResult {
    var (gradients, result, random) = (Gradients(), StepResult(loss: 0, correct: 0), random)
    for range in parts(batch.count) {
      let part = StepPart(batch, range, random)
      let context = Context(mode: .training, random: random)
      let (loss, correct) = try forward(part, context)
      result.loss += loss.item * part.share
      result.correct += correct
      var own = loss.gradients()
      if plan.checksGradients { try check(own, part) }
      guard part.share != 1 else {
        gradients = own
        break
      }
      own.scale(by: part.share)
      gradients.add(own)
      random = context.random
    }
    plan.clipping?.apply(to: &gradients)
    optimizer.beginStep()
    for (parameter, gradient) in gradients { update(parameter, gradient: gradient, rate) }
    optimizer.endStep()
    return result
  }

  /// The images of each part of a batch: as many as the plan says, of sizes that differ by one at most.
  private func parts(_ count: Int) -> [Range<Int>] {
    let number = min(plan.accumulation, count)
    return (0..<number).map { ($0 * count / number)..<(($0 + 1) * count / number) }
  }

  /// The loss of a part and how many of its images are recognised.
  private func forward(_ part: StepPart, _ context: Context) throws -> (loss: Variable, correct: Int) {
    let logits = model(part.images, context)
    let loss = loss(logits, part.labels)
    guard loss.item.isFinite else { throw NotFinite(part: part, loss: loss.item, parameter: nil) }
    var correct = 0
    let labels = part.labels.scalars
    LogitRows(logits.floats).forEach { position, row in
      if row.largest == Int(labels[position]) { correct += 1 }
    }
    return (loss, correct)
  }

  private func update(_ parameter: Parameter, gradient: TensorValue, _ rate: Double) {
    if !rateFactors.isEmpty { optimizer.learningRate = rate * (rateFactors[ObjectIdentifier(parameter)] ?? 1) }
    optimizer.update(parameter, gradient: gradient)
  }

  private func check(_ gradients: Gradients, _ part: StepPart) throws {
    // The walk comes from the loss: the first is the nearest to it.
    guard let bad = gradients.first(where: { !$0.gradient.isFinite }) else { return }
    throw NotFinite(part: part, loss: nil, parameter: bad.parameter.path)
  }
}

/// What a step comes to.
private struct StepResult {
  var loss: Double
  var correct: Int
}

/// A part of a step's batch.
struct StepPart {
  let images: Tensor<Float>
  let labels: Tensor<Int64>
  /// Its share of the batch.
  let share: Double
  /// The random numbers that it begins with.
  let random: RandomStream

  init(images: Tensor<Float>, labels: Tensor<Int64>, share: Double, random: RandomStream) {
    self.images = images
    self.labels = labels
    self.share = share
    self.random = random
  }

  init(_ batch: Batch, _ range: Range<Int>, _ random: RandomStream) {
    let isWhole = range.count == batch.count
    self.init(
      images: isWhole ? batch.images : batch.images.slice(axis: 0, range: range),
      labels: isWhole ? batch.labels : batch.labels.slice(axis: 0, range: range),
      share: Double(range.count) / Double(batch.count), random: random)
  }
}

/// A step whose loss, or a gradient of a parameter, is not finite.
struct NotFinite: Error {
  let part: StepPart
  let loss: Double?
  let parameter: String?
}
