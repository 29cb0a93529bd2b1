import Autograd
import Foundation
import NNLayers
import TensorCore

/// What TensorBoard shows of a training: figures of each step and epoch, and after each epoch how the parameters are spread and
/// what the first layer looks for.
final class BoardLog {
  static let filePrefix = "events.out.tfevents."

  private let file: EventFile
  private let model: any Layer

  /// A new event file in `folder`. A training that begins removes those of the run before it; one that goes on after `step`
  /// declares void what they say of later ones.
  init(folder: String, model: any Layer, continuingAfter step: Int) throws(FileError) {
    if step == 0 { Self.removeFiles(in: folder) }
    file = try EventFile(in: folder, continuingAfter: step == 0 ? nil : step)
    self.model = model
  }

  func write(_ event: TrainingEvent) throws(FileError) {
    switch event {
    case .step(let report):
      try write(report.step, [.scalar("loss/step", report.loss), .scalar("learning_rate", report.learningRate)])
    case .epoch(let report): try write(report.step, Self.scalars(report) + histograms + filters)
    default: break
    }
  }

  private func write(_ step: Int, _ values: [TensorBoardEvent.Value]) throws(FileError) {
    try file.write(TensorBoardEvent(time: Date().timeIntervalSince1970, step: step, .values(values)))
  }

  private static func scalars(_ report: EpochReport) -> [TensorBoardEvent.Value] {
    let figures: [(String, Double?)] = [
      ("loss/training", report.trainingLoss), ("loss/validation", report.validationLoss),
      ("loss/test", report.testLoss), ("accuracy/training", report.trainingAccuracy),
      ("accuracy/validation", report.validationAccuracy), ("accuracy/test", report.testAccuracy),
      ("images_per_second", report.imagesPerSecond),
    ]
    let further = further(report.validationMetrics, "validation") + further(report.testMetrics, "test")
    return (figures + further).compactMap { tag, value in value.map { .scalar(tag, $0) } }
  }

  private static func further(_ metrics: [String: Double]?, _ part: String) -> [(String, Double?)] {
    (metrics ?? [:]).sorted { $0.key < $1.key }.map { ("\($0.key)/\(part)", $0.value) }
  }

  private var histograms: [TensorBoardEvent.Value] {
    model.namedParameters.map { .histogram("parameters/\($0.name)", ValueHistogram($0.parameter.value.floats)) }
  }

  private var filters: [TensorBoardEvent.Value] {
    FilterSheet(model).map { [.image("filters/\($0.name)", $0.sheet.image)] } ?? []
  }

  private static func removeFiles(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(filePrefix) { unlink("\(folder)/\(name)") }
  }
}
