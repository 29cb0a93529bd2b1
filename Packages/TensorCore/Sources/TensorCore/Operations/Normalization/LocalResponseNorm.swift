import CKernels

/// Local response normalisation: a value is damped by its neighbours' in other channels at the same place.
///
/// Krizhevsky, Sutskever and Hinton 2012, "ImageNet classification with deep convolutional neural networks", section 3.3.
public struct ResponseWindow: Sendable, Hashable {
  /// The channels that are summed over, those before and after alike; an even size has one more before.
  public let size: Int
  /// The factor of the sum, divided by ``size``: the paper's factor is this one divided by the size.
  public let alpha: Double
  /// The exponent.
  public let beta: Double
  /// What is added to the sum.
  public let k: Double

  /// A window with the given numbers.
  ///
  /// - Parameters:
  ///   - size: channels in the window, at least 1.
  ///   - alpha: divided by `size`, as in PyTorch. Default 10⁻⁴.
  ///   - beta: the exponent. Default 3/4.
  ///   - k: the constant, above 0. Default 1.
  public init(size: Int, alpha: Double = 1e-4, beta: Double = 0.75, k: Double = 1) {
    guard size >= 1, k > 0 else {
      stop("local response", "needs a window of at least 1 and k above 0, not \(size) and \(k)")
    }
    (self.size, self.alpha, self.beta, self.k) = (size, alpha, beta, k)
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// y = x / (k + α/n Σ x²)^β with the sum over the n channels around the own one that exist. Self is `[N, C, …]`.
  public func localResponseNorm(_ window: ResponseWindow) -> Tensor {
    let layout = ChannelLayout(shape, "localResponseNorm")
    let result = Tensor(uninitialized: shape)
    layout.forEachTile(window) { view, start, width in
      nt_response(Scalar.code, storage.start + start, view, width, result.storage.start + start)
    }
    withExtendedLifetime(self) {}
    return result
  }

  /// The gradient of ``localResponseNorm(_:)`` with respect to its input, when this is that of its output. With s the sum
  /// with its constant: dxᵢ = gᵢ sᵢ^−β − 2αβ/n xᵢ Σⱼ gⱼ xⱼ sⱼ^(−β−1), j over the channels whose window has i.
  public func localResponseNormGradient(input: Tensor, _ window: ResponseWindow) -> Tensor {
    checkSameShape(input, "localResponseNormGradient")
    let layout = ChannelLayout(shape, "localResponseNormGradient")
    let result = Tensor(uninitialized: shape)
    let scratchCount = layout.channels * nt_response_scratch
    layout.forEachTile(window) { view, start, width in
      withUnsafeTemporaryAllocation(of: Scalar.self, capacity: scratchCount) { scratch in
        nt_response_gradient(
          Scalar.code, storage.start + start, input.storage.start + start, view, width, scratch.baseAddress,
          result.storage.start + start)
      }
    }
    withExtendedLifetime((self, input)) {}
    return result
  }
}

extension ChannelLayout {
  /// Calls `body` with pieces of neighbouring positions, each of all channels of an image: where it starts and how wide
  /// it is. Spread over the threads.
  fileprivate func forEachTile(
    _ window: ResponseWindow, _ body: (UnsafePointer<nt_response_view>, _ start: Int, _ width: Int) -> Void
  ) {
    let view = nt_response_view(
      channels: channels, plane: plane, size: window.size, alpha: window.alpha, beta: window.beta, k: window.k)
    let tile = 64
    let tiles = (plane + tile - 1) / tile
    Cut.run(rows: images * tiles, of: channels * Swift.min(tile, plane)) { blocks in
      withUnsafePointer(to: view) { view in
        for block in blocks {
          let first = block % tiles * tile
          body(view, block / tiles * channels * plane + first, Swift.min(tile, plane - first))
        }
      }
    }
  }
}
