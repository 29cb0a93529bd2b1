import Foundation
import Models
import Training

/// Networks of the families for images, the light one where there is one, with the height and width of the digits for each.
public let networksOfTheFamilies = [
  ("lenet5", 32), ("lenet28", 28), ("lenet5-1998", 32), ("nin", 16), ("nin-lite", 16), ("allcnn", 16),
  ("alexnet-lite", 16), ("zfnet", 64), ("vgg-lite", 16), ("googlenet-lite", 16),
  ("resnet20", 16), ("plain20", 16), ("ciresan-lite", 21),
  ("p4cnn", 28), ("z2cnn", 28), ("capsnet-lite", 32),
]

/// Trains a network without dropout on 32 digits until it knows them all, as every sound network can.
///
/// - Returns: the loss before the first step, which must be near ln 10, that of ten equal logits, and the number of steps. The
///   outputs of the LeNet-5 of 1998 are distances and no logits.
public func overfits(_ model: String, side: Int, limit: Int = 300) throws -> String {
  let data = try Digits().load().training.subset(Array(0..<32))
  let usual = try Digits().preprocessing(fittedTo: data)
  let preparation = try Preprocessing(
    channels: 1, imageSize: usual.imageSize, resizedSize: ImageSize(height: side, width: side), mean: usual.mean,
    deviation: usual.deviation)
  guard let batch = Batches(PreparedImages(data, preparation), size: 32).first(where: { _ in true }),
    let entry = ModelCatalog.entry(named: model)
  else { throw Unmet("there is no network \(model)") }
  let network = seeded(1) { entry.make(ModelOptions(inputChannels: 1, classCount: 10, dropout: 0)) }
  let optimizer = Adam(network.parameters, learningRate: 1e-3)
  var first = 0.0
  for step in 0..<limit {
    let loss = crossEntropy(network(batch.images, .training(seed: UInt64(step))), batch.labels)
    if step == 0 { first = loss.item }
    optimizer.step(loss)
    guard step % 10 == 9, recognized(batch, network) == 32 else { continue }
    let text = String(format: "loss %.2f at first, ln 10 = 2.30, all known after %d steps", first, step + 1)
    guard abs(first - log(10)) < 0.5 || model == "lenet5-1998" else { throw Unmet(text) }
    return text
  }
  throw Unmet("\(recognized(batch, network)) of 32 known after \(limit) steps")
}

/// Trains a small U-Net on 32 small pictures of cells until it knows the class of each of their pixels.
public func overfitsPixels(limit: Int = 600) throws -> String {
  let (images, masks) = Cells(count: 32, size: ImageSize(height: 32, width: 32), cellCount: 1...3, seed: 1)
    .batch(Array(0..<32))
  let network = seeded(1) { UNet(width: 8, levels: 3, dropout: 0) }
  let optimizer = Adam(network.parameters, learningRate: 2e-3)
  var first = 0.0
  for step in 0..<limit {
    let loss = crossEntropy(network(images, .training(seed: UInt64(step))), masks)
    if step == 0 { first = loss.item }
    optimizer.step(loss)
    guard step % 10 == 9, network(images, .inference).floats.argmax(along: 1) == masks else { continue }
    let text = String(format: "loss %.2f at first, ln 2 = 0.69, all known after %d steps", first, step + 1)
    guard abs(first - log(2)) < 0.5 else { throw Unmet(text) }
    return text
  }
  let right = zip(network(images, .inference).floats.argmax(along: 1).scalars, masks.scalars).count { $0 == $1 }
  throw Unmet("\(right) of \(masks.count) known after \(limit) steps")
}

private func recognized(_ batch: Batch, _ network: any Layer) -> Int {
  let answers = network(batch.images, .inference).floats.argmax(along: 1)
  return zip(answers.scalars, batch.labels.scalars).count { $0 == $1 }
}
