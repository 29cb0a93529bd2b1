import Autograd
import Foundation
import TensorCore

/// What each operation of training steps took, in each pass, or each step of a prepared network.
final class NetworkProfile {
  /// A pass through the network.
  enum Pass: String, CaseIterable { case forward, gradients, update }

  /// An operation, or several that are carried out as one, once in each step.
  struct Row {
    /// The layer whose parameters the operation takes; of operations without any, the last one before.
    let layer: String
    let operation: String
    let outputShape: Shape
    let multiplyAdds: [Pass: Int]
    var bytes: [Pass: Int]
    var times: [Pass: [Double]] = [:]
    var algorithms: [String] = []

    /// The median over the steps, in seconds.
    func seconds(_ pass: Pass) -> Double { StepTimes(times[pass] ?? []).median }
  }

  /// A stretch of time of the last step.
  struct Event {
    let row: Int
    let pass: Pass
    let bytes: Int
    let start: Double
    let duration: Double
  }

  private(set) var rows: [Row] = []
  /// All of the last step.
  private(set) var events: [Event] = []
  /// The whole steps.
  private(set) var steps: [Double] = []

  private let clock = ContinuousClock()
  private lazy var stepStart = clock.now
  private lazy var mark = clock.now
  /// The rows of this step's operations by their places on the tape, and how many there are so far.
  private var places: [Int: Int] = [:]
  private var rowOfLayer: [String: Int] = [:]
  private var knownParameters: Set<ObjectIdentifier> = []

  /// What an update of SGD with momentum moves for each element: value and momentum are read and written, the gradient is read.
  private static let updateBytes = 5 * MemoryLayout<Float>.size

  /// Takes one step of the work, of which nothing is kept if it is to warm up.
  func add(_ work: NetworkWork, isWarmUp: Bool = false) {
    measure(isWarmUp: isWarmUp) { step(work) }
  }

  /// The same for one prediction by a prepared network.
  func add(_ work: PreparedWork, isWarmUp: Bool = false) {
    measure(isWarmUp: isWarmUp) {
      work.run { number, shape, elements in
        if number == self.rows.count { self.rows.append(work.row(number, shape, elements)) }
        self.note(number, .forward)
      }
    }
  }

  private func measure(isWarmUp: Bool, _ step: () -> Void) {
    (events, places) = ([], [:])
    AlgorithmLog.isOn = true
    _ = AlgorithmLog.take()
    stepStart = clock.now
    mark = stepStart
    step()
    AlgorithmLog.isOn = false
    guard isWarmUp else { return steps.append((clock.now - stepStart).seconds) }
    for row in rows.indices { rows[row].times = [:] }
  }

  private func step(_ work: NetworkWork) {
    work.step { tape in
      tape.observe { self.addForward($0, tape) }
      tape.observeWalk { if let row = self.places[$0] { self.note(row, .gradients) } }
    } updated: { parameter in
      guard let row = self.rowOfLayer[Self.layer(of: parameter)] else { return }
      self.note(row, .update, bytes: parameter.shape.count * Self.updateBytes)
    }
  }

  /// The sum of a pass over all rows, of the medians.
  func seconds(_ pass: Pass) -> Double { rows.reduce(0) { $0 + $1.seconds(pass) } }

  private func addForward(_ step: RecordedOperation, _ tape: Tape) {
    let row = places.count
    if row == rows.count {
      let new = newRow(step, tape)
      rows.append(new)
    }
    places[step.index] = row
    note(row, .forward)
  }

  private func note(_ row: Int, _ pass: Pass, bytes: Int? = nil) {
    let now = clock.now
    let duration = (now - mark).seconds
    // Weight and bias of a layer are updated one after the other: the time of both is the row's.
    if let last = rows[row].times[pass]?.indices.last, last == steps.count {
      rows[row].times[pass]?[last] += duration
    } else {
      rows[row].times[pass, default: []].append(duration)
    }
    events.append(
      Event(
        row: row, pass: pass, bytes: bytes ?? rows[row].bytes[pass] ?? 0, start: (mark - stepStart).seconds,
        duration: duration))
    for name in AlgorithmLog.take() where !rows[row].algorithms.contains(name) { rows[row].algorithms.append(name) }
    // What the notes cost is nobody's time.
    mark = clock.now
  }

  private func newRow(_ step: RecordedOperation, _ tape: Tape) -> Row {
    let parameters = step.inputs.compactMap { $0.index.flatMap(tape.parameter) }
    let layer = parameters.first.map(Self.layer) ?? rows.last?.layer ?? ""
    let updateBytes = claimUpdates(of: parameters)
    let (inputs, output) = (step.inputs.reduce(0) { $0 + $1.shape.count }, step.outputShape.count)
    let wanted = step.inputs.filter { $0.index != nil }
    let size = MemoryLayout<Float>.size
    return Row(
      layer: layer, operation: step.operation.name, outputShape: step.outputShape,
      // Of a convolution and of a matrix product each factor's gradient takes as many products as the output.
      multiplyAdds: [
        .forward: step.multiplyAdds, .gradients: step.multiplyAdds * step.inputs.prefix(2).count { $0.index != nil },
      ],
      bytes: [
        .forward: (inputs + output) * size,
        .gradients: (output + inputs + wanted.reduce(0) { $0 + $1.shape.count }) * size,
        .update: updateBytes,
      ])
  }

  /// The bytes of the updates that belong to the row which comes next; of a layer that has a row, they are added to that.
  private func claimUpdates(of parameters: [Parameter]) -> Int {
    var own = 0
    for parameter in parameters where knownParameters.insert(ObjectIdentifier(parameter)).inserted {
      let (layer, bytes) = (Self.layer(of: parameter), parameter.shape.count * Self.updateBytes)
      if let row = rowOfLayer[layer], row < rows.count {
        rows[row].bytes[.update, default: 0] += bytes
      } else {
        rowOfLayer[layer] = rows.count
        own += bytes
      }
    }
    return own
  }

  /// `layer1.0.conv1` for `layer1.0.conv1.weight`.
  private static func layer(of parameter: Parameter) -> String {
    parameter.path.split(separator: ".").dropLast().joined(separator: ".")
  }
}
