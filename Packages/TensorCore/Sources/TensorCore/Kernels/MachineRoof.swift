import CKernels
import Foundation

/// What this machine can do at most with the threads and the kernels' form in force: the measure for every operation.
///
/// No operation is faster than its multiply-adds at the rate of multiply-adds in registers, nor than the bytes that it must
/// read and write at the rate of a copy in memory; what lies in a cache can be. Williams, Waterman and Patterson 2009,
/// "Roofline: an insightful visual performance model".
///
/// ```swift
/// let roof = MachineRoof.measured()
/// let share = roof.leastSeconds(multiplyAdds: 512 * 512 * 512, bytes: 3 * 512 * 512 * 4) / seconds
/// ```
public struct MachineRoof: Sendable, Hashable, Codable {
  /// The multiply-adds of a second, of Floats, by all threads together.
  public let multiplyAddsPerSecond: Double
  /// The bytes that all threads together read or write in a second, in memory.
  public let bytesPerSecond: Double

  /// A roof of known rates.
  public init(multiplyAddsPerSecond: Double, bytesPerSecond: Double) {
    self.multiplyAddsPerSecond = multiplyAddsPerSecond
    self.bytesPerSecond = bytesPerSecond
  }

  /// The shortest time for so many multiply-adds and bytes.
  public func leastSeconds(multiplyAdds: Int, bytes: Int) -> Double {
    max(Double(multiplyAdds) / multiplyAddsPerSecond, Double(bytes) / bytesPerSecond)
  }

  /// The roof now: the best of several rounds, a fifth of a second in all. Uses 64 MiB for each thread meanwhile.
  public static func measured() -> MachineRoof {
    MachineRoof(multiplyAddsPerSecond: bestRate(of: products), bytesPerSecond: Copies().bestRate)
  }

  /// What the multiply-adds of one thread give; see `nt_roof_products`.
  package static func products(rounds: Int, factor: Float, addend: Float) -> (sums: [Float], count: Int) {
    var sums = [Float](repeating: 0, count: 16)
    var count = 0
    nt_roof_products(rounds, factor, addend, &sums, &count)
    return (sums, count)
  }

  private static func products() -> Int {
    let threads = ThreadPool.threadCount
    // 5 ms and more: long beside the start of the other threads.
    ThreadPool.run(blocks: threads) { _ in _ = products(rounds: 2_500_000, factor: 0.5, addend: 1) }
    return threads * 2_500_000 * products(rounds: 1, factor: 0, addend: 0).count
  }

  fileprivate static func bestRate(of work: () -> Int) -> Double {
    let clock = ContinuousClock()
    let rates = (0..<6).map { _ in
      var amount = 0
      let time = clock.measure { amount = work() }
      return Double(amount) / (Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18)
    }
    return rates.max() ?? 0
  }
}

/// Copies in memory, by each thread within its own, far larger than its caches.
private final class Copies: @unchecked Sendable {
  private static let bytes = 32 << 20
  private let threads = ThreadPool.threadCount
  private let memory: UnsafeMutableRawPointer

  init() {
    memory = .allocate(byteCount: 2 * Self.bytes * threads, alignment: 64)
    memset(memory, 1, 2 * Self.bytes * threads)
  }

  deinit { memory.deallocate() }

  var bestRate: Double {
    MachineRoof.bestRate {
      ThreadPool.run(blocks: threads) { thread in
        let part = memory + 2 * Self.bytes * thread
        memcpy(part, part + Self.bytes, Self.bytes)
      }
      return 2 * Self.bytes * threads
    }
  }
}
