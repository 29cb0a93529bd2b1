import Autograd
import Models
import NNLayers
import Optimizers
import TensorCore

/// The work that is measured: a network on synthetic images of its paper's size, the same in each run.
struct NetworkWork {
  /// What is done with the network.
  enum Mode: String, CaseIterable, Sendable {
    /// Cross-entropy, gradients and an update by SGD with momentum 0.9.
    case train
    /// The logits.
    case infer
  }

  let network: any Layer
  /// For inference. Nil in training: it would keep the first weights beside those that learn.
  private let ready: PreparedModel?
  let images: Tensor<Float>
  private let labels: Tensor<Int64>
  private let optimizer: SGD

  private static let seed: UInt64 = 1
  /// Small, so that weights stay finite however many steps are taken with the same few images.
  private static let learningRate = 1e-3

  /// The catalogue's network with random weights, without auxiliary classifiers, and a batch of random images.
  init(_ entry: ModelEntry, batchSize: Int, mode: Mode) throws {
    network = seeded(Self.seed) { entry.make() }
    ready = mode == .infer ? network.prepared() : nil
    var random = RandomStream(seed: Self.seed)
    images = .normal(Shape([batchSize] + entry.facts.input.sizes), using: &random)
    // Of networks that classify each pixel, each has a label.
    let logits = try network.outputShape(for: images.shape) ?? [batchSize, entry.facts.classCount]
    let shape = Shape([logits[0]] + logits.sizes.dropFirst(2))
    let classes = (0..<shape.count).map { _ in Int64(random.integer(below: logits[1])) }
    labels = Tensor(classes, shape: shape)
    optimizer = SGD(network.parameters, learningRate: Self.learningRate, momentum: 0.9)
  }

  /// One step.
  func step() throws {
    guard let ready else { return step(images, labels) }
    _ = try ready.predict(images)
  }

  /// One step of training with images of its own.
  func step(_ images: Tensor<Float>, _ labels: Tensor<Int64>) {
    optimizer.step(crossEntropy(network(images, .training(seed: Self.seed)), labels))
  }

  /// One step of training that is looked at: `prepare` sees the tape before anything is recorded, `updated` each parameter
  /// right after its update.
  func step(_ prepare: (Tape) -> Void, updated: (Parameter) -> Void) {
    let context = Context.training(seed: Self.seed)
    context.tape.map(prepare)
    let loss = loss(context)
    optimizer.beginStep()
    loss.backward { parameter, gradient in
      optimizer.update(parameter, gradient: gradient)
      updated(parameter)
    }
    optimizer.endStep()
  }

  /// The mean cross-entropy.
  private func loss(_ context: Context) -> Variable { crossEntropy(network(images, context), labels) }
}
