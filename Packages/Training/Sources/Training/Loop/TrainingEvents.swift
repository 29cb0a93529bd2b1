import Foundation
import Synchronization

extension Trainer {
  /// The training as a sequence of what happens in it, for a user interface.
  ///
  /// ```swift
  /// let task = Task { @MainActor in
  ///   let trainer = Trainer(
  ///     model, SGD(model.parameters, learningRate: 0.1), training: samples, epochs: 10, batchSize: 64, seed: 1)
  ///   for try await event in trainer.events {
  ///     if case .step(let step) = event { print("\(step.step) of \(step.stepCount)") }  // or move a bar
  ///   }
  ///   print(trainer.isFinished)
  /// }
  /// task.cancel()  // what a button would do
  /// ```
  /// Iterating starts the training, or goes on with it, on a thread of its own: no thread of Swift's concurrency is kept from
  /// other tasks. Events wait until they are asked for, and the training does not wait for them. Cancelling the task asks for
  /// the end, which comes after the step under way; the loop gets the events until then, and when it ends, the training has:
  /// the trainer may be used again. While it runs nothing else may use it. Leaving the loop earlier, by `break`, asks for the
  /// end too, but does not wait for it.
  public var events: TrainingEvents {
    TrainingEvents { stop, observer in try self.run(until: stop, observer: observer) }
  }
}

/// A training under way, event by event; see ``Trainer/events``.
public struct TrainingEvents: AsyncSequence {
  /// What happens.
  public typealias Element = TrainingEvent
  /// What ends the training.
  public typealias Failure = any Error

  typealias Work = (StopRequest, (TrainingEvent) throws -> Void) throws -> Void

  private let work: Work

  init(_ work: @escaping Work) { self.work = work }

  /// Starts the training.
  public func makeAsyncIterator() -> Iterator { Iterator(work) }

  /// Hands over the events.
  public struct Iterator: AsyncIteratorProtocol {
    private let channel = EventChannel()
    private let owner: Owner

    init(_ work: @escaping Work) {
      let (channel, stop) = (channel, StopRequest())
      owner = Owner(stop: stop)
      let handedOver = HandedOver(work: work)
      let thread = Thread {
        do {
          try handedOver.work(stop) { channel.put($0) }
          channel.finish(nil)
        } catch {
          channel.finish(error)
        }
      }
      // As a process's first thread has: networks may be deep.
      thread.stackSize = 8 << 20
      thread.name = "needletail training"
      thread.start()
    }

    /// The next event; nil when the training has ended.
    ///
    /// - Throws: what ended the training.
    public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> TrainingEvent? {
      let (channel, stop) = (channel, owner.stop)
      return try await withTaskCancellationHandler {
        try await channel.next(isolation: actor)
      } onCancel: {
        stop.request()
      }
    }
  }

  /// Asks for the end when the last copy of an iterator goes.
  private final class Owner {
    let stop: StopRequest
    init(stop: StopRequest) { self.stop = stop }
    deinit { stop.request() }
  }

  /// The training on its way to its thread: nobody else uses it until the sequence ends, as ``Trainer/events`` says.
  private struct HandedOver: @unchecked Sendable {
    let work: Work
  }
}

/// Events that wait between the thread that trains and the task that reads.
private final class EventChannel: Sendable {
  private struct State {
    var events: [TrainingEvent] = []
    /// How many of `events` were read.
    var readCount = 0
    var hasEnded = false
    var error: (any Error)?
    var reader: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  func put(_ event: TrainingEvent) { change { $0.events.append(event) } }

  func finish(_ error: (any Error)?) {
    change {
      $0.hasEnded = true
      $0.error = error
    }
  }

  private func change(_ body: (inout State) -> Void) {
    let reader = state.withLock { state in
      body(&state)
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume()
  }

  func next(isolation actor: isolated (any Actor)?) async throws -> TrainingEvent? {
    while true {
      if let event = take() { return event }
      if try hasEnded() { return nil }
      await withCheckedContinuation(isolation: actor) { continuation in
        let isReady = state.withLock { state in
          let isReady = state.hasEnded || state.readCount < state.events.count
          if !isReady { state.reader = continuation }
          return isReady
        }
        if isReady { continuation.resume() }
      }
    }
  }

  private func take() -> TrainingEvent? {
    state.withLock { state in
      guard state.readCount < state.events.count else { return nil }
      defer {
        state.readCount += 1
        if state.readCount == state.events.count {
          state.events.removeAll(keepingCapacity: true)
          state.readCount = 0
        }
      }
      return state.events[state.readCount]
    }
  }

  /// Whether nothing comes any more; throws what ended the training, once.
  private func hasEnded() throws -> Bool {
    let (hasEnded, error) = state.withLock { state in
      let isOver = state.hasEnded && state.readCount == state.events.count
      defer { if isOver { state.error = nil } }
      return (isOver, isOver ? state.error : nil)
    }
    if let error { throw error }
    return hasEnded
  }
}
