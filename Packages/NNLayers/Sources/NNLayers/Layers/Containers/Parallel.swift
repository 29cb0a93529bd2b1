import Autograd
import TensorCore

/// Branches side by side: each gets the input, and their outputs are joined along an axis.
///
/// ```swift
/// let mixed = Parallel(
///   Conv2d(192, 64, kernelSize: 1), Conv2d(192, 128, kernelSize: 3, padding: 1),
///   Sequential(MaxPool2d(3, stride: 1, padding: 1), Conv2d(192, 32, kernelSize: 1)))  // 64 + 128 + 32 channels
/// ```
///
/// Shapes: the outputs `[N, C₁, H, W]`, `[N, C₂, H, W]`, … become `[N, C₁ + C₂ + …, H, W]` for axis 1. The branches' names
/// are their positions, or those given.
///
/// Szegedy and others 2015, "Going deeper with convolutions".
public struct Parallel: Layer {
  private let list: NamedList
  /// The axis along which the outputs are joined.
  public let axis: Int

  /// Branches joined along `axis`, by default 1: the channels.
  public init(_ branches: any Layer..., axis: Int = 1) { self.init(branches, axis: axis) }
  /// Branches joined along `axis`, by default 1: the channels.
  public init(_ branches: [any Layer], axis: Int = 1) { self.init(NamedList(branches), axis: axis) }
  /// Branches with names, in the order in which they are written, joined along `axis`, by default 1: the channels.
  public init(named branches: KeyValuePairs<String, any Layer>, axis: Int = 1) {
    self.init(NamedList("Parallel", named: branches.map { ($0.key, $0.value) }), axis: axis)
  }

  private init(_ list: NamedList, axis: Int) {
    guard !list.layers.isEmpty else { stop("Parallel", "needs at least one branch") }
    self.list = list
    self.axis = axis
  }

  /// The branches in order.
  public var branches: [any Layer] { list.layers }
  /// Their names in order.
  public var names: [String] { list.names }
  /// The branch of that name; nil if there is none.
  public subscript(name: String) -> (any Layer)? { list.layer(name) }

  public var children: [Child] { list.children }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    let outputs = zip(list.names, list.layers).map { $1(x, context, as: $0) }
    return Variable.concatenated(outputs, along: axis)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    var joined: [Int]?
    for branch in branches {
      guard let shape = try branch.outputShape(for: input) else { return nil }
      let place = axis < 0 ? axis + shape.rank : axis
      guard shape.indices.contains(place) else { throw mismatch(input) }
      guard var sizes = joined else {
        joined = shape.sizes
        continue
      }
      let length = sizes[place]
      sizes[place] = shape[place]
      guard sizes == shape.sizes else { throw mismatch(input) }
      sizes[place] += length
      joined = sizes
    }
    return joined.map { Shape($0) }
  }

  private func mismatch(_ input: Shape) -> InputError {
    InputError("Parallel", expected: "a shape whose branches differ along axis \(axis) only", got: input)
  }
}
