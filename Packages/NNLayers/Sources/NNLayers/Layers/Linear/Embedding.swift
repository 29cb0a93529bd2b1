import Autograd
import TensorCore

/// A trainable vector for each of V indices: y[…] = weight[index[…]].
///
/// Bengio, Ducharme, Vincent and Jauvin 2003, "A neural probabilistic language model".
///
/// ```swift
/// let words = Embedding(10_000, 64, paddingIndex: 0)
/// let sentences: Tensor<Int64> = [[4, 17, 0], [9, 0, 0]]
/// let vectors = words(sentences, context)  // [2, 3, 64]
/// ```
///
/// Shapes: indices `[…]`, output `[…, D]`; `weight` `[V, D]`. In ``Sequential`` the indices come as whole floating-point
/// numbers. Gradients of an index that comes several times are added in order, with the same bits on any number of threads.
public struct Embedding: WeightedLayer {
  /// `[V, D]`.
  public let weight: Parameter
  /// The index whose vector gets no gradient, so that it stays as it is; nil for none. (``Layer/initialize(with:where:)``
  /// draws it like the others.)
  public let paddingIndex: Int?

  public var fan: Fan { .embedding(weight.shape) }

  /// A table of `count` vectors of `size` numbers.
  ///
  /// - Parameters:
  ///   - count: V.
  ///   - size: D.
  ///   - paddingIndex: an index that stands for nothing, in `0..<count`: its vector starts at 0 and gets no gradient.
  ///     Default none.
  ///   - initializer: the vectors' first values. Default Gaussian of mean 0 and deviation 1, as in PyTorch.
  public init(
    _ count: Int, _ size: Int, paddingIndex: Int? = nil, initializer: Initializer = .normal(deviation: 1)
  ) {
    guard count >= 1, size >= 1 else {
      stop("Embedding", "needs at least one vector of one number, not \(count) of \(size)")
    }
    var table = initializer([count, size])
    if let paddingIndex {
      guard (0..<count).contains(paddingIndex) else {
        stop("Embedding", "the padding index \(paddingIndex) is not one of \(count) indices")
      }
      table.withUnsafeMutableBufferPointer { $0[paddingIndex * size..<(paddingIndex + 1) * size].update(repeating: 0) }
    }
    weight = Parameter(table)
    self.paddingIndex = paddingIndex
  }

  /// The vectors of the indices, each in `0..<V`.
  public func callAsFunction(_ indices: Tensor<Int64>, _ context: Context) -> Variable {
    self(Variable(indices.converted(to: Double.self)), context)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    let indices = indices(x)
    let vectors = context[weight].take(indices)
    guard let paddingIndex else { return vectors }
    let isPadding = (indices .== Int64(paddingIndex)).expandingAxis(at: -1)
    return isPadding.select(vectors.detached(), vectors)
  }

  /// Whole numbers as indices.
  private func indices(_ x: Variable) -> Tensor<Int64> {
    let numbers = x.doubles.scalars
    let count = weight.shape[0]
    if let place = numbers.firstIndex(where: { !($0 >= 0 && $0 < Double(count) && $0 == $0.rounded()) }) {
      stop(
        weight.layerPath("Embedding"),
        "index \(numbers[place]), number \(place), of the input \(x.shape) is not one of weight \(weight.shape)")
    }
    return Tensor(numbers.map { Int64($0) }, shape: x.shape)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    Shape(input.sizes + [weight.shape[1]])
  }
}
