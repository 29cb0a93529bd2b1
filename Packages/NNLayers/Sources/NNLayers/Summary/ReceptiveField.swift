import Autograd
import TensorCore

/// Which positions of a network's input one position of a layer's output depends on, along one axis.
///
/// Position i sees the positions `first + step · i ... last + step · i`, of which those beyond the border are padding. A
/// window of span K, stride S and `before` P on top of it sees
///
///     first' = first - step · P,  last' = last + step · (K - 1 - P),  step' = step · S
///
/// so that the size grows by step · (K - 1): L layers of 3 at stride 1 see 1 + 2L.
struct ReceptiveField: Hashable {
  private var first = 0
  private var last = 0
  private var step = 1

  /// The field of the input itself.
  init() {}

  /// The number of positions from the first to the last that are seen.
  var size: Int { last - first + 1 }

  /// What is seen through a window on a layer with this field.
  func seen(through window: InputWindow) -> ReceptiveField {
    var field = self
    field.first -= step * window.before
    field.last += step * (window.span - 1 - window.before)
    field.step *= window.stride
    return field
  }

  /// What is seen by either of two branches; nil if they do not step alike.
  func union(_ other: ReceptiveField) -> ReceptiveField? {
    guard step == other.step else { return nil }
    var field = self
    field.first = min(first, other.first)
    field.last = max(last, other.last)
    return field
  }
}

/// The receptive fields of all that is calculated from an input, by the place on the tape; one field for each axis after
/// the channels.
struct ReceptiveFields {
  /// Nil for what depends on the input otherwise than through windows. Without entry: what does not depend on it.
  private var fields: [Int: [ReceptiveField]?] = [:]

  /// The fields of the input at `index`.
  init(input shape: Shape, at index: Int) {
    let axisCount = max(shape.rank - 2, 0)
    fields[index] = .some(axisCount > 0 ? Array(repeating: ReceptiveField(), count: axisCount) : nil)
  }

  /// The sizes of the fields at a place on the tape; nil where there are no windows.
  func sizes(at index: Int?) -> [Int]? { index.flatMap { fields[$0] ?? nil }?.map(\.size) }

  /// Follows an operation.
  mutating func add(_ step: RecordedOperation) {
    let dependent = step.inputs.filter { input in input.index.map { fields[$0] != nil } ?? false }
    guard !dependent.isEmpty else { return }
    fields[step.index] = .some(output(of: step, dependent))
  }

  private func output(of step: RecordedOperation, _ dependent: [(index: Int?, shape: Shape)]) -> [ReceptiveField]? {
    let inputs = dependent.map { input in input.index.flatMap { fields[$0] ?? nil } }
    guard let first = inputs[0] else { return nil }
    if dependent[0].shape.rank == first.count + 2, let windows = step.operation.inputWindows(on: dependent[0].shape) {
      guard windows.count == first.count else { return nil }
      return zip(first, windows).map { $0.seen(through: $1) }
    }
    if dependent.count == 1, let moved = Self.moved(first, from: dependent[0].shape, to: step.outputShape) {
      return moved
    }
    // Element by element, or along the channels.
    guard dependent.allSatisfy({ Self.haveEqualPlanes($0.shape, step.outputShape) }) else { return nil }
    return inputs.dropFirst().reduce(first) { joined, other in
      guard let joined, let other, joined.count == other.count else { return nil }
      let union = zip(joined, other).compactMap { $0.union($1) }
      return union.count == joined.count ? union : nil
    }
  }

  /// The fields where axes of size 1 come or go after the channels, as when a line is looked at as an image of one row; nil
  /// if more changes, or nothing.
  private static func moved(_ fields: [ReceptiveField], from input: Shape, to output: Shape) -> [ReceptiveField]? {
    guard input.rank == fields.count + 2, output.rank >= 3, input.rank != output.rank,
      input.sizes.prefix(2) == output.sizes.prefix(2)
    else { return nil }
    var rest = zip(input.sizes.dropFirst(2), fields).filter { $0.0 != 1 }[...]
    var moved: [ReceptiveField] = []
    for size in output.sizes.dropFirst(2) {
      if size == 1 {
        moved.append(ReceptiveField())
      } else if rest.first?.0 == size, let field = rest.popFirst()?.1 {
        moved.append(field)
      } else {
        return nil
      }
    }
    return rest.isEmpty ? moved : nil
  }

  private static func haveEqualPlanes(_ a: Shape, _ b: Shape) -> Bool {
    a.rank == b.rank && a.rank >= 3 && a.sizes.dropFirst(2) == b.sizes.dropFirst(2)
  }
}
