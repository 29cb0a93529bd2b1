import TensorCore

/// A rectangle of an image, perhaps mirrored: what flips and crops come to together.
///
/// Pixel (x, y) of the result is pixel `(left + x', top + y')` of the image, black outside of it, where x' is x counted from
/// the other end if ``isMirrored``, and y' is y counted from the other end if ``isUpsideDown``.
struct Rearrangement: Sendable, Hashable {
  /// The rectangle.
  var region: ImageRegion
  /// Whether left becomes right.
  var isMirrored = false
  /// Whether up becomes down.
  var isUpsideDown = false

  /// An image of the given size as it is.
  init(_ size: ImageSize) { region = ImageRegion(top: 0, left: 0, size: size) }

  /// All steps together for an image of the given size. Draws the numbers that the steps draw.
  init(_ steps: [any RearrangingTransform], size: ImageSize, using random: inout RandomStream) {
    self.init(size)
    for step in steps { step.rearrange(&self, using: &random) }
  }

  /// The steps if they are flips and at most one crop, which keeps the size: what becomes of a pixel is known without
  /// calculating them. What lies beyond the first of two crops would have to be known.
  static func moves(_ steps: [any ImageTransform], size: ImageSize) -> [any RearrangingTransform]? {
    let moves = steps.compactMap { $0 as? any RearrangingTransform }
    let crops = steps.compactMap { $0 as? RandomCrop }
    return moves.count == steps.count && crops.count <= 1 && crops.allSatisfy { $0.size == size } ? moves : nil
  }

  /// Takes a rectangle of what there is.
  mutating func crop(to part: ImageRegion) {
    let whole = region.size
    let top = isUpsideDown ? whole.height - part.top - part.size.height : part.top
    let left = isMirrored ? whole.width - part.left - part.size.width : part.left
    region = ImageRegion(top: region.top + top, left: region.left + left, size: part.size)
  }
}

/// A step that moves pixels and changes none.
protocol RearrangingTransform: ImageTransform {
  /// Adds the step to those before it, drawing the numbers that ``ImageTransform/transformed(_:using:)`` draws.
  func rearrange(_ rearrangement: inout Rearrangement, using random: inout RandomStream)
}

extension RandomHorizontalFlip: RearrangingTransform {
  func rearrange(_ rearrangement: inout Rearrangement, using random: inout RandomStream) {
    if random.uniform() < probability { rearrangement.isMirrored.toggle() }
  }
}

extension RandomVerticalFlip: RearrangingTransform {
  func rearrange(_ rearrangement: inout Rearrangement, using random: inout RandomStream) {
    if random.uniform() < probability { rearrangement.isUpsideDown.toggle() }
  }
}

extension RandomCrop: RearrangingTransform {
  func rearrange(_ rearrangement: inout Rearrangement, using random: inout RandomStream) {
    rearrangement.crop(to: region(of: rearrangement.region.size, using: &random))
  }
}
