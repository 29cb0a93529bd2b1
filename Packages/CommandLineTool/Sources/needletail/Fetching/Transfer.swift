import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One transfer over HTTP, written to a file as it comes, so that what has come stays when it breaks off.
///
/// The session calls one method after the other, on a queue of its own.
final class Transfer: NSObject, URLSessionDataDelegate {
  /// The seconds that a server may be silent.
  private static let patience = 30.0
  /// The bytes between two reports of how far it has come.
  private static let step = 1 << 20

  private struct State {
    var file: FileHandle?
    var done: Int
    var reported = 0
    var failure: (any Error)?
    var continuation: CheckedContinuation<Void, any Error>?
  }

  private let address: URL
  private let destination: URL
  private let start: Int
  private let progress: @Sendable (Int) -> Void
  private let state: Mutex<State>

  /// The transfer of what lies at `address` to the end of the file at `destination`, which has its first `start` bytes.
  init(from address: URL, to destination: URL, after start: Int, progress: @escaping @Sendable (Int) -> Void) {
    (self.address, self.destination, self.start, self.progress) = (address, destination, start, progress)
    state = Mutex(State(done: start))
  }

  /// Ends when all has come.
  ///
  /// - Throws: ``HTTPStatus`` for an answer that is not the file, and what names a network or a file that fails.
  func run() async throws {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = Self.patience
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    defer { session.finishTasksAndInvalidate() }
    var request = URLRequest(url: address)
    if start > 0 { request.setValue("bytes=\(start)-", forHTTPHeaderField: "Range") }
    try await withCheckedThrowingContinuation { continuation in
      state.withLock { $0.continuation = continuation }
      session.dataTask(with: request).resume()
    }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
  ) {
    let isOpen = attempt { state in
      let code = (response as? HTTPURLResponse)?.statusCode ?? 200
      // A server that knows no parts sends the whole.
      guard code == 200 || (code == 206 && start > 0) else { throw HTTPStatus(code: code) }
      if code == 200 || !FileManager.default.fileExists(atPath: destination.path) {
        try Data().write(to: destination)
        state.done = 0
      }
      state.file = try FileHandle(forWritingTo: destination)
      try state.file?.seekToEnd()
    }
    completionHandler(isOpen ? .allow : .cancel)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    var done: Int?
    let isWritten = attempt { state in
      try state.file?.write(contentsOf: data)
      state.done += data.count
      guard state.done - state.reported >= Self.step else { return }
      (state.reported, done) = (state.done, state.done)
    }
    if !isWritten { dataTask.cancel() }
    if let done { progress(done) }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    let (continuation, failure) = state.withLock { state in
      try? state.file?.close()
      defer { state.continuation = nil }
      return (state.continuation, state.failure ?? error)
    }
    if let failure { continuation?.resume(throwing: failure) } else { continuation?.resume() }
  }

  /// Does `work`; keeps what it throws first, and says whether it threw nothing.
  private func attempt(_ work: (inout State) throws -> Void) -> Bool {
    state.withLock { state in
      guard state.failure == nil else { return false }
      do {
        try work(&state)
      } catch {
        state.failure = error
      }
      return state.failure == nil
    }
  }
}

/// An answer that is not the file.
struct HTTPStatus: Error {
  let code: Int
}
