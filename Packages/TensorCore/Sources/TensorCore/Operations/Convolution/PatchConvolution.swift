import CKernels

/// Convolution as a matrix product, for every type and geometry: weights `[K, C/groups·R·S]` times a matrix of patches
/// whose column `(y, x)` holds what the kernel sees there.
///
/// One product serves a band of rows of one group of channels of one image, so that its patches stay in cache. Many
/// images are shared out over the threads, few are taken one after the other and share each step out: what is added up,
/// and in which order, depends on the shapes only.
struct PatchConvolution<Scalar: FloatingScalar> {
  private let shapes: ConvolutionShapes
  private let arguments: nt_convolution
  /// Filters and channels of a group, weights of a filter, positions of an output channel.
  private let filters: Int
  private let channels: Int
  private let taps: Int
  private let plane: Int
  /// Whether the patches are the image itself: a 1×1 kernel at stride 1 without padding.
  private let isPointwise: Bool
  private let bands: Steps

  init(_ shapes: ConvolutionShapes) {
    self.shapes = shapes
    arguments = shapes.kernelArguments
    (filters, channels) = (shapes.weight[0] / shapes.groups, shapes.weight[1])
    taps = channels * shapes.weight[2] * shapes.weight[3]
    plane = shapes.output[2] * shapes.output[3]
    isPointwise = taps == channels && plane == shapes.input[2] * shapes.input[3]
    let rowBytes = max(taps * shapes.output[3], 1) * MemoryLayout<Scalar>.stride
    bands = Steps(count: shapes.output[2], step: max(1, Limits.bandBytes / rowBytes), parts: 1, multipleOf: 1)
  }

  func forward(_ input: Tensor<Scalar>, weight: Tensor<Scalar>, bias: Tensor<Scalar>?) -> Tensor<Scalar> {
    AlgorithmLog.note("patches")
    let result = Tensor<Scalar>(uninitialized: shapes.output)
    forEach(part: shapes.batch * shapes.groups) { part in
      let group = part % shapes.groups
      let output = result.storage.start + part * filters * plane
      if let bias {
        for filter in 0..<filters {
          (output + filter * plane).update(repeating: bias.storage.start[group * filters + filter], count: plane)
        }
      }
      let weights = MatrixView(weight.storage.start + group * filters * taps, stride: taps)
      forEachBand { rows, offset, patches in
        gemm(
          filters, rows.count * shapes.output[3], taps, weights, gather(self.input(input, part), rows, into: patches),
          into: MutableMatrixView(output + offset, rowStride: plane), accumulating: bias != nil)
      }
    }
    return result
  }

  /// The patches' gradients are the transposed weights times the gradient; each is added where its patch came from.
  func inputGradient(_ gradient: Tensor<Scalar>, weight: Tensor<Scalar>) -> Tensor<Scalar> {
    AlgorithmLog.note("patches")
    let result = Tensor<Scalar>(uninitialized: shapes.input)
    forEach(part: shapes.batch * shapes.groups) { part in
      let to = input(result, part)
      let weights = MatrixView(
        weight.storage.start + part % shapes.groups * filters * taps, stride: taps, transposed: true)
      let from = gradient.storage.start + part * filters * plane
      if !isPointwise { to.update(repeating: 0, count: shapes.inputImage / shapes.groups) }
      forEachBand { rows, offset, patches in
        let columns = rows.count * shapes.output[3]
        let target =
          isPointwise
          ? MutableMatrixView(to + offset, rowStride: plane) : MutableMatrixView(patches, rowStride: columns)
        gemm(taps, columns, filters, weights, MatrixView(from + offset, stride: plane), into: target)
        if !isPointwise { scatter(patches, rows, into: to) }
      }
    }
    return result
  }

  /// The gradient times the transposed patches, summed over the images: in runs of images that have a sum each, then the
  /// sums in order.
  func weightGradient(_ gradient: Tensor<Scalar>, input: Tensor<Scalar>) -> Tensor<Scalar> {
    AlgorithmLog.note("patches")
    let count = shapes.weight.count
    let most = max(1, min(Limits.sums, Limits.sumElements / max(count, 1)))
    let runs = Steps(count: shapes.batch, step: .max, parts: most, multipleOf: 1)
    guard count > 0, plane > 0, runs.count > 1 else {
      let result = Tensor<Scalar>(uninitialized: shapes.weight)
      addWeightGradients(gradient, input, of: 0..<shapes.batch, to: result.storage.start)
      return result
    }
    let sums = Storage<Scalar>(count: runs.count * count)
    forEach(part: runs.count) { addWeightGradients(gradient, input, of: runs[$0], to: sums.start + $0 * count) }
    sums.addRows(runs.count)
    return Tensor(shape: shapes.weight) { $0.baseAddress?.update(from: sums.start, count: count) }
  }

  private func addWeightGradients(
    _ gradient: Tensor<Scalar>, _ input: Tensor<Scalar>, of images: Range<Int>, to sum: UnsafeMutablePointer<Scalar>
  ) {
    sum.update(repeating: 0, count: shapes.weight.count)
    for part in images.lowerBound * shapes.groups..<images.upperBound * shapes.groups {
      let from = gradient.storage.start + part * filters * plane
      forEachBand { rows, offset, patches in
        let view = gather(self.input(input, part), rows, into: patches)
        let transposed = MatrixView(view.start, rowStride: view.columnStride, columnStride: view.rowStride)
        gemm(
          filters, taps, rows.count * shapes.output[3], MatrixView(from + offset, stride: plane), transposed,
          into: MutableMatrixView(sum + part % shapes.groups * filters * taps, rowStride: taps), accumulating: true)
      }
    }
  }

  /// The channels of the input of a part: one group of one image.
  private func input(_ tensor: Tensor<Scalar>, _ part: Int) -> UnsafeMutablePointer<Scalar> {
    tensor.storage.start + part * (shapes.inputImage / shapes.groups)
  }

  private func forEach(part count: Int, _ body: (Int) -> Void) {
    guard count < Limits.parts else { return ThreadPool.run(blocks: count, body) }
    for part in 0..<count { body(part) }
  }

  /// Calls `body` with each band of rows of the output, the offset of its first element in a channel, and memory for
  /// its patches.
  private func forEachBand(_ body: (Range<Int>, Int, UnsafeMutablePointer<Scalar>) -> Void) {
    let patches = Storage<Scalar>(count: isPointwise ? 0 : taps * bands.step * shapes.output[3])
    withExtendedLifetime(patches) {
      for rows in bands { body(rows, rows.lowerBound * shapes.output[3], patches.start) }
    }
  }

  /// The patches of a band of rows, `[C/groups·R·S, rows·OW]`.
  private func gather(
    _ image: UnsafePointer<Scalar>, _ rows: Range<Int>, into patches: UnsafeMutablePointer<Scalar>
  ) -> MatrixView<Scalar> {
    if isPointwise { return MatrixView(image + rows.lowerBound * shapes.output[3], stride: plane) }
    forEachRun(of: rows) { first, channels, offset in
      withUnsafePointer(to: arguments) { arguments in
        nt_gather_patches(
          Scalar.elementType == .double, arguments, image + first * arguments.pointee.height * arguments.pointee.width,
          channels, rows.lowerBound, rows.upperBound, patches + offset)
      }
    }
    return MatrixView(patches, stride: rows.count * shapes.output[3])
  }

  private func scatter(
    _ patches: UnsafeMutablePointer<Scalar>, _ rows: Range<Int>, into image: UnsafeMutablePointer<Scalar>
  ) {
    forEachRun(of: rows) { first, channels, offset in
      withUnsafePointer(to: arguments) { arguments in
        nt_scatter_patches(
          Scalar.elementType == .double, arguments, patches + offset, channels, rows.lowerBound, rows.upperBound,
          image + first * arguments.pointee.height * arguments.pointee.width)
      }
    }
  }

  /// Calls `body` with runs of channels, spread over the threads: the first, how many, and where their patches begin.
  private func forEachRun(of rows: Range<Int>, _ body: (_ first: Int, _ channels: Int, _ offset: Int) -> Void) {
    let perChannel = taps / channels * rows.count * shapes.output[3]
    let runs = Steps(
      count: channels, step: max(1, Limits.movedElements / max(perChannel, 1)), parts: 1, multipleOf: 1)
    ThreadPool.run(blocks: runs.count) { index in
      body(runs[index].lowerBound, runs[index].count, runs[index].lowerBound * perChannel)
    }
  }
}

private enum Limits {
  /// Bytes of the patches of one product.
  static let bandBytes = 1 << 20
  /// From this many parts on, each is a block of its own.
  static let parts = 8
  /// Sums that the gradient of the weights is added up in, and elements of all of them together.
  static let sums = 16
  static let sumElements = 1 << 22
  /// Elements worth a block of their own where elements are moved.
  static let movedElements = 1 << 16
}

extension Storage where Scalar: FloatingScalar {
  /// Adds all rows of a matrix to its first, in order, spread over the threads.
  func addRows(_ rows: Int) {
    let columns = count / rows
    let runs = Steps(count: columns, step: 4096, parts: 1, multipleOf: 1)
    ThreadPool.run(blocks: runs.count) { index in
      nt_add_rows(
        Scalar.elementType == .double, start, rows, columns, runs[index].lowerBound, runs[index].upperBound)
    }
  }
}
