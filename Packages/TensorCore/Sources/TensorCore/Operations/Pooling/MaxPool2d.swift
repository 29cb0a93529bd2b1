import CKernels

/// Which element of each window was the largest: what the gradient of a max pooling needs.
public struct MaxPoolChoices: Sendable {
  let shapes: PoolingShapes
  /// The number of the chosen element in its window, row by row.
  let numbers: Numbers

  /// One byte per window where that suffices: windows have four elements, or nine.
  enum Numbers: Sendable {
    case bytes(Tensor<UInt8>)
    case words(Tensor<Int32>)
  }

  /// The input's shape, `[N, C, H, W]`.
  public var inputShape: Shape { shapes.input }

  /// For each window the index of the chosen element in its plane, row by row: `i · W + j`; `[N, C, OH, OW]`.
  public var indices: Tensor<Int64> {
    let p = shapes.arguments
    let numbers: [Int] =
      switch numbers {
      case .bytes(let tensor): tensor.scalars.map(Int.init)
      case .words(let tensor): tensor.scalars.map(Int.init)
      }
    return Tensor<Int64>(shape: shapes.output) { buffer in
      for (index, number) in numbers.enumerated() {
        let (y, x) = (index / p.out_width % p.out_height, index % p.out_width)
        let i = y * p.stride_y - p.pad_top + number / p.kernel_width
        let j = x * p.stride_x - p.pad_left + number % p.kernel_width
        buffer[index] = Int64(i * p.width + j)
      }
    }
  }

  /// Numbers of channels-last images; nil where a window has too many elements for a byte.
  fileprivate init?(channelsLast shapes: PoolingShapes) {
    let (taps, overflow) = shapes.arguments.kernel_height.multipliedReportingOverflow(by: shapes.arguments.kernel_width)
    guard !overflow, taps <= 256 else { return nil }
    self.shapes = shapes
    numbers = .bytes(Tensor(uninitializedChannelsLast: shapes.output))
  }

  /// The numbers of channels-last images, in the order of the images.
  fileprivate var channelsLastBytes: UnsafeMutablePointer<UInt8>? {
    guard case .bytes(let tensor) = numbers, tensor.isChannelsLast else { return nil }
    return tensor.memory.start
  }

  fileprivate init(_ shapes: PoolingShapes) {
    self.shapes = shapes
    let arguments = shapes.arguments
    let (taps, overflow) = arguments.kernel_height.multipliedReportingOverflow(by: arguments.kernel_width)
    guard !overflow, taps <= Int(Int32.max) else {
      stop("max pooling", "a window of \(arguments.kernel_height)×\(arguments.kernel_width) has too many elements")
    }
    numbers = taps <= 256 ? .bytes(Tensor(uninitialized: shapes.output)) : .words(Tensor(uninitialized: shapes.output))
  }

  fileprivate var isWords: Bool {
    if case .words = numbers { true } else { false }
  }

  /// Where the numbers from `offset` on lie.
  fileprivate func start(_ offset: Int) -> UnsafeMutableRawPointer {
    switch numbers {
    case .bytes(let tensor): UnsafeMutableRawPointer(tensor.storage.start + offset)
    case .words(let tensor): UnsafeMutableRawPointer(tensor.storage.start + offset)
    }
  }
}

extension Tensor where Scalar: FloatingScalar {
  /// The largest element of each window:
  ///
  ///     output[n,c,y,x] = max_{r,s} self[n, c, y·stride + r - top, x·stride + s - left]
  ///
  /// over the elements inside the image; padding never wins. Of equal elements the first is chosen, row by row; a
  /// window that holds a NaN gives NaN.
  ///
  /// - Returns: the maxima, `[N, C, OH, OW]` (see ``PoolingGeometry``), and which elements they are, for
  ///   ``maxPool2dGradient(_:)``.
  ///
  /// Self is `[N, C, H, W]`; stops if the window does not fit.
  public func maxPool2d(_ geometry: PoolingGeometry) -> (output: Tensor, choices: MaxPoolChoices) {
    let shapes = PoolingShapes.checked("max pooling", input: shape, geometry: geometry)
    if let input = channelsLastFloats, let pooled = maxPooledPixels(input, shapes) { return pooled }
    let result = Tensor(uninitialized: shapes.output), choices = MaxPoolChoices(shapes)
    let from = storage, to = result.storage
    shapes.forEachRun { planes, input, output in
      withUnsafePointer(to: shapes.arguments) { arguments in
        nt_max_pool(
          Scalar.elementType == .double, choices.isWords, arguments, planes, from.start + input, to.start + output,
          choices.start(output))
      }
    }
    return (result, choices)
  }

  /// The largest element of each window, as ``maxPool2d(_:)`` without remembering which it is.
  public func windowMaxima(_ geometry: PoolingGeometry) -> Tensor {
    let shapes = PoolingShapes.checked("max pooling", input: shape, geometry: geometry)
    guard let input = channelsLastFloats, ChannelsLast(shapes.output) != nil else { return maxPool2d(geometry).output }
    let result = Tensor(uninitializedChannelsLast: shapes.output)
    let output = result.orderedFloats
    shapes.pixelWindows().forEachOutputRow { nt_pixel_maxima($0, $1.lowerBound, $1.upperBound, input, output) }
    withExtendedLifetime((self, result)) {}
    return result
  }

  /// The gradient of ``maxPool2d(_:)`` with respect to its input: each element of self, the gradient of the output
  /// `[N, C, OH, OW]`, is added where its maximum came from; zero elsewhere.
  ///
  /// - Returns: the input's shape, `[N, C, H, W]`. Stops if self does not have the output's shape.
  public func maxPool2dGradient(_ choices: MaxPoolChoices) -> Tensor {
    let shapes = choices.shapes
    shapes.check("max pooling gradient", gradient: shape)
    if Scalar.self == Float.self, let numbers = choices.channelsLastBytes {
      return maxPooledPixelsGradient(choices, numbers)
    }
    let result = Tensor(uninitialized: shapes.input)
    let from = storage, to = result.storage
    shapes.forEachRun { planes, input, output in
      withUnsafePointer(to: shapes.arguments) { arguments in
        nt_max_pool_gradient(
          Scalar.elementType == .double, choices.isWords, arguments, planes, from.start + output,
          choices.start(output), to.start + input)
      }
    }
    return result
  }
}

/// Channels-last images.
extension Tensor where Scalar: FloatingScalar {
  private func maxPooledPixels(
    _ input: UnsafePointer<Float>, _ shapes: PoolingShapes
  ) -> (output: Tensor, choices: MaxPoolChoices)? {
    guard ChannelsLast(shapes.output) != nil, let choices = MaxPoolChoices(channelsLast: shapes),
      let numbers = choices.channelsLastBytes
    else { return nil }
    let result = Tensor(uninitializedChannelsLast: shapes.output)
    let output = result.orderedFloats
    shapes.pixelWindows().forEachOutputRow {
      nt_pixel_max($0, $1.lowerBound, $1.upperBound, input, output, numbers)
    }
    withExtendedLifetime((self, result, choices)) {}
    return (result, choices)
  }

  private func maxPooledPixelsGradient(_ choices: MaxPoolChoices, _ numbers: UnsafePointer<UInt8>) -> Tensor {
    let gradient = channelsLast(), result = Tensor(uninitializedChannelsLast: choices.shapes.input)
    let from = gradient.orderedFloats, to = result.orderedFloats
    choices.shapes.pixelWindows().forEachInputRow {
      nt_pixel_max_gradient($0, $1.lowerBound, $1.upperBound, from, numbers, to)
    }
    withExtendedLifetime((gradient, result, choices)) {}
    return result
  }
}
