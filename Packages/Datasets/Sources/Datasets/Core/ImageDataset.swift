import TensorCore

/// Labelled images of one size, in memory.
///
/// Pixels stay bytes, as the files have them: a quarter of the memory of `Float`. ``Batches`` turns them into
/// normalised numbers as they are needed. Copies share the memory.
public struct ImageDataset: Sendable {
  /// The images, `[N, C, H, W]`; `0` is black, ``maximum`` is white.
  public let pixels: Tensor<UInt8>
  /// The class of each image, `[N]`: an index into the class names.
  public let labels: Tensor<Int64>
  /// The pixel value that stands for full intensity: 255, or 16 for the handwritten digits.
  public let maximum: UInt8
  /// The data set that the images are from.
  public let information: DatasetInformation

  /// Images with their labels.
  ///
  /// - Parameters:
  ///   - pixels: `[N, C, H, W]` with 1 or 3 channels.
  ///   - labels: `[N]`, each an index into the class names.
  ///   - maximum: the pixel value of full intensity.
  ///   - information: the data set that they are from.
  ///   - imageOrigin: what errors about the images name; the data set's name by default.
  ///   - labelOrigin: what errors about the labels name; the data set's name by default.
  /// - Throws: ``DatasetError`` when there is no image or no pixel, when the numbers of images and labels differ, or
  ///   when a label is outside of the classes.
  public init(
    pixels: Tensor<UInt8>, labels: Tensor<Int64>, maximum: UInt8 = 255, information: DatasetInformation,
    imageOrigin: String? = nil, labelOrigin: String? = nil
  ) throws(DatasetError) {
    let imageOrigin = imageOrigin ?? information.name
    let labelOrigin = labelOrigin ?? information.name
    try Self.check(pixels: pixels, maximum: maximum, origin: imageOrigin)
    guard labels.shape == [pixels.shape[0]] else {
      throw DatasetError(
        .mismatch, labelOrigin, expected: "\(pixels.shape[0]) labels, one for each image",
        found: labels.rank == 1 ? "\(labels.count)" : "labels of shape \(labels.shape)")
    }
    try Self.check(labels: labels, classCount: information.classNames.count, origin: labelOrigin)
    self.init(unchecked: pixels, labels: labels, maximum: maximum, information: information)
  }

  private init(unchecked pixels: Tensor<UInt8>, labels: Tensor<Int64>, maximum: UInt8, information: DatasetInformation)
  {
    self.pixels = pixels
    self.labels = labels
    self.maximum = maximum
    self.information = information
  }

  private static func check(pixels: Tensor<UInt8>, maximum: UInt8, origin: String) throws(DatasetError) {
    guard pixels.rank == 4, pixels.shape[1] == 1 || pixels.shape[1] == 3 else {
      throw DatasetError(
        .unsupported, origin, expected: "images of shape [N, C, H, W] with 1 or 3 channels", found: "\(pixels.shape)")
    }
    guard pixels.count > 0 else {
      throw DatasetError(.empty, origin, expected: "at least one image of at least one pixel", found: "\(pixels.shape)")
    }
    guard maximum > 0 else {
      throw DatasetError(.malformed, origin, expected: "a pixel value above 0 for full intensity", found: "0")
    }
  }

  private static func check(labels: Tensor<Int64>, classCount: Int, origin: String) throws(DatasetError) {
    let wrong = labels.withUnsafeBufferPointer { labels in
      labels.firstIndex { $0 < 0 || $0 >= classCount }.map { (index: $0, label: labels[$0]) }
    }
    guard let wrong else { return }
    throw DatasetError(
      .mismatch, origin, expected: "labels in 0..<\(classCount)", found: "label \(wrong.label) of sample \(wrong.index)"
    )
  }

  /// The number of images.
  public var count: Int { pixels.shape[0] }
  /// The number of channels of an image: 1 or 3.
  public var channels: Int { pixels.shape[1] }
  /// The size of every image.
  public var imageSize: ImageSize { ImageSize(height: pixels.shape[2], width: pixels.shape[3]) }
  /// The name of each class.
  public var classNames: [String] { information.classNames }

  /// The number of images of each class.
  public var classCounts: [Int] { indicesOfClasses.map(\.count) }

  /// For each class the indices of its images, in order.
  var indicesOfClasses: [[Int]] {
    var indices = [[Int]](repeating: [], count: classNames.count)
    labels.withUnsafeBufferPointer { labels in
      for index in labels.indices { indices[Int(labels[index])].append(index) }
    }
    return indices
  }

  /// The images at `indices`, in that order. Copies them.
  ///
  /// Stops on an index outside of the set or when there is none.
  public func subset(_ indices: [Int]) -> ImageDataset {
    guard !indices.isEmpty, indices.allSatisfy((0..<count).contains) else {
      stop(
        "subset", "indices must be in 0..<\(count) and at least one, these are \(indices.prefix(8)) of \(indices.count)"
      )
    }
    let imageCount = pixels.count / count
    let chosen = Tensor<UInt8>(shape: Shape([indices.count] + pixels.shape.sizes.dropFirst())) { target in
      pixels.withUnsafeBufferPointer { source in
        for (position, index) in indices.enumerated() {
          let image = UnsafeBufferPointer(rebasing: source[(index * imageCount)..<((index + 1) * imageCount)])
          _ = target[(position * imageCount)...].update(fromContentsOf: image)
        }
      }
    }
    return ImageDataset(unchecked: chosen, labels: labels(at: indices), maximum: maximum, information: information)
  }

  /// The labels at `indices`, `[indices.count]`.
  func labels(at indices: some Collection<Int>) -> Tensor<Int64> {
    Tensor<Int64>(shape: [indices.count]) { target in
      labels.withUnsafeBufferPointer { labels in
        for (position, index) in indices.enumerated() { target[position] = labels[index] }
      }
    }
  }
}
