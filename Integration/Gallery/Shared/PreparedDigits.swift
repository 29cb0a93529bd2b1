import Training

/// The built-in digits, as they are and as networks take them.
struct PreparedDigits {
  let data: DatasetSplits
  let training: PreparedImages
  let test: PreparedImages

  /// The digits as LeNet-5 takes them: 32×32, mean 0 and deviation 1.
  init() throws {
    let data = try Digits().load()
    self.init(data, try Digits().preprocessing(fittedTo: data.training))
  }

  /// The digits at their 8×8 pixels, mean 0 and deviation 1.
  static func small() throws -> PreparedDigits {
    let data = try Digits().load(), usual = try Digits().preprocessing(fittedTo: data.training)
    return PreparedDigits(
      data,
      try Preprocessing(channels: 1, imageSize: usual.imageSize, mean: usual.mean, deviation: usual.deviation))
  }

  /// The digits enlarged, with a rim of black, as intensities from 0 to 1.
  static func intensities(side: Int, padding: Int = 0) throws -> PreparedDigits {
    let data = try Digits().load(), usual = try Digits().preprocessing(fittedTo: data.training)
    return PreparedDigits(
      data,
      try Preprocessing(
        channels: 1, imageSize: usual.imageSize, resizedSize: ImageSize(height: side, width: side), padding: padding,
        mean: [0], deviation: [1]))
  }

  /// All test images, `[N, 1, H, W]`.
  var testImages: Tensor<Float> { test.images(at: Array(0..<test.count)) }

  private init(_ data: DatasetSplits, _ preparation: Preprocessing) {
    self.data = data
    training = PreparedImages(data.training, preparation)
    test = PreparedImages(data.test, preparation)
  }
}
