import Models
import Training

/// Trains a small U-Net on drawn cells; returns the mean IoU of ground and cells on 32 other pictures.
public func cellsWithUNet(pictures: Int, epochs: Int) -> Double {
  let cells = Cells(count: pictures, seed: 1)
  let network = seeded(1) { UNet(width: 8, levels: 3, dropout: 0) }
  let optimizer = Adam(network.parameters, learningRate: 2e-3)
  let size = 8
  let schedule = CosineSchedule(2e-3, steps: epochs * (pictures / size))
  var random = RandomStream(seed: 2)
  var step = 0
  for _ in 0..<epochs {
    let order = (0..<pictures).shuffled(using: &random)
    for start in stride(from: 0, to: pictures - size + 1, by: size) {
      let (images, masks) = cells.batch(Array(order[start..<(start + size)]))
      let loss = crossEntropy(network(images, .training(seed: UInt64(step))), masks)
      optimizer.learningRate = schedule.rate(at: step)
      optimizer.step(loss)
      step += 1
    }
  }
  return meanIntersectionOverUnion(network)
}

/// Trains a small classifier of pixels on patches of drawn cells and slides it over 32 other pictures; returns the mean IoU.
public func cellsWithPatches(pictures: Int, steps: Int) -> Double {
  let cells = Cells(count: pictures, seed: 1)
  let (images, masks) = cells.batch(Array(0..<pictures))
  let classifier = seeded(1) { PixelClassifier(.light) }
  let optimizer = Adam(classifier.parameters, learningRate: 2e-3)
  let schedule = CosineSchedule(2e-3, steps: steps)
  var random = RandomStream(seed: 2)
  for step in 0..<steps {
    let (patches, labels) = patches(128, of: images, masks, using: &random)
    let loss = crossEntropy(classifier(patches, .training(seed: UInt64(step))), labels)
    optimizer.learningRate = schedule.rate(at: step)
    optimizer.step(loss)
  }
  return meanIntersectionOverUnion(classifier.fullyConvolutional())
}

/// Patches of 21×21 inside the pictures, and the classes of the pixels at their centres.
private func patches(
  _ count: Int, of images: Tensor<Float>, _ masks: Tensor<Int64>, using random: inout RandomStream
) -> (Tensor<Float>, Tensor<Int64>) {
  let side = 21, height = images.shape[2], width = images.shape[3]
  var pixels: [Float] = [], labels: [Int64] = []
  images.withUnsafeBufferPointer { images in
    for _ in 0..<count {
      let picture = random.integer(below: masks.shape[0])
      let (top, left) = (random.integer(below: height - side + 1), random.integer(below: width - side + 1))
      for y in top..<(top + side) {
        let start = (picture * height + y) * width + left
        pixels += images[start..<(start + side)]
      }
      labels.append(masks[picture, top + side / 2, left + side / 2])
    }
  }
  return (Tensor(pixels, shape: [count, 1, side, side]), Tensor(labels, shape: [count]))
}

/// On 32 pictures that no training has seen.
private func meanIntersectionOverUnion(_ network: any Layer) -> Double {
  let cells = Cells(count: 32, seed: 1_000)
  var confusion = ConfusionMatrix(classCount: 2)
  for start in stride(from: 0, to: cells.count, by: 8) {
    let (images, masks) = cells.batch(Array(start..<(start + 8)))
    confusion.add(labels: masks, logits: network(images, .inference).floats)
  }
  return confusion.meanIntersectionOverUnion
}
