import Synchronization

/// A wish to stop, made from anywhere and followed after the step under way.
///
/// Setting it is a single atomic write, which a signal handler may do.
public final class StopRequest: Sendable {
  private let flag = Atomic<Bool>(false)

  /// No wish yet.
  public init() {}

  /// Asks for the stop. Further calls change nothing.
  public func request() { flag.store(true, ordering: .relaxed) }

  /// Whether a stop was asked for.
  public var isRequested: Bool { flag.load(ordering: .relaxed) }
}
