extension Tensor where Scalar: FloatingScalar {
  /// The transpose of a convolution: each element of self spreads the filters of its channel over the output,
  ///
  ///     out[n, k, y·stride + r·dilation - top, x·stride + s·dilation - left] += self[n,c,y,x] · weight[c,k,r,s]
  ///
  /// and what falls outside is lost. Zeiler, Krishnan, Taylor and Fergus 2010, "Deconvolutional networks".
  ///
  /// - Parameters:
  ///   - weight: the filters, `[C, K/groups, R, S]`: those of the convolution from K to C channels.
  ///   - bias: `[K]`, added to each position of an output channel.
  ///   - geometry: that of the convolution; its padding may not be `same`.
  ///   - outputPadding: rows and columns more below and on the right, fewer than the stride: of the sizes that the
  ///     convolution maps to self's, a larger one. Default 0.
  /// - Returns: `[N, K, OH, OW]` for self `[N, C, H, W]`, OH = (H - 1) S - top - bottom + D (R - 1) + 1 + outputPadding.
  ///   Stops where the shapes do not go together. Cost: that of ``conv2dInputGradient(weight:inputShape:geometry:)``.
  public func conv2dTransposed(
    _ weight: Tensor, bias: Tensor? = nil, geometry: ConvolutionGeometry, outputPadding: PlaneSize = 0
  ) -> Tensor {
    let output: Shape
    do {
      output = try geometry.transposedShape(input: shape, weight: weight.shape, outputPadding: outputPadding)
    } catch {
      stop("transposed conv2d", error.description)
    }
    var result = conv2dInputGradient(weight: weight, inputShape: output, geometry: geometry)
    guard let bias else { return result }
    guard bias.shape == [output[1]] else {
      stop("transposed conv2d", "the bias must be [\(output[1])] for weight \(weight.shape), it is \(bias.shape)")
    }
    result += bias.reshaped([output[1], 1, 1])
    return result
  }
}

extension ConvolutionGeometry {
  /// The output's shape `[N, K, OH, OW]` of the transposed convolution, for an input `[N, C, H, W]` and a weight
  /// `[C, K/groups, R, S]`.
  ///
  /// - Throws: ``GeometryError`` with both shapes where they do not go together.
  public func transposedShape(
    input: Shape, weight: Shape, outputPadding: PlaneSize = 0
  ) throws(GeometryError) -> Shape {
    guard input.rank == 4 else { throw GeometryError("the input must be [N, C, H, W], it is \(input)") }
    guard weight.rank == 4 else { throw GeometryError("the weight must be [C, K/groups, R, S], it is \(weight)") }
    guard input[1] == weight[0], weight[0] % groups == 0 else {
      let note = groups > 1 ? " in \(groups) groups" : ""
      throw GeometryError("weight \(weight) needs \(weight[0]) input channels\(note), the input is \(input)")
    }
    let size = try transposedSize(for: PlaneSize(height: input[2], width: input[3]), outputPadding: outputPadding)
    do {
      return try Shape(checking: [input[0], weight[1] * groups, size.height, size.width])
    } catch {
      throw GeometryError("weight \(weight), input \(input): \(error)")
    }
  }

  /// The size that the transposed convolution makes of an input of the given size.
  ///
  /// - Throws: ``GeometryError`` for `same` padding, for output padding that is not smaller than the stride, and where
  ///   the padding takes everything away.
  public func transposedSize(
    for input: PlaneSize, outputPadding: PlaneSize = 0
  ) throws(GeometryError) -> PlaneSize {
    guard case .sides(let top, let bottom, let left, let right) = padding else {
      throw GeometryError("a transposed convolution needs its padding in numbers, not `same`")
    }
    guard 0..<stride.height ~= outputPadding.height, 0..<stride.width ~= outputPadding.width else {
      throw GeometryError("the output padding \(outputPadding) must be smaller than the stride of \(stride)")
    }
    guard input.height >= 1, input.width >= 1 else { throw GeometryError("an input of \(input) has no elements") }
    func length(_ axis: KeyPath<PlaneSize, Int>, _ padding: Int) -> Int {
      let kernel = dilation[keyPath: axis] * (self.kernel[keyPath: axis] - 1) + 1
      return (input[keyPath: axis] - 1) * stride[keyPath: axis] + kernel + outputPadding[keyPath: axis] - padding
    }
    let size = PlaneSize(height: length(\.height, top + bottom), width: length(\.width, left + right))
    guard size.height >= 1, size.width >= 1 else {
      throw GeometryError("an input of \(input) with padding \(padding) leaves an output of \(size)")
    }
    return size
  }
}
