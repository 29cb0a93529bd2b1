import CKernels

extension WinogradPass {
  /// The way of few tiles and many channels, where the transformed weights are larger than all else and used too rarely to
  /// pay for their way through memory: all threads transform the tiles of a stage, then each takes panels of outputs, for
  /// which it transforms the kernels itself, a row of six matrices at a time.
  func runStages(
    _ input: UnsafePointer<Float>, kernels: UnsafePointer<Float>, epilogue: nt_epilogue,
    result: UnsafeMutablePointer<Float>
  ) {
    let step = WinogradCost.tilesOfPanel
    let stages = Steps(count: tiles, step: step, parts: (tiles + step - 1) / step, multipleOf: 1)
    let values = WinogradMatrices(rows: stages.step, columns: from.channels)
    for stage in stages {
      let runs = Steps(count: stage.count, step: 8, parts: 1, multipleOf: 1)
      ThreadPool.run(blocks: runs.count) { index in
        let rows = runs[index]
        transformInput(
          input, stage.lowerBound + rows.lowerBound..<stage.lowerBound + rows.upperBound,
          values.view(fromRow: rows.lowerBound))
      }
      ThreadPool.run(blocks: weights.panels) { panel in
        runPanel(panel, stage, values, kernels, epilogue, result)
      }
    }
  }

  private func runPanel(
    _ panel: Int, _ stage: Range<Int>, _ values: WinogradMatrices, _ kernels: UnsafePointer<Float>,
    _ epilogue: nt_epilogue, _ result: UnsafeMutablePointer<Float>
  ) {
    let columns = weights.columns, inputs = from.channels
    let products = WinogradMatrices(rows: stage.count, columns: columns)
    let stride = columns * inputs + 16
    Scratch<Float>.with(count: 6 * stride) { weight in
      for row in 0..<6 {
        nt_winograd_weight(
          inputs, kernels + panel * columns * inputs * 9, weights.isFlipped, Int32(row), weight.start, stride)
        for column in 0..<6 {
          multiply(values, weight.start + column * stride, 6 * row + column, tiles: stage.count, into: products)
        }
      }
    }
    let channels = panel * columns..<min((panel + 1) * columns, outputs)
    transformOutput(products.view, stage, channels, epilogue, result)
  }
}
