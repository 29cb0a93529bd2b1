import TensorCore

/// Some samples of which each is made of two.
public struct MixedBatch: Sendable {
  /// The mixed images, `[N, C, H, W]`.
  public let images: Tensor<Float>
  /// How much of each class is in each image, `[N, classes]`: rows that sum to 1, for the cross-entropy with soft targets.
  public let targets: Tensor<Float>
  /// The share of an image's own content; the rest is its partner's.
  public let share: Double
  /// For each sample the position in the batch of its partner.
  public let partners: [Int]
}

/// How the images of a training batch are mixed in pairs, so that a network sees what lies between the classes.
///
/// ```swift
/// let mixer = BatchMixer(.mixup(alpha: 0.2), seed: 1, epoch: epoch)
/// for batch in batches {
///   let mixed = mixer.mixed(batch, classCount: 10)
///   train(mixed.images, mixed.targets)
/// }
/// ```
public enum Mixing: Sendable, Hashable {
  /// x = λ xᵢ + (1 - λ) xⱼ, with λ ~ Beta(α, α) for the batch. Usual: α from 0.1 to 0.4.
  ///
  /// Zhang, Cissé, Dauphin and Lopez-Paz 2018, "mixup: beyond empirical risk minimization".
  case mixup(alpha: Double)
  /// A rectangle of xᵢ is replaced by that of xⱼ: sides √(1 - λ) of the image's, λ ~ Beta(α, α), the middle anywhere, cut
  /// off at the border; the targets follow the area. Usual: α = 1.
  ///
  /// Yun and others 2019, "CutMix: regularization strategy to train strong classifiers with localizable features".
  case cutMix(alpha: Double)
}

/// A ``Mixing`` with the random numbers of one epoch.
///
/// What happens to a batch depends on the seed, the epoch and the batch's number only. λ and the rectangle are drawn
/// once per batch, the partners by a permutation of it: the batch mixed with itself in another order.
public struct BatchMixer: Sendable {
  /// How images are mixed.
  public let mixing: Mixing
  private let key: UInt64

  /// The mixing of one epoch, by its number from 0. Stops unless α is positive.
  public init(_ mixing: Mixing, seed: UInt64, epoch: Int) {
    guard mixing.alpha > 0, mixing.alpha.isFinite else {
      stop("BatchMixer", "α must be positive and finite, not \(mixing.alpha)")
    }
    self.mixing = mixing
    // Weights, orders and augmentation draw from other streams of the seed.
    var random = RandomStream(key: seed, stream: 1 << 61 | UInt64(epoch), counter: 0)
    key = random.next()
  }

  /// The batch mixed with itself. Stops on a label that is not in `0..<classCount`.
  public func mixed(_ batch: Batch, classCount: Int) -> MixedBatch {
    mixed(batch.images, batch.labels, number: batch.number, classCount: classCount)
  }

  /// Images `[N, C, H, W]` of the classes `labels` `[N]` mixed with each other; `number` is the batch's number in its epoch.
  public func mixed(
    _ images: Tensor<Float>, _ labels: Tensor<Int64>, number: Int, classCount: Int
  ) -> MixedBatch {
    guard images.rank == 4, labels.shape == [images.shape[0]] else {
      stop("BatchMixer", "needs images [N, C, H, W] and labels [N], got \(images.shape) and \(labels.shape)")
    }
    var random = RandomStream(key: key, stream: UInt64(number), counter: 0)
    let share = random.beta(symmetric: mixing.alpha)
    let partners = shuffledIndices(count: images.shape[0], using: &random)
    let oneHot: Tensor<Float> = labels.oneHot(classCount: classCount)
    let order = Tensor(partners.map(Int64.init))
    switch mixing {
    case .mixup:
      return MixedBatch(
        images: blended(images, images.take(order, along: 0), share),
        targets: blended(oneHot, oneHot.take(order, along: 0), share), share: share, partners: partners)
    case .cutMix:
      let patch = Patch(area: 1 - share, height: images.shape[2], width: images.shape[3], using: &random)
      let kept = 1 - Double(patch.count) / Double(max(images.shape[2] * images.shape[3], 1))
      return MixedBatch(
        images: patch.pasted(into: images, partners: partners),
        targets: blended(oneHot, oneHot.take(order, along: 0), kept), share: kept, partners: partners)
    }
  }

  private func blended(_ own: Tensor<Float>, _ other: Tensor<Float>, _ share: Double) -> Tensor<Float> {
    own * Float(share) + other * Float(1 - share)
  }
}

extension Mixing {
  fileprivate var alpha: Double {
    switch self {
    case .mixup(let alpha), .cutMix(let alpha): alpha
    }
  }
}

/// A rectangle of an image.
private struct Patch {
  let rows: Range<Int>
  let columns: Range<Int>

  /// A rectangle of about the given share of the image, its middle anywhere, cut off at the border.
  init(area: Double, height: Int, width: Int, using random: inout RandomStream) {
    func range(_ length: Int) -> Range<Int> {
      guard length > 0 else { return 0..<0 }
      let size = Int(Double(length) * area.squareRoot())
      let start = random.integer(below: length) - size / 2
      return max(start, 0)..<max(min(start + size, length), max(start, 0))
    }
    rows = range(height)
    columns = range(width)
  }

  var count: Int { rows.count * columns.count }

  /// The images with this part replaced by that of their partners.
  func pasted(into images: Tensor<Float>, partners: [Int]) -> Tensor<Float> {
    let (channels, height, width) = (images.shape[1], images.shape[2], images.shape[3])
    let plane = height * width
    return Tensor(shape: images.shape) { target in
      images.withUnsafeBufferPointer { source in
        _ = target.update(fromContentsOf: source)
        for (image, partner) in partners.enumerated() where partner != image {
          for channel in 0..<channels {
            for row in rows {
              let offset = channel * plane + row * width
              for column in columns {
                target[image * channels * plane + offset + column] =
                  source[partner * channels * plane + offset + column]
              }
            }
          }
        }
      }
    }
  }
}
