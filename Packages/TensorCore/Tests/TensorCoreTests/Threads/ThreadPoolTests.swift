import Foundation
import Synchronization
import TensorCore
import Testing

/// Counts how often each block of a job was called.
private final class Counts: Sendable {
  private let counts: Mutex<[Int]>

  init(_ blocks: Int) { counts = Mutex(Array(repeating: 0, count: blocks)) }

  func add(_ block: Int) { counts.withLock { $0[block] += 1 } }

  var areAllOne: Bool { counts.withLock { $0.allSatisfy { $0 == 1 } } }
}

/// Whether a job of `blocks` blocks calls each once.
private func runsEachBlockOnce(_ blocks: Int) -> Bool {
  let counts = Counts(blocks)
  ThreadPool.run(blocks: blocks) { counts.add($0) }
  return counts.areAllOne
}

@Suite struct ThreadPoolTests {
  @Test(arguments: [0, 1, 2, 3, 17, 1000])
  func everyBlockRunsOnce(blocks: Int) {
    for threads in [1, 2, 5] {
      ThreadPool.threadCount = threads
      #expect(runsEachBlockOnce(blocks))
    }
    ThreadPool.threadCount = 2
  }

  @Test func blocksRunAtTheSameTime() async {
    // Each block waits for the other: only two threads get through.
    await #expect(processExitsWith: .success) {
      ThreadPool.threadCount = 2
      let arrived = Atomic<Int>(0)
      ThreadPool.run(blocks: 2) { _ in
        arrived.add(1, ordering: .relaxed)
        while arrived.load(ordering: .relaxed) < 2 { Thread.sleep(forTimeInterval: 1e-4) }
      }
    }
  }

  @Test func aJobWithinABlockRunsWhole() {
    ThreadPool.threadCount = 2
    let counts = Counts(20 * 30)
    ThreadPool.run(blocks: 20) { outer in
      ThreadPool.run(blocks: 30) { inner in counts.add(outer * 30 + inner) }
    }
    #expect(counts.areAllOne)
  }

  @Test func manySmallJobs() {
    ThreadPool.threadCount = 2
    var sum = 0
    for job in 0..<20_000 {
      let total = Atomic<Int>(0)
      ThreadPool.run(blocks: 3) { total.add($0 + job, ordering: .relaxed) }
      sum += total.load(ordering: .relaxed)
    }
    #expect(sum == 20_000 * 3 + 3 * (0..<20_000).reduce(0, +))
  }

  @Test func severalTasksCallAtTheSameTime() async {
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<6 {
        group.addTask { (0..<200).allSatisfy { runsEachBlockOnce(($0 * 7 + task) % 40) } }
      }
      for await result in group { #expect(result) }
    }
  }

  @Test func theNumberOfThreadsChangesUpAndDown() async {
    await #expect(processExitsWith: .success) {
      for round in 0..<300 {
        ThreadPool.threadCount = [1, 4, 2, 7, 3][round % 5]
        guard ThreadPool.threadCount == [1, 4, 2, 7, 3][round % 5] else { fatalError("count") }
        guard runsEachBlockOnce(round % 50) else { fatalError("round \(round)") }
      }
    }
  }

  @Test func leavingThreadsDoNotStay() async throws {
    #if os(Linux)
      await #expect(processExitsWith: .success) {
        ThreadPool.threadCount = 1
        let path = "/proc/self/task"
        let before = try FileManager.default.contentsOfDirectory(atPath: path).count
        for _ in 0..<200 {
          ThreadPool.threadCount = 4
          ThreadPool.threadCount = 1
        }
        ThreadPool.threadCount = 4
        // The pool's three; threads that have left may take a moment to vanish from the list.
        for _ in 0..<200 {
          if try FileManager.default.contentsOfDirectory(atPath: path).count <= before + 3 { return }
          try await Task.sleep(for: .milliseconds(10))
        }
        fatalError("threads stayed")
      }
    #endif
  }

  @Test func sleepingWorkersWakeForAJob() {
    ThreadPool.threadCount = 2
    for _ in 0..<5 {
      Thread.sleep(forTimeInterval: 0.02)
      #expect(runsEachBlockOnce(100))
    }
  }

  @Test func theVariableMustBeAWholeNumber() throws {
    #expect(try ThreadPool.requestedThreadCount(in: [:]) == nil)
    #expect(try ThreadPool.requestedThreadCount(in: ["NEEDLETAIL_THREADS": ""]) == nil)
    #expect(try ThreadPool.requestedThreadCount(in: ["NEEDLETAIL_THREADS": "3"]) == 3)
    for text in ["0", "-1", "two", "1.5"] {
      let error = #expect(throws: EnvironmentError.self) {
        try ThreadPool.requestedThreadCount(in: ["NEEDLETAIL_THREADS": text])
      }
      #expect(error?.description == "NEEDLETAIL_THREADS is '\(text)'; it must be a whole number of at least 1")
    }
  }

  @Test func stopsForNoThreads() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      ThreadPool.threadCount = 0
    }
    #expect(result.says("[threads] the number of threads must be at least 1, not 0"))
  }
}
