import Foundation
import TensorCore
import Training

/// The last step of a profile as a trace that Chrome (`chrome://tracing`) and Perfetto show.
struct ProfileTrace: Encodable {
  /// A complete event of the trace event format; times are in microseconds.
  private struct Event: Encodable {
    struct Arguments: Encodable {
      let output: String
      let multiplyAdds: Int
      let bytes: Int
      let algorithm: String
      let shareOfRoof: Double
    }

    let name: String
    let cat: String
    let ph = "X"
    let ts: Double
    let dur: Double
    let pid = 1
    let tid = 1
    let args: Arguments
  }

  private let traceEvents: [Event]
  private let displayTimeUnit = "ms"

  init(_ profile: NetworkProfile, _ roof: MachineRoof) {
    traceEvents = profile.events.map { event in
      let row = profile.rows[event.row]
      let (multiplyAdds, bytes) = (row.multiplyAdds[event.pass] ?? 0, event.bytes)
      let least = roof.leastSeconds(multiplyAdds: multiplyAdds, bytes: bytes)
      return Event(
        name: "\(row.layer) \(event.pass == .update ? "update" : row.operation)".trimmingCharacters(in: .whitespaces),
        cat: event.pass.rawValue, ts: event.start * 1e6, dur: event.duration * 1e6,
        args: Event.Arguments(
          output: row.outputShape.description, multiplyAdds: multiplyAdds, bytes: bytes,
          algorithm: row.algorithms.joined(separator: ", "),
          shareOfRoof: event.duration > 0 ? least / event.duration : 0))
    }
  }

  /// Writes the trace, all or nothing.
  func write(to path: String) throws {
    try AtomicFile.write(Array(JSONText.encode(self, file: path).utf8), to: path)
  }
}
