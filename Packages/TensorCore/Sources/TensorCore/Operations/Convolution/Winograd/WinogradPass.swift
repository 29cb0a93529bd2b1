import CKernels

/// One pass of transforms and products from a map to another: the convolution itself, or the gradient of its input.
struct WinogradPass {
  let from: WinogradSource
  /// Its `channels` are the distance of pixels, of which the output may be a part.
  private(set) var to: nt_winograd_map
  let tiles: Int
  let weights: WinogradWeights

  /// - Parameter isGradient: whether the pass goes from filters to channels with kernels that are flipped as it reads them.
  init(from: WinogradSource, to: nt_winograd_map, batch: Int, isGradient: Bool) {
    (self.from, self.to) = (from, to)
    tiles = batch * to.tiles_y * to.tiles_x
    let (inputs, outputs) = (from.channels, to.channels)
    weights =
      isGradient
      ? WinogradWeights(outputs: outputs, inputs: inputs, outputStep: 9, inputStep: 9 * outputs, isFlipped: true)
      : WinogradWeights(outputs: outputs, inputs: inputs, outputStep: 9 * inputs, inputStep: 9, isFlipped: false)
  }

  /// Channels of the output.
  var outputs: Int { weights.outputs }
  var takesStages: Bool { WinogradCost.takesStages(from.channels, outputs, tiles: tiles) }

  func pack(_ weight: UnsafePointer<Float>) -> Storage<Float> {
    takesStages ? weights.packKernels(weight) : weights.packValues(weight)
  }

  func run(
    _ input: UnsafePointer<Float>, packed: UnsafePointer<Float>, epilogue: ConvolutionEpilogue,
    result: UnsafeMutablePointer<Float>
  ) {
    var pass = self
    pass.to.channels = epilogue.pixel ?? outputs
    if takesStages {
      pass.runStages(input, kernels: packed, epilogue: epilogue.kernelArguments, result: result)
    } else {
      pass.runBlocks(input, values: packed, epilogue: epilogue.kernelArguments, result: result)
    }
  }

  func transformInput(_ input: UnsafePointer<Float>, _ tiles: Range<Int>, _ values: nt_winograd_matrices) {
    from.transform(input, tiles, values)
  }

  /// Channels `first` and up of the tiles; the matrices hold only these.
  func transformOutput(
    _ products: nt_winograd_matrices, _ tiles: Range<Int>, _ channels: Range<Int>, _ epilogue: nt_epilogue,
    _ result: UnsafeMutablePointer<Float>
  ) {
    withUnsafePointer(to: to) { map in
      withUnsafePointer(to: epilogue) { epilogue in
        nt_winograd_output(
          map, products, tiles.lowerBound, tiles.count, epilogue, channels.lowerBound, channels.count, result)
      }
    }
  }

  /// products = values · weights, on this thread.
  func multiply(
    _ values: WinogradMatrices, _ weight: UnsafePointer<Float>, _ matrix: Int, tiles: Int,
    into products: WinogradMatrices
  ) {
    let tile = nt_gemm_tile_f32()
    let layout = nt_gemm_layout(
      a_row: values.rowStride, a_column: 1, a_panel: tile.rows * values.rowStride, b_row: tile.columns,
      b_panel: tile.columns * from.channels)
    nt_gemm_block_f32(
      tiles, products.rowStride, from.channels, values.start(matrix), weight, layout, products.start(matrix),
      products.rowStride, false)
  }
}
