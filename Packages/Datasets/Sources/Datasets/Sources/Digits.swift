import Foundation
import TensorCore

/// Handwritten digits of 8×8 pixels, built in: 1,797 images, enough to train LeNet-5 in seconds and without a download.
///
/// Each pixel counts the inked dots, 0 to 16, in a 4×4 block of a 32×32 bitmap.
///
/// From the UCI Machine Learning Repository: "Optical Recognition of Handwritten Digits" by E. Alpaydin and C. Kaynak,
/// 1998, doi 10.24432/C50P49, licence CC BY 4.0; the part that the repository calls its test set. Reordered into text,
/// otherwise unchanged.
///
/// The text gives image after image, row-major: `A` to `Q` for a pixel of 0 to 16, `b` to `z` for a run of 2 to 26
/// pixels of 0, and the label as a digit, which ends the image; the pixels left then are 0.
public struct Digits: DatasetSource {
  /// The digits.
  public init() {}

  /// Names, classes, licence and origin.
  public var information: DatasetInformation {
    DatasetInformation(
      name: "digits", title: "UCI handwritten digits", classNames: (0...9).map(String.init), license: "CC BY 4.0",
      citation: """
        E. Alpaydin and C. Kaynak (1998). Optical Recognition of Handwritten Digits. \
        UCI Machine Learning Repository. https://doi.org/10.24432/C50P49
        """,
      homepage: "https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits")
  }

  /// None: the data are built in.
  public var files: [RemoteFile] { [] }
  /// True.
  public var isBuiltIn: Bool { true }

  /// The size of the images.
  static let imageSize = ImageSize(height: 8, width: 8)
  /// The share of the images, of each class, that the test split has.
  static let testFraction = 0.2
  /// The seed of the one split that there is.
  private static let splitSeed: UInt64 = 1998

  /// All images in the order of the source; decoded once, on first use, in about a millisecond.
  public static let all = decoded()

  /// The digits in one stratified 80/20 split, always the same: 1,438 for training and 359 for test.
  ///
  /// - Parameter folder: of no use here.
  public func load(from folder: URL? = nil) throws -> DatasetSplits {
    let parts = try Self.all.stratifiedSplit(fraction: Self.testFraction, seed: Self.splitSeed)
    return DatasetSplits(training: parts.remaining, test: parts.chosen)
  }

  /// Enlarged bilinearly to the 32×32 pixels of LeNet-5, normalised by the mean and deviation of `training`.
  public func preprocessing(fittedTo training: ImageDataset) throws -> Preprocessing {
    let statistics = PixelStatistics(of: training)
    return try Preprocessing(
      channels: training.channels, imageSize: training.imageSize, resizedSize: ImageSize(height: 32, width: 32),
      mean: statistics.mean, deviation: statistics.deviation)
  }
}

extension Digits {
  private static func decoded() -> ImageDataset {
    let area = imageSize.height * imageSize.width
    var pixels: [UInt8] = []
    var labels: [Int64] = []
    text.withUTF8Buffer { text in
      for character in text {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Q"):
          pixels.append(character - UInt8(ascii: "A"))
        case UInt8(ascii: "b")...UInt8(ascii: "z"):
          pixels.append(contentsOf: repeatElement(0, count: Int(character - UInt8(ascii: "a")) + 1))
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
          labels.append(Int64(character - UInt8(ascii: "0")))
          pixels.append(contentsOf: repeatElement(0, count: labels.count * area - pixels.count))
        default:
          continue
        }
      }
    }
    return dataset(pixels: pixels, labels: labels)
  }

  private static func dataset(pixels: [UInt8], labels: [Int64]) -> ImageDataset {
    let shape: Shape = [labels.count, 1, imageSize.height, imageSize.width]
    do {
      return try ImageDataset(
        pixels: Tensor(shape: shape) { _ = $0.update(fromContentsOf: pixels) },
        labels: Tensor(shape: [labels.count]) { _ = $0.update(fromContentsOf: labels) },
        maximum: 16, information: Digits().information)
    } catch {
      stop("digits", error.description)
    }
  }
}
