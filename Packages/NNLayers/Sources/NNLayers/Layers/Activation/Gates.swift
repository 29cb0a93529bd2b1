import Autograd
import TensorCore

/// The largest of each group of neighbouring channels.
///
/// Shapes: `[N, C·pieces, …]` to `[N, C, …]`. Behind a linear map the largest of several linear functions: any convex one,
/// piece by piece.
///
/// Goodfellow, Warde-Farley, Mirza, Courville and Bengio 2013, "Maxout networks".
///
/// ```swift
/// let block = Sequential(Linear(784, 300), Maxout(pieces: 3))
/// ```
public struct Maxout: Layer {
  /// The channels of a group.
  public let pieces: Int
  /// The largest of so many pieces.
  ///
  /// - Parameter pieces: the channels of a group, at least 1.
  public init(pieces: Int) {
    guard pieces >= 1 else { stop("Maxout", "needs at least one piece, not \(pieces)") }
    self.pieces = pieces
  }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.maxout(pieces: pieces) }
  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank >= 2, input[1] % pieces == 0 else {
      throw InputError("Maxout", expected: "[N, C, …] with C a multiple of \(pieces)", got: input)
    }
    return Shape([input[0], input[1] / pieces] + input.sizes.dropFirst(2))
  }
}

/// The gated linear unit: y = a σ(b) with the halves a and b of x along an axis, which is halved.
///
/// Dauphin, Fan, Auli and Grangier 2016, "Language modeling with gated convolutional networks".
///
/// ```swift
/// let block = Sequential(Linear(784, 200), GLU())
/// ```
public struct GLU: Layer {
  /// The axis.
  public let axis: Int
  /// The unit along an axis.
  ///
  /// - Parameter axis: default the last; from the end when negative.
  public init(axis: Int = -1) { self.axis = axis }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.glu(along: axis) }
  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    let place = axis < 0 ? input.rank + axis : axis
    guard (0..<input.rank).contains(place), input[place] % 2 == 0 else {
      throw InputError("GLU", expected: "a shape whose axis \(axis) has an even size", got: input)
    }
    var sizes = input.sizes
    sizes[place] /= 2
    return Shape(sizes)
  }
}
