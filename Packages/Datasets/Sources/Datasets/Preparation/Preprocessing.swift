import TensorCore

/// How an image becomes the numbers that a network sees: one recipe for data sets and for a user's images.
///
/// Intensities from 0 to 1 go through these steps, in this order:
/// 1. grey from colour, or three equal channels from grey, as ``channels`` says;
/// 2. the negative, if ``inverts``;
/// 3. an image that is not of the data set's ``imageSize`` is brought to it as ``fitting`` says;
/// 4. if there is a ``resizedSize``, resized to it bilinearly (half-pixel centres);
/// 5. ``padding`` black pixels on every side;
/// 6. `(x - mean) / deviation`, for each channel.
///
/// A run records its recipe, and `predict` applies it to any image.
public struct Preprocessing: Sendable, Hashable {
  /// How an image is brought to a size without changing its proportions.
  public enum Fitting: String, Sendable, Hashable, Codable {
    /// As large as fits in, enlarged or shrunk bilinearly and centred on black: nothing is cut off.
    case inside
    /// An eighth larger than covers it, on bytes, and of that the middle, whatever its size was; as photographs are shown
    /// to networks for ImageNet (256, then 224).
    case covering
  }

  /// The number of channels of the result: 1 or 3.
  public let channels: Int
  /// The size of the data set's own images.
  public let imageSize: ImageSize
  /// How other images are brought to that size.
  public let fitting: Fitting
  /// The size that they are resized to, if any.
  public let resizedSize: ImageSize?
  /// The number of black pixels added on every side.
  public let padding: Int
  /// Whether images are turned into their negative first. False for data sets; a choice for a user's image.
  public var inverts = false
  /// For each channel, what is subtracted.
  public let mean: [Float]
  /// For each channel, what the difference is divided by.
  public let deviation: [Float]

  /// A recipe.
  ///
  /// - Throws: ``DatasetError`` when the channels are neither 1 nor 3, a size is not between 1 and
  ///   ``maximumSide``, or the statistics are not one finite number for each channel with a deviation above 0.
  public init(
    channels: Int, imageSize: ImageSize, fitting: Fitting = .inside, resizedSize: ImageSize? = nil, padding: Int = 0,
    inverts: Bool = false, mean: [Float], deviation: [Float]
  ) throws(DatasetError) {
    self.channels = channels
    self.imageSize = imageSize
    self.fitting = fitting
    self.resizedSize = resizedSize
    self.padding = padding
    self.inverts = inverts
    self.mean = mean
    self.deviation = deviation
    try check()
  }

  /// The longest side that any step may give: far above any network's input, and small enough for any product.
  public static let maximumSide = 16_384

  /// The same for a network that takes images of another size: the last change of size is to that one, without padding.
  public func resized(to size: ImageSize) throws(DatasetError) -> Preprocessing {
    guard size != outputSize else { return self }
    return try Preprocessing(
      channels: channels, imageSize: imageSize, fitting: fitting, resizedSize: size == imageSize ? nil : size,
      inverts: inverts, mean: mean, deviation: deviation)
  }

  /// The size of the result.
  public var outputSize: ImageSize {
    let inner = resizedSize ?? imageSize
    return ImageSize(height: inner.height + 2 * padding, width: inner.width + 2 * padding)
  }

  /// The shape of one prepared image: `[C, H, W]`.
  public var outputShape: Shape { [channels, outputSize.height, outputSize.width] }

  private func check() throws(DatasetError) {
    func require(_ condition: Bool, _ expected: String, _ found: String) throws(DatasetError) {
      guard condition else { throw DatasetError(.malformed, "preprocessing", expected: expected, found: found) }
    }
    let sides = 1...Self.maximumSide
    try require(channels == 1 || channels == 3, "1 or 3 channels", "\(channels)")
    for size in [imageSize, resizedSize ?? imageSize] {
      try require(sides.contains(size.height) && sides.contains(size.width), "sides in \(sides)", "\(size)")
    }
    try require((0...Self.maximumSide).contains(padding), "padding in 0...\(Self.maximumSide)", "\(padding)")
    try require(
      mean.count == channels && mean.allSatisfy(\.isFinite), "\(channels) finite means", "\(mean)")
    try require(
      deviation.count == channels && deviation.allSatisfy { $0.isFinite && $0 > 0 },
      "\(channels) finite deviations above 0", "\(deviation)")
  }
}

extension Preprocessing: Codable {
  private enum CodingKeys: String, CodingKey {
    case channels, imageSize, fitting, resizedSize, padding, inverts, mean, deviation
  }

  /// Reads a recipe, from a run's settings for example, with the checks of the other initialiser. Earlier ones do not say how
  /// images are fitted: inside.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      channels: values.decode(Int.self, forKey: .channels),
      imageSize: values.decode(ImageSize.self, forKey: .imageSize),
      fitting: values.decodeIfPresent(Fitting.self, forKey: .fitting) ?? .inside,
      resizedSize: values.decodeIfPresent(ImageSize.self, forKey: .resizedSize),
      padding: values.decode(Int.self, forKey: .padding),
      inverts: values.decode(Bool.self, forKey: .inverts),
      mean: values.decode([Float].self, forKey: .mean),
      deviation: values.decode([Float].self, forKey: .deviation))
  }
}
