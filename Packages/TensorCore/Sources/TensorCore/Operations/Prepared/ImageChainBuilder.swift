import CKernels

/// Turns the operations of an ``ImageChain`` into steps of the kernels, one after the other, as far as they suit.
struct ImageChainBuilder {
  /// Products of all layers that one thread does alone, and weights that stay in its second-level cache meanwhile.
  private static let mostWork = 1 << 20
  private static let mostWeights = 1 << 17
  /// Elements of a map.
  private static let mostElements = 1 << 14
  /// What vectors may reach beyond a map.
  private static let slack = 32

  private let weights: PackedWeights
  private var steps: [nt_chain_step] = []
  private var tables: [ImageChainTable] = []
  private var kept: [Storage<Float>] = []
  private var mapCount = 0
  private var weightCount = 0
  /// The pixels' `[H·W, C]` where rows are images whose pixels lie side by side.
  private var pixelsOfRow: (count: Int, channels: Int)?
  /// Where the value so far lies in the memory of maps; -1 for the image itself.
  private var place = -1

  /// The shape of the value so far, and whether it lies channels-last.
  private(set) var shape: Shape
  private(set) var isPixels = false
  /// The products that all layers of an image add up.
  private(set) var work = 0
  /// The number of convolutions and products.
  private(set) var layers = 0

  init(_ shape: Shape, packing weights: PackedWeights) { (self.shape, self.weights) = (shape, weights) }

  /// The steps so far; to be called once.
  var program: ImageChainProgram {
    var steps = steps
    steps[steps.count - 1].to = -1
    return ImageChainProgram(steps, tables: tables, weights: kept, mapCount: mapCount)
  }

  /// Adds the first of the given links, and those that are done in the same step; returns how many. None if the first does
  /// not suit.
  mutating func add(_ links: ArraySlice<ChainLink>) -> Int {
    switch links.first {
    case .convolution(let weight, let bias, let geometry):
      guard let shapes = try? ConvolutionShapes(input: shape, weight: weight.shape, geometry: geometry),
        suits(shapes)
      else { return 0 }
      let following = ChainEnding(links.dropFirst(), output: shapes.output)
      addConvolution(shapes, weight, bias, following)
      return 1 + following.count
    case .flatten:
      guard shape.rank == 4, case .product(let matrix, let transposed, let bias) = links.dropFirst().first,
        suits(matrix, transposed, inputs: shape.count / shape[0])
      else { return 0 }
      pixelsOfRow = isPixels ? (count: shape[2] * shape[3], channels: shape[1]) : nil
      shape = [shape[0], shape.count / shape[0]]
      return 1 + addProduct(matrix, transposed, bias, links.dropFirst(2))
    case .product(let matrix, let transposed, let bias):
      guard shape.rank == 2, suits(matrix, transposed, inputs: shape[1]) else { return 0 }
      return addProduct(matrix, transposed, bias, links.dropFirst())
    default:
      return 0
    }
  }

  private func suits(work: Int, weights: Int) -> Bool {
    self.work + work <= Self.mostWork && weightCount + weights <= Self.mostWeights
  }

  private func suits(_ shapes: ConvolutionShapes) -> Bool {
    let sides = [shapes.rows.before, shapes.rows.after, shapes.columns.before, shapes.columns.after]
    let laidOut = shapes.input[1] * (shapes.input[2] + sides[0] + sides[1]) * (shapes.input[3] + sides[2] + sides[3])
    return shapes.groups == 1 && shapes.output.count > 0 && shapes.weight.count > 0 && sides.allSatisfy { $0 >= 0 }
      && max(laidOut, shapes.outputImage) <= Self.mostElements && suits(work: shapes.work, weights: shapes.weight.count)
  }

  private func suits(_ matrix: Tensor<Float>, _ transposed: Bool, inputs: Int) -> Bool {
    matrix.rank == 2 && matrix.count > 0 && matrix.shape[transposed ? 1 : 0] == inputs
      && suits(work: matrix.count, weights: matrix.count)
  }

  /// Memory for a map, where the value now lies.
  private mutating func takeMap(_ count: Int) -> Int {
    place = mapCount
    mapCount += (count + Self.slack + 15) / 16 * 16
    return place
  }

  private mutating func keep(_ storage: Storage<Float>) -> UnsafePointer<Float> {
    kept.append(storage)
    return UnsafePointer(storage.start)
  }

  private mutating func table(_ numbers: [Int]) -> UnsafePointer<Int>? {
    let table = ImageChainTable(numbers)
    tables.append(table)
    return UnsafePointer(table.numbers.baseAddress)
  }

  // MARK: Products

  /// Returns the number of links, the product's own among them.
  private mutating func addProduct(
    _ matrix: Tensor<Float>, _ transposed: Bool, _ bias: Tensor<Float>?, _ following: ArraySlice<ChainLink>
  ) -> Int {
    let inputs = shape[1], outputs = matrix.count / inputs, pixels = pixelsOfRow
    let form = "image chain, product \(transposed) of \(pixels.map { "\($0)" } ?? "rows")"
    let packed = weights.packed(matrix, as: form) { weight in
      ImageChainPacking.product(inputs: inputs, outputs: outputs) { input, output in
        let row = pixels.map { input % $0.channels * $0.count + input / $0.channels } ?? input
        return transposed ? weight[output * inputs + row] : weight[row * outputs + output]
      }
    }
    var step = nt_chain_step()
    step.kind = nt_chain_is_product
    step.weight = keep(packed)
    step.end = nt_chain_end()
    step.end.bias = keep(ImageChainPacking.bias(bias, count: outputs))
    let function = following.first?.apply(to: &step.end) ?? false
    step.product = nt_chain_product(inputs: inputs, outputs: outputs)
    step.from = place
    step.to = takeMap(outputs)
    append(step, to: [shape[0], outputs], work: matrix.count, weights: matrix.count)
    (isPixels, pixelsOfRow) = (false, nil)
    return function ? 2 : 1
  }

  private mutating func append(_ step: nt_chain_step, to shape: Shape, work: Int, weights: Int) {
    steps.append(step)
    self.shape = shape
    self.work += work
    weightCount += weights
    layers += 1
  }

  // MARK: Convolutions

  private mutating func addConvolution(
    _ shapes: ConvolutionShapes, _ weight: Tensor<Float>, _ bias: Tensor<Float>?, _ following: ChainEnding
  ) {
    let shrink = following.pools ? 2 : 1
    let calculated = (rows: following.output[2] * shrink, columns: following.output[3] * shrink)
    let prefersPlanes = prefersPlanes(shapes, calculated.columns)
    let reachesOut = prefersPlanes && place < 0 && calculated.columns < nt_lane_count()
    let map = layOut(shapes, always: reachesOut)
    var step = nt_chain_step()
    step.end = following.end
    step.end.bias = keep(ImageChainPacking.bias(bias, count: weight.shape[0]))
    step.from = place
    if prefersPlanes {
      step.kind = nt_chain_is_planes
      step.weight = keep(
        weights.packed(weight, as: "image chain, planes") { ImageChainPacking.planes($0, weight.shape) })
      step.planes = nt_chain_planes(
        channels: shapes.input[1], row: map.width, plane: map.height * map.width, kernel_height: weight.shape[2],
        kernel_width: weight.shape[3], filters: weight.shape[0], rows: calculated.rows, columns: calculated.columns)
    } else {
      step.kind = nt_chain_is_patches
      let isPixels = isPixels
      step.weight = keep(
        weights.packed(weight, as: "image chain, patches of \(isPixels ? "pixels" : "planes")") {
          ImageChainPacking.patches($0, weight.shape, ofPixels: isPixels)
        })
      step.patches = patches(shapes, on: map, following)
    }
    isPixels = !prefersPlanes
    step.to = takeMap(following.output.count / following.output[0])
    append(step, to: following.output, work: shapes.work, weights: weight.count)
  }

  /// Whether neighbours of a row side by side take fewer multiply-adds than filters side by side.
  private func prefersPlanes(_ shapes: ConvolutionShapes, _ columns: Int) -> Bool {
    let isPlain = [shapes.rows, shapes.columns].allSatisfy { $0.stride == 1 && $0.dilation == 1 }
    let lanes = nt_lane_count(), filters = shapes.weight[0]
    func vectors(_ count: Int) -> Int { (count + lanes - 1) / lanes }
    return !isPixels && isPlain && filters * vectors(columns) <= columns * vectors(filters)
  }

  /// The size of the map that the convolution reads: the value so far, or a copy of it with zeros around.
  private mutating func layOut(_ shapes: ConvolutionShapes, always: Bool) -> (height: Int, width: Int) {
    let (channels, rows, columns) = (shapes.input[1], shapes.rows, shapes.columns)
    let height = shapes.input[2] + rows.before + rows.after, width = shapes.input[3] + columns.before + columns.after
    guard always || (height, width) != (shapes.input[2], shapes.input[3]) else { return (height, width) }
    let together = isPixels ? channels : 1
    var step = nt_chain_step()
    step.kind = nt_chain_is_layout
    step.layout = nt_chain_layout(
      planes: channels / together, plane: height * width * together,
      rectangle: nt_rows_rectangle(
        height: shapes.input[2], width: shapes.input[3], channels: together, first_channel: 0, count: together,
        first_row: -rows.before, rows: height, row_step: 1, first_column: -columns.before, columns: width,
        column_step: 1, pixel: together))
    step.from = place
    step.to = takeMap(channels * height * width)
    steps.append(step)
    return (height, width)
  }

  /// Where the pieces of each pixel's patch lie in the map.
  private mutating func patches(
    _ shapes: ConvolutionShapes, on map: (height: Int, width: Int), _ following: ChainEnding
  ) -> nt_chain_patches {
    let (channels, rows, columns) = (shapes.input[1], shapes.rows, shapes.columns)
    let pixel = isPixels ? channels : 1, row = map.width * pixel
    let planes = isPixels ? 1 : channels, isDense = columns.dilation == 1
    var offsets: [Int] = []
    for plane in 0..<planes {
      for tap in 0..<rows.size {
        let start = plane * map.height * map.width + tap * rows.dilation * row
        offsets += (0..<(isDense ? 1 : columns.size)).map { start + $0 * columns.dilation * pixel }
      }
    }
    let window = following.pools ? [(0, 0), (0, 1), (1, 0), (1, 1)] : [(0, 0)], shrink = following.pools ? 2 : 1
    var sources: [Int] = []
    for y in 0..<following.output[2] {
      for x in 0..<following.output[3] {
        sources += window.map { down, right in
          (y * shrink + down) * rows.stride * row + (x * shrink + right) * columns.stride * pixel
        }
      }
    }
    let depth = isDense ? columns.size * pixel : pixel
    return nt_chain_patches(
      pixels: following.output[2] * following.output[3], filters: shapes.weight[0], sources: table(sources),
      patch: nt_rows_patch(segments: offsets.count, depth: depth, offsets: table(offsets)))
  }
}

/// What follows a convolution in the same step: a function of each element, and pooling of windows of 2×2 side by side.
private struct ChainEnding {
  private(set) var end = nt_chain_end()
  /// The number of links.
  private(set) var count = 0
  /// The shape after pooling.
  private(set) var output: Shape

  var pools: Bool { end.pooling != nt_chain_every }

  init(_ links: ArraySlice<ChainLink>, output: Shape) {
    self.output = output
    var links = links
    let hasFunction = links.first?.apply(to: &end) ?? false
    if hasFunction { links = links.dropFirst() }
    count = hasFunction ? 1 : 0
    guard let (kind, pooled) = links.first?.pooling(of: output) else { return }
    (end.pooling, self.output) = (kind, pooled)
    count += 1
    // A function that grows with its argument may come behind the largest element as well.
    if !hasFunction, kind == nt_chain_largest, links.dropFirst().first?.apply(to: &end) ?? false { count += 1 }
  }
}

extension ChainLink {
  /// Sets the function of each element, if that is what the link is.
  fileprivate func apply(to end: inout nt_chain_end) -> Bool {
    switch self {
    case .tanh: end.function = nt_chain_tanh
    case .sigmoid: end.function = nt_chain_sigmoid
    case .bounds(let bounds):
      (end.function, end.lower, end.upper) = (nt_chain_clamp, bounds.lowerBound, bounds.upperBound)
    default: return false
    }
    return true
  }

  /// The pooling of windows of 2×2 that lie side by side inside the image, and what shape it gives.
  fileprivate func pooling(of shape: Shape) -> (nt_chain_pooling, Shape)? {
    let kind: nt_chain_pooling, geometry: PoolingGeometry
    switch self {
    case .maxPool(let given): (kind, geometry) = (nt_chain_largest, given)
    case .averagePool(let given, _): (kind, geometry) = (nt_chain_mean, given)
    default: return nil
    }
    guard geometry.kernel == 2, geometry.stride == 2, let shapes = try? PoolingShapes(input: shape, geometry: geometry),
      shapes.arguments.pad_top == 0, shapes.arguments.pad_left == 0,
      shapes.output[2] == shape[2] / 2, shapes.output[3] == shape[3] / 2
    else { return nil }
    return (kind, shapes.output)
  }
}
