import CKernels

/// Convolution one tap at a time: for every type and geometry.
///
/// Blocks are single channels of single images (forward, input gradient) or single filters (weight gradient, each adding
/// up its images in order), so that no two blocks write the same element.
struct DirectConvolution {
  private let shapes: ConvolutionShapes
  private let arguments: nt_convolution

  init(_ shapes: ConvolutionShapes) {
    self.shapes = shapes
    arguments = shapes.kernelArguments
  }

  func forward<Scalar: FloatingScalar>(
    _ input: Tensor<Scalar>, weight: Tensor<Scalar>, bias: Tensor<Scalar>?
  ) -> Tensor<Scalar> {
    AlgorithmLog.note("direct")
    let result = Tensor<Scalar>(uninitialized: shapes.output)
    let output = result.storage, filters = shapes.weight[0]
    ThreadPool.run(blocks: shapes.batch * filters) { block in
      let (image, filter) = block.quotientAndRemainder(dividingBy: filters)
      withUnsafePointer(to: arguments) { arguments in
        nt_convolve_direct(
          Scalar.elementType == .double, arguments, input.storage.start + image * shapes.inputImage,
          weight.storage.start, bias?.storage.start, output.start + image * shapes.outputImage, filter, filter + 1)
      }
    }
    return result
  }

  func inputGradient<Scalar: FloatingScalar>(_ gradient: Tensor<Scalar>, weight: Tensor<Scalar>) -> Tensor<Scalar> {
    AlgorithmLog.note("direct")
    let result = Tensor<Scalar>(uninitialized: shapes.input)
    let output = result.storage, channels = shapes.input[1]
    ThreadPool.run(blocks: shapes.batch * channels) { block in
      let (image, channel) = block.quotientAndRemainder(dividingBy: channels)
      withUnsafePointer(to: arguments) { arguments in
        nt_convolve_direct_input_gradient(
          Scalar.elementType == .double, arguments, gradient.storage.start + image * shapes.outputImage,
          weight.storage.start, output.start + image * shapes.inputImage, channel, channel + 1)
      }
    }
    return result
  }

  func weightGradient<Scalar: FloatingScalar>(_ gradient: Tensor<Scalar>, input: Tensor<Scalar>) -> Tensor<Scalar> {
    AlgorithmLog.note("direct")
    let result = Tensor<Scalar>(uninitialized: shapes.weight)
    let output = result.storage
    ThreadPool.run(blocks: shapes.weight[0]) { filter in
      withUnsafePointer(to: arguments) { arguments in
        nt_convolve_direct_weight_gradient(
          Scalar.elementType == .double, arguments, shapes.batch, gradient.storage.start, input.storage.start,
          output.start, filter, filter + 1)
      }
    }
    return result
  }

  func biasGradient<Scalar: FloatingScalar>(_ gradient: Tensor<Scalar>) -> Tensor<Scalar> {
    let result = Tensor<Scalar>(uninitialized: [shapes.weight[0]])
    let output = result.storage
    ThreadPool.run(blocks: shapes.weight[0]) { filter in
      withUnsafePointer(to: arguments) { arguments in
        nt_convolve_bias_gradient(
          Scalar.elementType == .double, arguments, shapes.batch, gradient.storage.start, output.start, filter,
          filter + 1)
      }
    }
    return result
  }
}
