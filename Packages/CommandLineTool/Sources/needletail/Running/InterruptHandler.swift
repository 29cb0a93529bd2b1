import ArgumentParser
import Dispatch
import Foundation
import Training

/// Turns control-C, and a polite request to end, into a stop after the step under way; a second one ends at once.
///
/// Files are written all or nothing, so that even the second leaves the last checkpoint whole.
final class InterruptHandler {
  private let sources: [any DispatchSourceSignal]

  /// Follows signals as long as the handler lives.
  init(_ stop: StopRequest) {
    sources = [SIGINT, SIGTERM].map { number in
      // The source sees the signal also when it is ignored; without this the program would end before it looks.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler {
        if stop.isRequested { _exit(Ending.interrupted.rawValue) }
        stop.request()
      }
      source.activate()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
  }
}
