import Foundation
import TensorCore

/// Classes' probabilities, averaged over answers: their mean and deviation for each image.
///
/// Calculated in double precision, one answer after the other.
public struct AnswerAverage: Sendable {
  /// The number of images.
  public let imageCount: Int
  /// The number of classes; 0 before the first answer.
  public private(set) var classCount = 0
  /// The number of answers to each image.
  public private(set) var answerCount = 0
  private var means: [Double] = []
  /// Sums of squared differences from the mean.
  private var squares: [Double] = []

  /// No answer yet to so many images.
  public init(imageCount: Int) {
    guard imageCount >= 0 else { stop("AnswerAverage", "\(imageCount) images cannot be") }
    self.imageCount = imageCount
  }

  /// Takes the softmax of logits into the average.
  ///
  /// Stops when the logits are not of this number of images, or of another number of classes than those before.
  ///
  /// - Parameters:
  ///   - logits: `[N · views, classes]`, all views of an image side by side.
  ///   - viewsPerImage: the number of views of each image. Default 1.
  public mutating func add(_ logits: Tensor<Float>, viewsPerImage: Int = 1) {
    guard logits.rank == 2, logits.shape[0] == imageCount * viewsPerImage,
      answerCount == 0 || logits.shape[1] == classCount
    else {
      let classes = answerCount == 0 ? "classes" : "\(classCount)"
      stop(
        "AnswerAverage",
        "\(viewsPerImage) views of \(imageCount) images need logits [\(imageCount * viewsPerImage), \(classes)], these are \(logits.shape)"
      )
    }
    if answerCount == 0 {
      classCount = logits.shape[1]
      means = [Double](repeating: 0, count: imageCount * classCount)
      squares = means
    }
    let before = answerCount
    LogitRows(logits).forEach { position, row in
      let (image, view) = position.quotientAndRemainder(dividingBy: viewsPerImage)
      add(row.probabilities, to: image, number: before + view + 1)
    }
    answerCount += viewsPerImage
  }

  /// Welford's recurrence, which loses no digits when answers are nearly equal.
  private mutating func add(_ probabilities: [Double], to image: Int, number: Int) {
    for (label, probability) in probabilities.enumerated() {
      let place = image * classCount + label
      let difference = probability - means[place]
      means[place] += difference / Double(number)
      squares[place] += difference * (probability - means[place])
    }
  }

  /// The mean probabilities, `[N, classes]`.
  public var probabilities: Tensor<Double> { Tensor(means, shape: [imageCount, classCount]) }

  /// The deviations of the answers from the mean, √(Σ (p - p̄)² / answers), `[N, classes]`.
  public var deviations: Tensor<Double> {
    Tensor(squares.map { ($0 / Double(max(answerCount, 1))).squareRoot() }, shape: [imageCount, classCount])
  }

  /// For each image the most probable classes on average, best first, equals by class; with deviations where there are
  /// several answers.
  ///
  /// - Parameter count: how many classes at most. Default 5.
  public func topPredictions(count: Int = 5) -> [[Prediction]] {
    let deviations = answerCount > 1 ? deviations.scalars : nil
    return (0..<imageCount).map { image in
      let start = image * classCount
      let order = (start..<start + classCount).sorted { (means[$1], $0) < (means[$0], $1) }
      return order.prefix(count).map { place in
        Prediction(label: place - start, probability: means[place], deviation: deviations?[place])
      }
    }
  }

  /// Logits whose softmax the mean is: their cross-entropy is that of the mean probabilities.
  var logits: Tensor<Float> {
    Tensor(means.map { Float(log(max($0, .leastNormalMagnitude))) }, shape: [imageCount, classCount])
  }
}
