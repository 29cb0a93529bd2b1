import CKernels

/// What a channels-last convolution does to its sums before it writes them, while they are in registers:
/// `out = clamp(sum + bias[k] + addend[n,y,x,k], lower, upper)`. A NaN stays one.
package struct ConvolutionEpilogue {
  /// One number for each channel of the output.
  package var bias: UnsafePointer<Float>?
  /// Channels-last and of the output's shape: the shortcut of a residual block.
  package var addend: UnsafePointer<Float>?
  /// The bounds: 0 and infinity for a ReLU, 0 and 6 for a ReLU6.
  package var lower: Float
  package var upper: Float
  /// The distance of pixels in the result, if its channels are a part of those of wider images; without an addend.
  package var pixel: Int?

  package init(
    bias: UnsafePointer<Float>? = nil, addend: UnsafePointer<Float>? = nil, lower: Float = -.infinity,
    upper: Float = .infinity
  ) {
    (self.bias, self.addend, self.lower, self.upper) = (bias, addend, lower, upper)
  }

  /// What the C kernels read.
  var kernelArguments: nt_epilogue { nt_epilogue(bias: bias, addend: addend, lower: lower, upper: upper) }
}
