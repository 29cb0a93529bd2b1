import TensorCore
import Testing
import Training

struct MetricTests {
  private static let logits = Tensor<Float>([3, 1, 0, 0, 2, 1, 1, 2, 0, 0, 1, 2], shape: [4, 3])
  private static let labels = Tensor<Int64>([0, 2, 1, 0])

  /// Right: rows 0 and 2. Among the first two: row 1 as well; the class of row 3 is the last.
  @Test(arguments: [("top-1", 0.5), ("top-2", 0.75), ("top-3", 1.0)])
  func topIsByHand(name: String, value: Double) throws {
    var metric = try Metrics.named(name)
    metric.add(Self.logits, Self.labels)
    #expect(metric.value == value && metric.name == name)
  }

  /// F1 = 2 TP / (2 TP + FP + FN): class 0 has TP 1, FN 1; class 1 TP 1, FP 1; class 2 FP 1, FN 1.
  @Test func f1IsByHand() throws {
    var metric = try Metrics.named("f1")
    for row in 0..<4 {
      metric.add(Self.logits.slice(axis: 0, range: row..<row + 1), Self.labels.slice(axis: 0, range: row..<row + 1))
    }
    #expect(abs(metric.value - (2.0 / 3 + 2.0 / 3 + 0) / 3) < 1e-15)
  }

  @Test func allNamesAreKnown() throws {
    for name in ["top-5", "perplexity", "calibration-error", "f1"] { #expect(try Metrics.named(name).name == name) }
    for name in ["top-", "top-0", "top-x", "accuracy", ""] {
      let error = #expect(throws: SettingsError.self) { try Metrics.named(name) }
      #expect(error?.setting == "metrics" && error?.found == "'\(name)'")
    }
  }

  /// The trainer measures what it is given with all images of each set, and leaves its own metrics as they are.
  @Test func trainersMeasureThem() throws {
    let trainer = try MadeUpData.trainer(epochs: 2, metrics: [TopKAccuracy(1), Perplexity()])
    try trainer.run()
    for epoch in trainer.progress.history {
      #expect(epoch.testMetrics?["top-1"] == epoch.testAccuracy)
      #expect(epoch.validationMetrics?["top-1"] == epoch.validationAccuracy)
      #expect(epoch.validationMetrics?.keys.sorted() == ["perplexity", "top-1"])
    }
    #expect(trainer.metrics.allSatisfy { $0.value.isNaN })
  }
}
