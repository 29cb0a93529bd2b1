import Datasets
import TensorCore
import Testing

struct BatchMixerTests {
  private let labels = Tensor<Int64>([0, 2, 1, 2, 0])

  /// Five images of two channels, 6×8, no two pixels equal.
  private let images = Tensor<Float>((0..<480).map { Float($0) }, shape: [5, 2, 6, 8])

  private func mixed(_ mixing: Mixing, seed: UInt64 = 3, epoch: Int = 0, number: Int = 0) -> MixedBatch {
    BatchMixer(mixing, seed: seed, epoch: epoch).mixed(images, labels, number: number, classCount: 3)
  }

  private func expectTargets(_ batch: MixedBatch) {
    let labels = labels.scalars
    for (image, partner) in batch.partners.enumerated() {
      for label in 0..<3 {
        let own: Double = labels[image] == label ? batch.share : 0
        let other: Double = labels[partner] == label ? 1 - batch.share : 0
        #expect(abs(Double(batch.targets.scalars[image * 3 + label]) - (own + other)) < 1e-6)
      }
    }
  }

  /// x = λ xᵢ + (1 - λ) xⱼ, pixel by pixel, and the same of the labels.
  @Test func mixupBlendsPairs() {
    let batch = mixed(.mixup(alpha: 1))
    #expect(batch.share > 0.05 && batch.share < 0.95)
    #expect(batch.partners.sorted() == [0, 1, 2, 3, 4])
    let scalars = batch.images.scalars
    for (image, partner) in batch.partners.enumerated() {
      for pixel in 0..<96 {
        let expected = batch.share * Double(image * 96 + pixel) + (1 - batch.share) * Double(partner * 96 + pixel)
        #expect(abs(Double(scalars[image * 96 + pixel]) - expected) < 1e-3)
      }
    }
    expectTargets(batch)
  }

  /// Every pixel is the image's own or its partner's. The partner's form the same rectangle in all images and channels, and
  /// its area is 1 - λ of the image.
  @Test func cutMixReplacesARectangleOfItsShare() {
    var areas: Set<Int> = []
    for number in 0..<40 {
      let batch = mixed(.cutMix(alpha: 1), number: number)
      expectTargets(batch)
      guard let moved = batch.partners.indices.first(where: { batch.partners[$0] != $0 }) else { continue }
      let replaced = replacedPixels(batch, image: moved, channel: 0)
      for image in 0..<5 where batch.partners[image] != image {
        #expect(replacedPixels(batch, image: image, channel: 0) == replaced)
        #expect(replacedPixels(batch, image: image, channel: 1) == replaced)
      }
      #expect(batch.share == 1 - Double(replaced.count) / 48)
      let rows = Set(replaced.map { $0 / 8 }), columns = Set(replaced.map { $0 % 8 })
      #expect(replaced.count == rows.count * columns.count)
      for sides in [rows, columns] {
        guard let low = sides.min(), let high = sides.max() else { continue }
        #expect(high - low + 1 == sides.count)
      }
      areas.insert(replaced.count)
    }
    #expect(areas.count > 8)
  }

  private func replacedPixels(_ batch: MixedBatch, image: Int, channel: Int) -> [Int] {
    let scalars = batch.images.scalars
    return (0..<48).filter { pixel in
      let offset = channel * 48 + pixel
      let value = scalars[image * 96 + offset]
      if value == Float(image * 96 + offset) { return false }
      #expect(value == Float(batch.partners[image] * 96 + offset))
      return true
    }
  }

  /// Without a border to cut at, the rectangle's area would be 1 - λ with λ uniform for α = 1: 1/2 on average. The middle lies
  /// anywhere: along an axis a side s of the image's 1 keeps on average s - s²/4, so an area of s² keeps (s - s²/4)², whose mean
  /// over s² = 1 - λ is ∫₀¹ (u - u√u/2 + u²/16) du = 1/2 - 1/5 + 1/48 = 0.3208. On a large image that is the mean.
  @Test func cutMixAreaOnAverage() {
    let images = Tensor<Float>.zeros([1, 1, 200, 200])
    let mixer = BatchMixer(.cutMix(alpha: 1), seed: 5, epoch: 0)
    let areas = (0..<2000).map { 1 - mixer.mixed(images, Tensor([0]), number: $0, classCount: 1).share }
    // An area's deviation is below 0.3, the mean's below 0.0067; rounding sides down takes at most half a pixel of 200.
    #expect(abs(areas.reduce(0, +) / 2000 - 0.3208) < 0.025)
  }

  /// As for an equal pair: the seed, the epoch and the number of the batch decide, and nothing else.
  @Test(arguments: [Mixing.mixup(alpha: 0.4), .cutMix(alpha: 1)]) func repeats(_ mixing: Mixing) {
    let first = mixed(mixing)
    #expect(mixed(mixing).images == first.images)
    #expect(mixed(mixing).targets == first.targets)
    let others = [mixed(mixing, seed: 4), mixed(mixing, epoch: 1), mixed(mixing, number: 1)]
    #expect(others.allSatisfy { $0.images != first.images })
  }

  /// A batch as the loader gives it, one of a single image, which is its own partner, and one of none.
  @Test func batchesOfTheLoader() throws {
    let set = try makeSet(labels: [0, 2, 1, 2, 0, 1], height: 4, width: 4, maximum: 1) { UInt8($0) }
    let mixer = BatchMixer(.mixup(alpha: 0.2), seed: 3, epoch: 2)
    for batch in Batches(PreparedImages(set, try plain(set)), size: 3) {
      let whole = mixer.mixed(batch, classCount: 3)
      let parts = mixer.mixed(batch.images, batch.labels, number: batch.number, classCount: 3)
      #expect(whole.images == parts.images)
      #expect(whole.targets == parts.targets)
      #expect(whole.images.shape == [3, 1, 4, 4])
    }
    let one = mixer.mixed(.ones([1, 1, 4, 4]), Tensor([1]), number: 0, classCount: 2)
    #expect(one.partners == [0])
    #expect(one.images.scalars.allSatisfy { abs($0 - 1) < 1e-6 })
    let empty = BatchMixer(.cutMix(alpha: 1), seed: 3, epoch: 2)
      .mixed(.zeros([0, 1, 4, 4]), Tensor([Int64]()), number: 0, classCount: 2)
    #expect(empty.images.shape == [0, 1, 4, 4])
    #expect(empty.targets.shape == [0, 2])
  }

  @Test func wrongArgumentsStop() async {
    await #expect(processExitsWith: .failure) { _ = BatchMixer(.mixup(alpha: 0), seed: 1, epoch: 0) }
    await #expect(processExitsWith: .failure) {
      _ = BatchMixer(.mixup(alpha: 1), seed: 1, epoch: 0)
        .mixed(.zeros([2, 1, 2, 2]), Tensor([0, 5]), number: 0, classCount: 3)
    }
    await #expect(processExitsWith: .failure) {
      _ = BatchMixer(.cutMix(alpha: 1), seed: 1, epoch: 0).mixed(
        .zeros([2, 4]), Tensor([0, 1]), number: 0, classCount: 3)
    }
  }
}
