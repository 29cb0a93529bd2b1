import CKernels
import Foundation

/// What the library says, once in a process, when its kernels were compiled without optimisation: a debug build computes
/// the same, about a hundred times slower, and nothing else would tell. `NEEDLETAIL_DEBUG_NOTICE=off` silences it.
package enum DebugNotice {
  /// The notice, or nil when the kernels are fast or the environment silences it.
  package static func text(isOptimized: Bool, environment: [String: String]) -> String? {
    guard !isOptimized, environment["NEEDLETAIL_DEBUG_NOTICE"] != "off" else { return nil }
    return "needletail: this is a debug build, its kernels run about 100 times slower; build with `-c release`"
  }

  /// Writes the notice to standard error, on the first call only.
  static func giveOnce() { given }

  private static let given: Void = {
    guard let text = text(isOptimized: nt_optimized(), environment: ProcessInfo.processInfo.environment) else { return }
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }()
}
