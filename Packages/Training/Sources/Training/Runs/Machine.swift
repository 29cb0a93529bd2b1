import Foundation
import TensorCore

/// What a run was calculated on.
public struct Machine: Sendable, Equatable, Codable {
  /// The processor's name.
  public let processor: String
  /// The number of processors that the system offers.
  public let processorCount: Int
  /// The form of the kernels in use, such as `avx2`.
  public let instructionSet: String
  /// The number of threads in use.
  public let threads: Int
  /// The operating system.
  public let system: String

  /// This machine, as it is set now.
  public static var current: Machine {
    Machine(
      processor: processorName ?? "unknown", processorCount: ProcessInfo.processInfo.activeProcessorCount,
      instructionSet: KernelForm.active.rawValue, threads: ThreadPool.threadCount,
      system: ProcessInfo.processInfo.operatingSystemVersionString)
  }

  #if canImport(Darwin)
    private static var processorName: String? {
      var size = 0
      guard sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0) == 0, size > 1 else { return nil }
      var bytes = [UInt8](repeating: 0, count: size)
      guard sysctlbyname("machdep.cpu.brand_string", &bytes, &size, nil, 0) == 0 else { return nil }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  #else
    private static var processorName: String? {
      let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
      let line = text?.split(separator: "\n").first { $0.hasPrefix("model name") }
      return line?.split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces)
    }
  #endif
}
