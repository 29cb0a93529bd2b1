import TensorCore

/// `log.jsonl`: a JSON object for each step and each epoch, one a line, as they happen.
///
///     {"epoch":1,"event":"step","learningRate":0.15,"loss":2.3,"step":1}
///     {"epoch":1,"event":"epoch","learningRate":0.14,"step":45,"trainingLoss":0.9,…}
///
/// An epoch's figures are those of `EpochReport`. A training that goes on from a checkpoint leaves out what came after it.
final class EventLines {
  /// In bytes.
  private static let largest = 1 << 32

  private let path: String
  private let file: AppendedFile

  /// The file at `path`, with those of its lines that are of the first `step` steps.
  init(path: String, keepingSteps step: Int) throws(FileError) {
    self.path = path
    try Self.cut(path, after: step)
    file = try AppendedFile(path: path)
  }

  func write(_ event: TrainingEvent) throws(FileError) {
    switch event {
    case .step(let report): try write(StepLine(report))
    case .epoch(let report): try write(EpochLine(report: report))
    default: break
    }
  }

  private func write(_ line: some Encodable) throws(FileError) {
    try file.append(Array((JSONText.encode(line, file: path) + "\n").utf8))
  }

  /// Leaves out the lines of later steps, and a last one that a killed process left in part.
  private static func cut(_ path: String, after step: Int) throws(FileError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = step > 0 ? try InputFile.contents(of: path, limit: largest) : []
    } catch {
      guard case .missing = error else { throw error }
      return
    }
    var end = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
      let text = String(decoding: line, as: UTF8.self)
      guard let known = try? JSONText.decode(Place.self, from: text, as: "a line of a log", file: path),
        known.step <= step
      else { break }
      end += line.count + 1
    }
    try AtomicFile.write(Array(bytes[..<end]), to: path)
  }

  private struct Place: Decodable { let step: Int }

  private struct StepLine: Encodable {
    let event = "step"
    let step: Int
    let epoch: Int
    let learningRate: Double
    let loss: Double

    init(_ report: StepReport) {
      (step, epoch) = (report.step, report.epoch)
      (learningRate, loss) = (report.learningRate, report.loss)
    }
  }

  private struct EpochLine: Encodable {
    let report: EpochReport

    private enum Key: String, CodingKey { case event }

    func encode(to encoder: any Encoder) throws {
      try report.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode("epoch", forKey: .event)
    }
  }
}
