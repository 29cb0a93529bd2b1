import CKernels

extension WinogradPass {
  /// The usual way: a block is a run of tiles, over image borders too, so that small maps fill it. Its transformed inputs, the
  /// 36 products and their transform back stay in a thread's second-level cache.
  func runBlocks(
    _ input: UnsafePointer<Float>, values weight: UnsafePointer<Float>, epilogue: nt_epilogue,
    result: UnsafeMutablePointer<Float>
  ) {
    let step = WinogradCost.tilesOfBlock(from.channels, outputs)
    let blocks = Steps(count: tiles, step: step, parts: max(2, (tiles + step - 1) / step), multipleOf: 1)
    let stride = weights.matrixStride
    ThreadPool.run(blocks: blocks.count) { index in
      let tiles = blocks[index]
      let values = WinogradMatrices(rows: tiles.count, columns: from.channels)
      let products = WinogradMatrices(rows: tiles.count, columns: outputs)
      transformInput(input, tiles, values.view)
      for matrix in 0..<36 {
        multiply(values, weight + matrix * stride, matrix, tiles: tiles.count, into: products)
      }
      transformOutput(products.view, tiles, 0..<outputs, epilogue, result)
    }
  }
}
