import Autograd
import TensorCore

/// Names and values of a network's parameters and buffers, in order: what is saved and loaded.
///
/// The names are torchvision's where it has the network.
public struct StateDictionary: Sendable {
  /// The entries in order.
  public private(set) var entries: [(name: String, value: StateValue)] = []

  /// A dictionary of the given entries. Of two with one name, the last counts.
  public init(_ entries: [(name: String, value: StateValue)] = []) {
    for (name, value) in entries { self[name] = value }
  }

  /// The value of that name; nil if there is none.
  public subscript(name: String) -> StateValue? {
    get { positions[name].map { entries[$0].value } }
    set {
      guard let newValue else { return remove(name) }
      if let position = positions[name] {
        entries[position].value = newValue
      } else {
        positions[name] = entries.count
        entries.append((name, newValue))
      }
    }
  }

  private var positions: [String: Int] = [:]

  private mutating func remove(_ name: String) {
    entries.removeAll { $0.name == name }
    positions = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
  }
}

/// Why a state dictionary does not fit a network: everything that is wrong, at once.
public struct StateDictionaryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Names that the network has and the dictionary lacks.
  public var missing: [String] = []
  /// Names that the dictionary has and the network lacks.
  public var unexpected: [String] = []
  /// Entries whose shape or kind differs, each with what was expected and what came.
  public var mismatched: [String] = []

  var isEmpty: Bool { missing.isEmpty && unexpected.isEmpty && mismatched.isEmpty }

  /// What differs, as text: `missing: fc.bias; unexpected: head.bias`. Of many, the first eight and how many more.
  public var differences: String {
    [("missing", missing), ("unexpected", unexpected), ("mismatched", mismatched)]
      .filter { !$1.isEmpty }.map { "\($0): \(Self.first($1))" }.joined(separator: "; ")
  }

  private static func first(_ names: [String]) -> String {
    let shown = names.prefix(8).joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }

  public var description: String { "the weights do not fit the network: " + differences }
}

extension Layer {
  /// The names and values of all parameters and buffers.
  public func stateDictionary() -> StateDictionary {
    StateDictionary(namedState.map { ($0.name, $0.cell.value) })
  }

  /// Takes over the values of a state dictionary, converted to the precision of what they replace.
  ///
  /// All names must agree and all shapes fit, after ``reconciled(_:)``; otherwise nothing is changed.
  ///
  /// - Throws: ``StateDictionaryError`` that lists every missing, unexpected and mismatched entry.
  public func load(_ dictionary: StateDictionary) throws(StateDictionaryError) {
    let cells = namedState
    let dictionary = reconciled(dictionary)
    try check(dictionary, against: cells)
    for (name, cell) in cells {
      switch (cell, dictionary[name]) {
      case (.parameter(let parameter), .tensor(let value)):
        parameter.value = value.converted(to: parameter.value.precision)
      case (.buffer(let buffer), let value?): buffer.value = value.stored(like: buffer.value)
      default: break
      }
    }
  }

  private func check(
    _ dictionary: StateDictionary, against cells: [(name: String, cell: StateCell)]
  ) throws(StateDictionaryError) {
    var error = StateDictionaryError()
    let names = Set(cells.map(\.name))
    error.unexpected = dictionary.entries.map(\.name).filter { !names.contains($0) }
    for (name, cell) in cells {
      guard let value = dictionary[name] else {
        error.missing.append(name)
        continue
      }
      if let reason = mismatch(value, cell) { error.mismatched.append("\(name) \(reason)") }
    }
    guard error.isEmpty else { throw error }
  }

  private func mismatch(_ value: StateValue, _ cell: StateCell) -> String? {
    guard value.shape == cell.shape else { return "is \(cell.shape), not \(value.shape)" }
    switch (cell.value, value) {
    case (.tensor, .tensor), (.int64, .int64): return nil
    case (.tensor, .int64): return "is floating point, not Int64"
    case (.int64, .tensor): return "is Int64, not floating point"
    }
  }
}
