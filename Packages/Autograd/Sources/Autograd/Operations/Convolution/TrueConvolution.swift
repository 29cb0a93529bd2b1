import TensorCore

extension Variable {
  /// The convolution of two lines `[N]` or planes `[H, W]`, the kernel flipped along all axes: see the tensors'
  /// `convolved(with:extent:)`.
  public func convolved(with kernel: Variable, extent: ConvolutionExtent = .full) -> Variable {
    let plan = PlaneCorrelation("convolved", input: shape, kernel: kernel.shape, extent: extent, isFlipped: true)
    return carriedOut(plan, kernel.flipped(along: Array(kernel.shape.indices)))
  }

  /// The cross-correlation of two lines `[N]` or planes `[H, W]`: as ``convolved(with:extent:)``, but nothing is flipped.
  public func crossCorrelated(with kernel: Variable, extent: ConvolutionExtent = .valid) -> Variable {
    let plan = PlaneCorrelation("crossCorrelated", input: shape, kernel: kernel.shape, extent: extent, isFlipped: false)
    return carriedOut(plan, kernel)
  }

  private func carriedOut(_ plan: PlaneCorrelation, _ kernel: Variable) -> Variable {
    reshaped(plan.image).conv2d(kernel.reshaped(plan.filter), geometry: plan.geometry).reshaped(plan.output)
  }
}
