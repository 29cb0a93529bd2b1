import Foundation
import Synchronization

/// Which ways of computing a convolution are allowed.
///
/// Winograd's algorithm takes a quarter of the multiplications of 3×3 kernels and rounds more: the largest error of a layer
/// is about 3e-6 of its largest value instead of 1e-6. Networks do not notice; who must compare layer by layer can forbid
/// it.
public enum ConvolutionAlgorithms {
  /// Whether algorithms that round more than direct convolution are forbidden.
  ///
  /// Starts as `NEEDLETAIL_STRICT` says (1 or 0), false by default. Set it only while no operation runs.
  public static var forbidsExtraRounding: Bool {
    get { strict.load(ordering: .relaxed) }
    set { strict.store(newValue, ordering: .relaxed) }
  }

  /// What `NEEDLETAIL_STRICT` asks for, or nil if it is not set.
  ///
  /// - Throws: ``EnvironmentError`` when the variable is neither 0 nor 1.
  public static func requestedStrictness(
    in environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(EnvironmentError) -> Bool? {
    switch environment["NEEDLETAIL_STRICT"] {
    case nil, "": return nil
    case "0": return false
    case "1": return true
    case let text?: throw EnvironmentError("NEEDLETAIL_STRICT is '\(text)'; it must be 0 or 1")
    }
  }

  private static let strict = Atomic<Bool>(strictAtStart)

  private static var strictAtStart: Bool {
    do {
      return try requestedStrictness() ?? false
    } catch {
      FileHandle.standardError.write(Data((error.description + "\n").utf8))
      exit(64)
    }
  }
}
