import Synchronization

/// Which algorithms operations choose, for those who measure them.
///
/// ```swift
/// AlgorithmLog.isOn = true
/// let product = a.matmul(b)
/// print(AlgorithmLog.take())  // ["blocked product"]
/// ```
///
/// One log for the whole process, off unless somebody measures: then a choice costs nothing.
public enum AlgorithmLog {
  private static let switchedOn = Atomic<Bool>(false)
  private static let names = Mutex<[String]>([])

  /// Whether choices are noted. Default false.
  public static var isOn: Bool {
    get { switchedOn.load(ordering: .relaxed) }
    set { switchedOn.store(newValue, ordering: .relaxed) }
  }

  /// The algorithms that were chosen since the last call, each once, in the order of their first choice.
  public static func take() -> [String] {
    names.withLock { names in
      defer { names = [] }
      return names
    }
  }

  /// Notes a choice. Call it where an algorithm begins, outside of its loops.
  package static func note(_ name: StaticString) {
    guard isOn else { return }
    let name = "\(name)"
    names.withLock { if !$0.contains(name) { $0.append(name) } }
  }
}
