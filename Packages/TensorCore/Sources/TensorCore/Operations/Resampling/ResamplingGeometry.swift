/// How an image comes to another size: which size, and what stands between the elements there were.
///
/// As PyTorch's `interpolate`: with `N` elements before and `O` after along an axis, element i after lies at
///
///     nearest:                     floor(i · N/O)
///     bilinear:                    (i + 1/2) · N/O - 1/2, not before the first or behind the last element
///     bilinear, aligning corners:  i · (N - 1)/(O - 1)
///
/// and where a scale is given N/O is its inverse, also where O is rounded down.
public struct ResamplingGeometry: Sendable, Hashable {
  /// What the elements of the new image are.
  public enum Interpolation: Sendable, Hashable {
    /// The element at or before the place.
    case nearest
    /// The four elements around the place, weighted by nearness. `alignsCorners`: whether the corner elements' middles
    /// come to lie on each other, or the corners of the images (as is usual).
    case bilinear(alignsCorners: Bool)
  }

  /// The new size.
  public enum Target: Sendable, Hashable {
    /// So many rows and columns.
    case size(PlaneSize)
    /// So many times the rows and columns there are, rounded down.
    case scale(height: Double, width: Double)
  }

  /// The new size.
  public let target: Target
  /// What the elements of the new image are.
  public let interpolation: Interpolation

  /// A resampling to a size. Stops unless that is at least 1.
  public init(size: PlaneSize, interpolation: Interpolation = .nearest) {
    guard size.height >= 1, size.width >= 1 else { stop("resampling", "an image of \(size) cannot be") }
    target = .size(size)
    self.interpolation = interpolation
  }

  /// A resampling by factors. Stops unless they are positive and finite.
  public init(heightScale: Double, widthScale: Double, interpolation: Interpolation = .nearest) {
    guard heightScale > 0, widthScale > 0, heightScale.isFinite, widthScale.isFinite else {
      stop("resampling", "the scales must be positive and finite, not \(heightScale) and \(widthScale)")
    }
    target = .scale(height: heightScale, width: widthScale)
    self.interpolation = interpolation
  }

  /// A resampling by one factor both ways. Stops unless it is positive and finite.
  public init(scale: Double, interpolation: Interpolation = .nearest) {
    self.init(heightScale: scale, widthScale: scale, interpolation: interpolation)
  }

  /// The output's shape `[N, C, OH, OW]` for an input `[N, C, H, W]`.
  ///
  /// - Throws: ``GeometryError`` for an empty image, or where nothing would be left.
  public func outputShape(input: Shape) throws(GeometryError) -> Shape {
    guard input.rank == 4, input[2] >= 1, input[3] >= 1 else {
      throw GeometryError("the input must be [N, C, H, W] with H and W at least 1, it is \(input)")
    }
    do {
      return try Shape(
        checking: [input[0], input[1], try size(input[2], \.height), try size(input[3], \.width)])
    } catch let error as GeometryError {
      throw error
    } catch {
      throw GeometryError("\(error)")
    }
  }

  private func size(_ length: Int, _ axis: KeyPath<PlaneSize, Int>) throws(GeometryError) -> Int {
    switch target {
    case .size(let size): return size[keyPath: axis]
    case .scale(let height, let width):
      let scale = axis == \.height ? height : width
      let size = (Double(length) * scale).rounded(.down)
      guard size >= 1, size <= 0x1p40 else {
        throw GeometryError("\(length) elements cannot become \(size) by a scale of \(scale)")
      }
      return Int(size)
    }
  }
}
