import TensorCore
import Testing
import Training

/// Three classes, 20 images; rows are labels, columns answers:
///
///     6 1 1     recall 6/8, precision 6/9, F1 12/17, IoU 6/11
///     2 4 0     recall 4/6, precision 4/7, F1 8/13, IoU 4/9
///     1 2 3     recall 3/6, precision 3/4, F1 6/10, IoU 3/7
struct ScoresTests {
  private func matrix() -> ConfusionMatrix {
    var matrix = ConfusionMatrix(classCount: 3)
    let counts = [[6, 1, 1], [2, 4, 0], [1, 2, 3]]
    for label in 0..<3 {
      for prediction in 0..<3 {
        for _ in 0..<counts[label][prediction] { matrix.add(label: label, prediction: prediction) }
      }
    }
    return matrix
  }

  private func expectClose(_ got: Double?, _ wanted: Double) {
    #expect(got.map { abs($0 - wanted) < 1e-15 } == true, "\(String(describing: got)) instead of \(wanted)")
  }

  @Test func perClassByHand() {
    let matrix = matrix()
    let f1: [Double] = [12.0 / 17, 8.0 / 13, 0.6]
    let overlaps: [Double] = [6.0 / 11, 4.0 / 9, 3.0 / 7]
    for label in 0..<3 {
      expectClose(matrix.f1(of: label), f1[label])
      expectClose(matrix.intersectionOverUnion(of: label), overlaps[label])
    }
  }

  @Test func averagesByHand() {
    let matrix = matrix()
    expectClose(matrix.precision(.macro), (6.0 / 9 + 4.0 / 7 + 3.0 / 4) / 3)
    expectClose(matrix.recall(.macro), (6.0 / 8 + 4.0 / 6 + 3.0 / 6) / 3)
    expectClose(matrix.f1(.macro), (12.0 / 17 + 8.0 / 13 + 0.6) / 3)
    expectClose(matrix.meanIntersectionOverUnion, (6.0 / 11 + 4.0 / 9 + 3.0 / 7) / 3)
    // TP 13 of 20, FP 7, FN 7.
    expectClose(matrix.precision(.micro), 13.0 / 20)
    expectClose(matrix.recall(.micro), 13.0 / 20)
    expectClose(matrix.f1(.micro), 26.0 / 40)
  }

  /// A class that never occurs does not count; one that is only an answer, or only a label, counts with 0.
  @Test func absentClasses() {
    var matrix = ConfusionMatrix(classCount: 4)
    for (label, prediction) in [(0, 0), (0, 0), (0, 1), (2, 0)] { matrix.add(label: label, prediction: prediction) }
    #expect(matrix.f1(of: 3) == nil)
    #expect(matrix.intersectionOverUnion(of: 1) == 0)
    expectClose(matrix.precision(.macro), (2.0 / 3 + 0 + 0) / 3)
    expectClose(matrix.recall(.macro), (2.0 / 3 + 0 + 0) / 3)
    expectClose(matrix.meanIntersectionOverUnion, (2.0 / 4) / 3)
    #expect(ConfusionMatrix(classCount: 2).f1(.macro).isNaN)
  }

  @Test func batchesOfLogitsAndMaps() {
    var matrix = ConfusionMatrix(classCount: 2)
    matrix.add(labels: Tensor([0, 1, 1]), logits: [[2, 1], [0, 3], [5, 4]])
    #expect(matrix.counts == [[1, 0], [1, 1]])
    // A map of 1×3 pixels: class 1 where its logit is larger, the last pixel is a border.
    let maps = Tensor<Float>([0, 0, 0, 1, -1, 9], shape: [1, 2, 1, 3])
    matrix.add(labels: Tensor([1, 0, 255], shape: [1, 1, 3]), logits: maps, ignoring: 255)
    #expect(matrix.counts == [[2, 0], [1, 2]])
  }

  @Test func unequalShapesStop() async {
    await #expect(processExitsWith: .failure) {
      var matrix = ConfusionMatrix(classCount: 2)
      matrix.add(labels: Tensor([0, 1]), predictions: Tensor([0]))
    }
  }
}

struct TopKAccuracyTests {
  private let logits = Tensor<Float>([4, 3, 2, 1, 1, 2, 3, 4, 0, 0, 0, 0, 1, .nan, 0, 2], shape: [4, 4])

  /// The right classes are second, first, second (the second of equals) and NaN, which is never found.
  @Test(arguments: [(1, 1), (2, 3), (4, 3)]) func byHand(k: Int, found: Int) {
    var metric = TopKAccuracy(k)
    metric.add(logits, Tensor([1, 3, 1, 1]))
    #expect(metric.correct == found)
    #expect(metric.total == 4)
  }

  @Test func accumulatesOverBatches() {
    var metric = TopKAccuracy(1)
    #expect(metric.value.isNaN)
    metric.add([[1, 0]], Tensor([0]))
    metric.add([[1, 0], [1, 0]], Tensor([1, 1]))
    #expect(metric.value == 1.0 / 3)
  }

  @Test func wrongLabelStops() async {
    await #expect(processExitsWith: .failure) {
      var metric = TopKAccuracy(1)
      metric.add([[1, 0]], Tensor([2]))
    }
  }
}

struct CalibrationErrorTests {
  /// Ten answers of 0.9, eight right; five of 0.6, three right; five of 0.3, three right. In ten bins:
  /// (10 · 0.1 + 5 · 0 + 5 · 0.3) / 20 = 0.125.
  @Test func byHand() {
    var metric = CalibrationError(binCount: 10)
    for (confidence, right, count) in [(0.9, 8, 10), (0.6, 3, 5), (0.3, 3, 5)] {
      for number in 0..<count { metric.add(confidence: confidence, isCorrect: number < right) }
    }
    #expect(abs(metric.value - 0.125) < 1e-12)
    // The upper bound belongs to the bin: 0.9 to the ninth, 0.3 to the third.
    #expect(metric.bins.map(\.count) == [0, 0, 5, 0, 0, 5, 0, 0, 10, 0])
    #expect(metric.bins[8].accuracy == 0.8)
    #expect(abs(metric.bins[8].confidence - 0.9) < 1e-12)
  }

  /// Within a bin the upper bound is near: 0.95 lies in the tenth, 0.05 in the first, 0.31 in the fourth.
  @Test func binsBetweenTheirBounds() {
    var metric = CalibrationError(binCount: 10)
    for confidence in [0.95, 0.05, 0.31] { metric.add(confidence: confidence, isCorrect: true) }
    #expect(metric.bins.map(\.count) == [1, 0, 0, 1, 0, 0, 0, 0, 0, 1])
  }

  /// Logits ln 3 and 0: probabilities 3/4 and 1/4. Three of four right: none; in one bin with a fifth that is wrong:
  /// |3/5 - 3/4| = 0.15.
  @Test func logits() {
    var metric = CalibrationError()
    let row: [Float] = [1.0986123, 0]
    metric.add(Tensor(row + row + row + row, shape: [4, 2]), Tensor([0, 0, 0, 1]))
    #expect(metric.value < 1e-7)
    metric.add(Tensor(row, shape: [1, 2]), Tensor([1]))
    #expect(abs(metric.value - 0.15) < 1e-7)
    metric.add(confidence: 0, isCorrect: true)
    metric.add(confidence: 1, isCorrect: true)
    #expect(metric.bins.first?.count == 1 && metric.bins.last?.count == 1)
    #expect(CalibrationError().value.isNaN)
  }
}

struct PerplexityTests {
  /// Likelihoods 1/2 and 1/8: exp of the mean of ln 2 and ln 8 = √16 = 4.
  @Test func byHand() {
    var metric = Perplexity()
    metric.add([[0, 0]], Tensor([0]))
    metric.add([[0, 1.9459101]], Tensor([0]))  // e^0 / (e^0 + 7)
    #expect(abs(metric.value - 4) < 1e-6)
    #expect(metric.count == 2)
  }

  @Test func knowingNothingGivesTheClassCount() {
    var metric = Perplexity(ignoring: -1)
    metric.add(.zeros([2, 3, 50]), Tensor([0, 49, -1, 3, 4, 5], shape: [2, 3]))
    #expect(abs(metric.value - 50) < 1e-12)
    #expect(metric.count == 5)
    metric.add([[1e4, -1e4]], Tensor([0]))
    #expect(metric.value.isFinite)
    #expect(Perplexity().value.isNaN)
  }

  /// Softmax in the limit: an infinite logit has all of the probability.
  @Test func infiniteLogitsAreSure() {
    let logits = Tensor<Float>([.infinity, 0, 0, .infinity], shape: [2, 2])
    var perplexity = Perplexity(), calibration = CalibrationError()
    perplexity.add(logits, [0, 1])
    calibration.add(logits, [0, 1])
    #expect(perplexity.value == 1)
    #expect(calibration.value == 0 && calibration.bins.last?.correct == 2)
    perplexity.add(Tensor([.infinity, 0], shape: [1, 2]), [1])
    #expect(perplexity.value == .infinity)
  }

  @Test func divergedNetworksHaveNoCalibration() {
    var calibration = CalibrationError()
    calibration.add(Tensor([1, 2, .nan, 0], shape: [2, 2]), [1, 0])
    #expect(calibration.value.isNaN)
    #expect(calibration.bins.reduce(0) { $0 + $1.count } == 1)
  }
}
