import Foundation
import Synchronization
import TensorCore

extension Batches {
  /// The same batches in the same order, made ahead on a thread of their own.
  ///
  /// - Parameter depth: the number of finished batches that may wait, at least 1.
  public func prefetched(depth: Int = 2) -> PrefetchedBatches { PrefetchedBatches(self, depth: depth) }
}

/// Batches that a thread makes while the network works on earlier ones.
///
/// Each iteration starts one thread. It ends with the last batch, or as soon as the iterator is gone: leaving a loop
/// early neither hangs nor keeps a thread.
public struct PrefetchedBatches: Sequence, Sendable {
  /// The batches.
  public let batches: Batches
  /// The number of finished batches that may wait.
  public let depth: Int

  init(_ batches: Batches, depth: Int) {
    guard depth >= 1 else { stop("prefetched", "at least 1 batch must be made ahead, not \(depth)") }
    self.batches = batches
    self.depth = depth
  }

  /// The number of batches that iteration gives.
  public var underestimatedCount: Int { batches.underestimatedCount }

  /// Starts the thread.
  public func makeIterator() -> Iterator {
    let batches = batches
    return Iterator(depth: depth) { put in
      for batch in batches {
        guard put(batch) else { return }
      }
    }
  }

  /// The number of threads that make batches at the moment, in the whole program.
  package static var liveThreads: Int { liveThreadCount.load(ordering: .relaxed) }

  /// Hands over the batches. Copies of an iterator take from the same thread.
  public struct Iterator: IteratorProtocol {
    private let queue: Queue
    private let owner: Owner

    /// Starts a thread that hands its batches to `put`, and ends where that is false: nobody wants them any more.
    init(depth: Int, making make: @escaping @Sendable (_ put: (Batch) -> Bool) -> Void) {
      let queue = Queue(depth: depth)
      self.queue = queue
      owner = Owner(queue: queue)
      liveThreadCount.add(1, ordering: .relaxed)
      let thread = Thread {
        defer { liveThreadCount.subtract(1, ordering: .relaxed) }
        make(queue.put)
        queue.finish()
      }
      thread.name = "needletail batches"
      thread.start()
    }

    public mutating func next() -> Batch? { queue.take() }

    /// The number of batches that are ready.
    package var readyCount: Int { queue.readyCount }
  }
}

private let liveThreadCount = Atomic<Int>(0)

/// Tells the thread to end when the last copy of the iterator goes. The thread holds the queue only, never this.
private final class Owner {
  let queue: Queue
  init(queue: Queue) { self.queue = queue }
  deinit { queue.cancel() }
}

/// A bounded queue between the thread that makes batches and the one that uses them.
private final class Queue: @unchecked Sendable {
  private let depth: Int
  private let condition = NSCondition()
  private var waiting: [Batch] = []
  private var isFinished = false
  private var isCancelled = false

  init(depth: Int) { self.depth = depth }

  var readyCount: Int {
    condition.lock()
    defer { condition.unlock() }
    return waiting.count
  }

  /// Adds a batch as soon as there is room; false when nobody wants it any more.
  func put(_ batch: Batch) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while waiting.count >= depth && !isCancelled { condition.wait() }
    guard !isCancelled else { return false }
    waiting.append(batch)
    condition.signal()
    return true
  }

  /// The next batch as soon as there is one; nil after the last.
  func take() -> Batch? {
    condition.lock()
    defer { condition.unlock() }
    while waiting.isEmpty && !isFinished { condition.wait() }
    guard !waiting.isEmpty else { return nil }
    condition.signal()
    return waiting.removeFirst()
  }

  func finish() {
    condition.lock()
    defer { condition.unlock() }
    isFinished = true
    condition.broadcast()
  }

  func cancel() {
    condition.lock()
    defer { condition.unlock() }
    isCancelled = true
    waiting = []
    condition.broadcast()
  }
}
