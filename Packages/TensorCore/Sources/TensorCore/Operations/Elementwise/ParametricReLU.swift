import CKernels

/// The rectifier with a slope for negative values that is trained: y = x where x > 0, else w x.
///
/// He, Zhang, Ren and Sun 2015, "Delving deep into rectifiers: surpassing human-level performance on ImageNet classification".
extension Tensor where Scalar: FloatingScalar {
  /// x where x > 0, else w x, with one w `[1]` for all or one for each channel of `[N, C, …]`, `[C]`. One pass.
  public func prelu(_ weight: Tensor) -> Tensor {
    let layout = preluLayout(weight)
    if weight.count == 1 { return activated(.leakyReLU(slope: weight.slope)) }
    let result = Tensor(uninitialized: shape)
    layout.forEachPlanes {
      nt_prelu(Scalar.code, storage.start, $0, weight.storage.start, result.storage.start)
    }
    withExtendedLifetime((self, weight)) {}
    return result
  }

  /// The gradients of ``prelu(_:)``, when this is that of its output: dx = g where x > 0, else w g; dw = Σ g min(x, 0).
  /// Two passes.
  public func preluGradient(input: Tensor, weight: Tensor) -> (input: Tensor, weight: Tensor) {
    checkSameShape(input, "preluGradient")
    let layout = preluLayout(weight)
    let sums = preluSums(input: input, layout)
    if weight.count == 1 {
      let gradient = activationGradient(.leakyReLU(slope: weight.slope), input: input)
      return (gradient, sums.sum().reshaped([1]).converted(to: Scalar.self))
    }
    let result = Tensor(uninitialized: shape)
    layout.forEachPlanes {
      nt_prelu_gradient(
        Scalar.code, storage.start, input.storage.start, $0, weight.storage.start, result.storage.start)
    }
    withExtendedLifetime((self, input, weight)) {}
    return (result, sums.converted(to: Scalar.self))
  }

  /// Σ g min(x, 0) of each channel; this is g.
  private func preluSums(input: Tensor, _ layout: ChannelLayout) -> Tensor<Double> {
    let sums = Tensor<Double>(uninitialized: [layout.channels])
    layout.forEachChannels { range, view in
      let start = range.lowerBound * layout.plane
      withUnsafePointer(to: view) {
        nt_prelu_sums(
          Scalar.code, storage.start + start, input.storage.start + start, $0, sums.storage.start + range.lowerBound)
      }
    }
    withExtendedLifetime((self, input)) {}
    return sums
  }

  private var slope: Double { converted(to: Double.self).scalars[0] }

  private func preluLayout(_ weight: Tensor) -> ChannelLayout {
    if weight.shape == [1], rank < 2 { return ChannelLayout(images: 1, channels: 1, plane: count) }
    let layout = ChannelLayout(shape, "prelu")
    guard weight.shape == [layout.channels] || weight.shape == [1] else {
      stop("prelu", "the input \(shape) needs a weight [1] or [\(layout.channels)], not \(weight.shape)")
    }
    return layout
  }
}
