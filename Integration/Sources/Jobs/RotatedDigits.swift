import Foundation
import Models
import Training

/// The built-in digits enlarged to 28×28 and turned, each by an angle of its own, as the rotated MNIST of Larochelle and
/// others (2007) was made.
public struct RotatedDigits {
  /// What is learnt from.
  public let training: LabeledImages
  /// What is measured.
  public let test: LabeledImages

  /// Images in single precision with their labels.
  public struct LabeledImages {
    /// `[N, 1, 28, 28]`, mean 0.
    public let images: Tensor<Float>
    /// `[N]`.
    public let labels: Tensor<Int64>
  }

  /// Turns the images of the training split once, those of the test split `testTurns` times, by angles that follow from the
  /// seed.
  public init(seed: UInt64, testTurns: Int = 4) throws {
    let data = try Digits().load()
    var random = RandomStream(seed: seed)
    training = Self.turned(data.training, times: 1, using: &random)
    test = Self.turned(data.test, times: testTurns, using: &random)
  }

  private static func turned(
    _ data: ImageDataset, times: Int, using random: inout RandomStream
  ) -> LabeledImages {
    let count = data.count * times
    let angles = Tensor<Float>.uniform([count], in: 0..<2 * .pi, using: &random).scalars
    let pixels = data.pixels.scalars.map { Float($0) / Float(data.maximum) }
    let (height, width) = (data.imageSize.height, data.imageSize.width)
    let area = height * width
    let images = (0..<count).flatMap { index -> [Float] in
      let start = index % data.count * area
      return turned(Array(pixels[start..<start + area]), height, width, by: angles[index])
    }
    let labels = (0..<times).flatMap { _ in data.labels.scalars }
    return LabeledImages(images: Tensor(images, shape: [count, 1, 28, 28]), labels: Tensor(labels))
  }

  /// The image turned about its centre and enlarged to 28×28, between pixels by bilinear interpolation, 0 outside; less the
  /// usual mean of 0.3.
  private static func turned(_ pixels: [Float], _ height: Int, _ width: Int, by angle: Float) -> [Float] {
    let side = 28
    // A digit's corners must not leave the picture as it turns: of the half side 14 it takes 11.
    let scale = Float(max(height, width)) / 22
    func pixel(_ row: Int, _ column: Int) -> Float {
      0..<height ~= row && 0..<width ~= column ? pixels[row * width + column] : 0
    }
    return (0..<side * side).map { place in
      let y = (Float(place / side) - 13.5) * scale, x = (Float(place % side) - 13.5) * scale
      let row = cos(angle) * y + sin(angle) * x + Float(height - 1) / 2
      let column = cos(angle) * x - sin(angle) * y + Float(width - 1) / 2
      let (top, left) = (row.rounded(.down), column.rounded(.down))
      let (down, right) = (row - top, column - left)
      let (i, j) = (Int(top), Int(left))
      let above = pixel(i, j) * (1 - right) + pixel(i, j + 1) * right
      let below = pixel(i + 1, j) * (1 - right) + pixel(i + 1, j + 1) * right
      return above * (1 - down) + below * down - 0.3
    }
  }

  /// Trains a network by Adam with a rate that falls along a cosine, in batches of 32; returns the share of the test images
  /// that it recognises.
  public func accuracy(
    of network: any Layer, epochs: Int, seed: UInt64, learningRate: Double = 0.005,
    loss: (Variable, Tensor<Int64>) -> Variable = { crossEntropy($0, $1) }
  ) -> Double {
    let count = training.labels.count, steps = (count + 31) / 32
    let optimizer = Adam(network.parameters, learningRate: learningRate)
    let schedule = CosineSchedule(learningRate, steps: epochs * steps)
    var random = RandomStream(seed: seed)
    for epoch in 0..<epochs {
      let order = Tensor<Int64>.permutation(count: count, using: &random)
      for step in 0..<steps {
        let chosen = order.slice([step * 32..<min(count, (step + 1) * 32)])
        let number = epoch * steps + step
        let logits = network(training.images.take(chosen), .training(seed: seed << 32 | UInt64(number)))
        optimizer.learningRate = schedule.rate(at: number)
        optimizer.update(loss(logits, training.labels.take(chosen)).gradients())
      }
    }
    return share(of: network)
  }

  private func share(of network: any Layer) -> Double {
    let count = test.labels.count
    let right = stride(from: 0, to: count, by: 256).reduce(0) { sum, start in
      let part = start..<min(count, start + 256)
      let answers = network(test.images.slice(axis: 0, range: part), .inference).floats.argmax(along: 1)
      return sum + zip(answers.scalars, test.labels.slice([part]).scalars).count { $0 == $1 }
    }
    return Double(right) / Double(count)
  }
}

/// Trains the network of group convolutions and an ordinary one of a few more weights on the same rotated digits; throws
/// unless the first is better by at least `margin`.
public func groupConvolutionsOnRotatedDigits(epochs: Int, seed: UInt64, margin: Double) throws -> String {
  let digits = try RotatedDigits(seed: seed)
  let networks: [any Network] = [
    seeded(seed) { P4CNN(dropout: 0.1) }, seeded(seed) { Z2CNN(channels: 22, dropout: 0.1) },
  ]
  let shares = networks.map { digits.accuracy(of: $0, epochs: epochs, seed: seed) }
  let text = String(
    format: "%.2f %% with %d weights, plain %.2f %% with %d, at least %.1f %% apart", shares[0] * 100,
    networks[0].parameterCount, shares[1] * 100, networks[1].parameterCount, margin * 100)
  guard shares[0] - shares[1] >= margin else { throw Unmet(text) }
  return text
}
