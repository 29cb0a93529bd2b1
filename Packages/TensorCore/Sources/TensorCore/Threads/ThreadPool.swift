import CKernels
import Foundation
import Synchronization

/// The worker threads of the kernels.
///
/// Work is cut into blocks by its size, never by the number of threads, and an atomic counter hands the blocks out:
/// what a block computes does not depend on who takes it, so that results are the same to the bit for any
/// ``threadCount``. Between two jobs a worker spins for about a millisecond before it sleeps, because waking a sleeping
/// thread costs a hundred times more than the small jobs of a network.
public enum ThreadPool {
  /// The number of threads that work on a job, the calling one included.
  ///
  /// Starts as `NEEDLETAIL_THREADS`, or the number of processors. Set it only while no operation runs.
  public static var threadCount: Int {
    get { pool.threadCount }
    set {
      guard newValue >= 1 else { stop("threads", "the number of threads must be at least 1, not \(newValue)") }
      pool.resize(to: newValue)
    }
  }

  /// The number of threads that `NEEDLETAIL_THREADS` asks for, or nil if it is not set.
  ///
  /// - Throws: ``EnvironmentError`` when the variable is not a whole number of at least 1.
  public static func requestedThreadCount(
    in environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(EnvironmentError) -> Int? {
    guard let text = environment["NEEDLETAIL_THREADS"], !text.isEmpty else { return nil }
    guard let count = Int(text), count >= 1 else {
      throw EnvironmentError("NEEDLETAIL_THREADS is '\(text)'; it must be a whole number of at least 1")
    }
    return count
  }

  /// Calls `body` once for each block number in `0..<blocks`, spread over the threads; returns when all are done.
  ///
  /// Blocks run in any order and at the same time: each must write only what is its own. A call from within a
  /// block, or while another task's job runs, works through its blocks alone.
  public static func run(blocks: Int, _ body: (Int) -> Void) {
    pool.run(blocks: blocks, body)
  }

  private static let pool = WorkerPool(threadCount: threadCountAtStart)

  private static var threadCountAtStart: Int {
    do {
      return try requestedThreadCount() ?? ProcessInfo.processInfo.activeProcessorCount
    } catch {
      FileHandle.standardError.write(Data((error.description + "\n").utf8))
      exit(64)
    }
  }
}

/// A job: its block counter and its body.
private final class Job {
  let blocks: Int
  let body: (Int) -> Void
  let next = Atomic<Int>(0)

  init(blocks: Int, body: @escaping (Int) -> Void) {
    self.blocks = blocks
    self.body = body
  }

  func work() {
    while true {
      let block = next.add(1, ordering: .relaxed).oldValue
      guard block < blocks else { return }
      body(block)
    }
  }
}

/// Threads that wait for jobs. A job is like a room: workers enter while the door is open; the caller, when no block is
/// left, shuts the door and waits for those inside only, so that a worker which sleeps or was descheduled delays nobody.
private final class WorkerPool: @unchecked Sendable {
  /// How often a worker looks for a new job before it sleeps: about a millisecond.
  private static let spins = 20_000
  /// Added to `inside` while the door is shut.
  private static let shut = Int.min / 2

  /// Whether a job or a change of the thread count is under way; guards `job` and `workers`.
  private let busy = Atomic<Bool>(false)
  /// Counts jobs, so that workers see a new one.
  private let generation = Atomic<Int>(0)
  /// The workers in the current job, plus `shut` while none may enter.
  private let inside = Atomic<Int>(WorkerPool.shut)
  private let sleepers = Atomic<Int>(0)
  /// Workers above this number leave.
  private let wanted = Atomic<Int>(0)
  /// Workers that have not left.
  private let present = Atomic<Int>(0)
  private let condition = NSCondition()
  /// Unmanaged: a reference counted by workers could outlive the call that lends its closure.
  private var job: Unmanaged<Job>?

  init(threadCount: Int) {
    resize(to: threadCount)
  }

  var threadCount: Int { wanted.load(ordering: .relaxed) + 1 }

  func run(blocks: Int, _ body: (Int) -> Void) {
    guard blocks > 1, threadCount > 1, lockIfFree() else {
      for block in 0..<max(blocks, 0) { body(block) }
      return
    }
    withoutActuallyEscaping(body) { body in
      let job = Job(blocks: blocks, body: body)
      self.job = .passUnretained(job)
      inside.subtract(Self.shut, ordering: .releasing)
      announce()
      nt_sit(1)
      job.work()
      nt_sit(0)
      inside.add(Self.shut, ordering: .acquiringAndReleasing)
      while inside.load(ordering: .acquiring) != Self.shut { nt_pause() }
      self.job = nil
      withExtendedLifetime(job) {}
    }
    busy.store(false, ordering: .releasing)
  }

  func resize(to threadCount: Int) {
    while !lockIfFree() { nt_pause() }
    let old = wanted.exchange(threadCount - 1, ordering: .sequentiallyConsistent)
    announce()
    // Those who leave must be gone before others get their numbers, or both would stay.
    while present.load(ordering: .acquiring) > min(old, threadCount - 1) { Thread.sleep(forTimeInterval: 2e-5) }
    for number in min(old, threadCount - 1)..<(threadCount - 1) { startWorker(number) }
    busy.store(false, ordering: .releasing)
  }

  private func lockIfFree() -> Bool {
    busy.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
  }

  private func announce() {
    generation.add(1, ordering: .sequentiallyConsistent)
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    condition.lock()
    condition.broadcast()
    condition.unlock()
  }

  private func startWorker(_ number: Int) {
    let seen = generation.load(ordering: .relaxed)
    present.add(1, ordering: .relaxed)
    let thread = Thread { [self] in serve(number, after: seen) }
    thread.name = "needletail \(number + 1)"
    thread.stackSize = 1 << 20
    thread.start()
  }

  private func serve(_ number: Int, after start: Int) {
    var seen = start
    nt_sit(Int32(number) + 2)
    while number < wanted.load(ordering: .sequentiallyConsistent) {
      if enter() {
        job?._withUnsafeGuaranteedRef { $0.work() }
        inside.subtract(1, ordering: .acquiringAndReleasing)
      }
      seen = waitForNews(after: seen)
    }
    present.subtract(1, ordering: .releasing)
  }

  /// Enters the current job; false if its door is shut.
  private func enter() -> Bool {
    var count = inside.load(ordering: .acquiring)
    while count >= 0 {
      let (entered, current) = inside.weakCompareExchange(
        expected: count, desired: count + 1, ordering: .acquiringAndReleasing)
      if entered { return true }
      count = current
    }
    return false
  }

  /// Spins, then sleeps, until the generation differs from `seen`; returns the new one.
  private func waitForNews(after seen: Int) -> Int {
    for _ in 0..<Self.spins {
      let now = generation.load(ordering: .acquiring)
      if now != seen { return now }
      nt_pause()
    }
    condition.lock()
    defer { condition.unlock() }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while generation.load(ordering: .sequentiallyConsistent) == seen { condition.wait() }
    sleepers.subtract(1, ordering: .relaxed)
    return generation.load(ordering: .acquiring)
  }
}
