import Autograd
import TensorCore

/// A block of which training keeps the input only: for the gradients it is calculated a second time.
///
///     y = f(x)
///
/// A network of n equal blocks, each checkpointed, keeps n inputs and the inside of one block, for another forward pass: about
/// a third more time. Gradients, running statistics and random numbers are those of the block itself, to the bit: the second
/// time dropout draws the same numbers and statistics are not counted again.
///
/// ```swift
/// let block = Checkpointed(Sequential(Conv2d(64, 64, kernelSize: 3, padding: 1), BatchNorm2d(64), ReLU()))
/// ```
///
/// Shapes: the block's. The names of its state are the block's too, so that files fit with and without. In inference, and
/// while a context or its tape is observed, the block is called as it is.
///
/// Chen, Xu, Zhang and Guestrin 2016, "Training deep nets with sublinear memory cost".
public struct Checkpointed: Layer {
  /// f.
  public let block: any Layer

  /// - Parameter block: what is calculated twice.
  public init(_ block: any Layer) { self.block = block }

  public var children: [Child] { block.children }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard context.isTraining, context.observation == nil else { return block.forward(x, context) }
    let parameters = block.parameters
    let before = context.state(holding: block.buffers)
    // The tape keeps the closure: it must not hold the context, which holds the tape.
    // What it writes into buffers the second time goes into its own state, so that a layer which reads them back sees it.
    let (random, precedence, updates) = (context.random, context.state, context.updatesBuffers)
    let again = context.branch(random: random, state: before, updatesBuffers: updates)
    let end = End()
    let output = Variable.checkpoint([x] + parameters.map { context[$0] }) { [block] inputs, isRepetition in
      let branch =
        isRepetition ? again : again.branch(random: random, state: precedence, updatesBuffers: updates)
      branch.replace(parameters, with: inputs.dropFirst())
      if !isRepetition { end.context = branch }
      return block.forward(inputs[0], branch)
    }
    if let branch = end.context { context.join(branch) }
    end.context = nil
    return output
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try block.outputShape(for: input) }

  /// Where the first calculation leaves its context.
  private final class End {
    var context: Context?
  }
}

extension Layer {
  /// The buffers in the order of the structure.
  fileprivate var buffers: [Buffer] {
    namedState.compactMap { _, cell in
      guard case .buffer(let buffer) = cell else { return nil }
      return buffer
    }
  }
}
