import Foundation
import TensorCore

/// Form and thread count are the whole process's: where tests run side by side, one at a time may change them.
private let settings = NSRecursiveLock()

/// Calls `body` with each kernel form of this processor in force, over memory that holds NaN where nothing was written.
func withEachForm(_ body: (KernelForm) throws -> Void) rethrows {
  settings.lock()
  defer { settings.unlock() }
  let form = KernelForm.active
  defer {
    KernelForm.active = form
    BlockPool.poisonsBlocks = false
  }
  BlockPool.poisonsBlocks = true
  for form in KernelForm.allCases where form.isSupported {
    KernelForm.active = form
    try body(form)
  }
}

/// The results of `body` with 1, 2 and 3 threads.
func withEachThreadCount<Result>(_ body: () throws -> Result) rethrows -> [Result] {
  settings.lock()
  defer { settings.unlock() }
  let count = ThreadPool.threadCount
  defer { ThreadPool.threadCount = count }
  return try [1, 2, 3].map {
    ThreadPool.threadCount = $0
    return try body()
  }
}
