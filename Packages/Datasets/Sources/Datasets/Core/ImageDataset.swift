import TensorCore

/// Labelled images of one size, in memory or in their files.
///
/// Pixels stay bytes, as the files have them: a quarter of the memory of `Float`. ``Batches`` turns them into
/// normalised numbers as they are needed. Copies share the memory.
public struct ImageDataset: Sendable {
  private enum Storage {
    case memory(Tensor<UInt8>)
    case files(ImageFiles)
  }

  private let storage: Storage
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
    self.init(unchecked: .memory(pixels), labels: labels, maximum: maximum, information: information)
  }

  /// Images in files with their labels. A file that can no longer be read when its image is asked for is black;
  /// ``Batch/failure`` tells.
  ///
  /// - Throws: ``DatasetError`` when there is no image, when the numbers of images and labels differ, or when a label is
  ///   outside of the classes.
  public init(
    files: ImageFiles, labels: Tensor<Int64>, information: DatasetInformation
  ) throws(DatasetError) {
    guard files.count > 0 else {
      throw DatasetError(.empty, information.name, expected: "at least one image", found: "none")
    }
    guard labels.shape == [files.count] else {
      throw DatasetError(
        .mismatch, information.name, expected: "\(files.count) labels, one for each image",
        found: "labels of shape \(labels.shape)")
    }
    try Self.check(labels: labels, classCount: information.classNames.count, origin: information.name)
    self.init(unchecked: .files(files), labels: labels, maximum: 255, information: information)
  }

  private init(unchecked storage: Storage, labels: Tensor<Int64>, maximum: UInt8, information: DatasetInformation) {
    self.storage = storage
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

  /// The images, `[N, C, H, W]`; `0` is black, ``maximum`` is white. Reads all of them when they are in files.
  public var pixels: Tensor<UInt8> {
    switch storage {
    case .memory(let pixels): return pixels
    case .files(let files):
      let imageCount = files.channels * files.size.height * files.size.width
      return Tensor(shape: [files.count, files.channels, files.size.height, files.size.width]) { target in
        let target = UncheckedTarget(start: target.baseAddress)
        ThreadPool.run(blocks: files.count) { index in
          let part = UnsafeMutableBufferPointer(start: target.start.map { $0 + index * imageCount }, count: imageCount)
          _ = part.update(fromContentsOf: files.imageOrBlack(index).pixels)
        }
      }
    }
  }

  /// The images' files; nil when the images are in memory.
  public var files: ImageFiles? {
    if case .files(let files) = storage { files } else { nil }
  }

  /// The number of images.
  public var count: Int { labels.count }
  /// The number of channels of an image: 1 or 3.
  public var channels: Int {
    switch storage {
    case .memory(let pixels): pixels.shape[1]
    case .files(let files): files.channels
    }
  }
  /// The size of every image.
  public var imageSize: ImageSize {
    switch storage {
    case .memory(let pixels): ImageSize(height: pixels.shape[2], width: pixels.shape[3])
    case .files(let files): files.size
    }
  }
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

  /// The images at `indices`, in that order. Copies those that are in memory.
  ///
  /// Stops on an index outside of the set or when there is none.
  public func subset(_ indices: [Int]) -> ImageDataset {
    guard !indices.isEmpty, indices.allSatisfy((0..<count).contains) else {
      stop(
        "subset", "indices must be in 0..<\(count) and at least one, these are \(indices.prefix(8)) of \(indices.count)"
      )
    }
    return ImageDataset(
      unchecked: storage(at: indices), labels: labels(at: indices), maximum: maximum, information: information)
  }

  private func storage(at indices: [Int]) -> Storage {
    switch storage {
    case .files(let files): return .files(files.subset(indices))
    case .memory(let pixels):
      let imageCount = pixels.count / count
      let chosen = Tensor<UInt8>(shape: Shape([indices.count] + pixels.shape.sizes.dropFirst())) { target in
        pixels.withUnsafeBufferPointer { source in
          for (position, index) in indices.enumerated() {
            let image = UnsafeBufferPointer(rebasing: source[(index * imageCount)..<((index + 1) * imageCount)])
            _ = target[(position * imageCount)...].update(fromContentsOf: image)
          }
        }
      }
      return .memory(chosen)
    }
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
