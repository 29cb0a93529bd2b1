import TensorCore

/// Images at another size: each gradient is spread over the elements that made its element.
struct Resampling2d: Operation {
  let name = "resampled2d"
  let geometry: ResamplingGeometry
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let shape = inputs[0].shape
    return Recorded(inputs[0].resampled2d(geometry)) { gradient in
      [gradient.resampled2dGradient(inputShape: shape, geometry: geometry)]
    }
  }
}

/// Channels as a finer image, or back: the gradient goes the other way.
struct PixelShuffling: Operation {
  let name = "pixelShuffled"
  let factor: Int
  let isInverse: Bool
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    guard isInverse else {
      return Recorded(inputs[0].pixelShuffled(by: factor)) { [$0.pixelUnshuffled(by: factor)] }
    }
    return Recorded(inputs[0].pixelUnshuffled(by: factor)) { [$0.pixelShuffled(by: factor)] }
  }
}

extension Variable {
  /// The images `[N, C, H, W]` at another size: see `ResamplingGeometry`.
  public func resampled2d(_ geometry: ResamplingGeometry) -> Variable {
    Resampling2d(geometry: geometry).apply(to: self)
  }

  /// `[N, C·r², H, W]` laid out as `[N, C, H·r, W·r]`.
  public func pixelShuffled(by factor: Int) -> Variable {
    PixelShuffling(factor: factor, isInverse: false).apply(to: self)
  }

  /// `[N, C, H·r, W·r]` laid out as `[N, C·r², H, W]`.
  public func pixelUnshuffled(by factor: Int) -> Variable {
    PixelShuffling(factor: factor, isInverse: true).apply(to: self)
  }
}
