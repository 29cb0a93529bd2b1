import CKernels

/// The gradient of the weights: transformed tiles of the input times those of the output's gradient, 36 products summed over
/// all tiles, then the transform back to `[K, C, 3, 3]`.
///
/// Sums of few channels lie in cache: each run of tiles has its own, one thread takes it from the maps to the products, and
/// the runs are added up in order. Those of many channels are larger than all else: there is one set of them, a stage
/// of tiles is transformed by all threads, and then each takes some of the 36 products of the stage. If one stage is all, the
/// filters take turns, and only the sums of a turn are in memory. Either way the order of the sum depends on the sizes only.
struct WinogradWeightGradient {
  /// The maps of the input and of the output's gradient, under the same tiles.
  let input: WinogradSource
  let gradient: nt_winograd_map
  let batch: Int

  /// The elements of the result.
  var count: Int { 9 * filters * channels }

  private var channels: Int { input.channels }
  private var filters: Int { gradient.channels }
  private var tiles: Int { batch * gradient.tiles_y * gradient.tiles_x }

  func run(
    _ gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>
  ) {
    guard tiles > 0 else { return result.update(repeating: 0, count: 9 * filters * channels) }
    let maps = Maps(input: input, gradient: gradient)
    if WinogradCost.sumsFitCache(channels, filters) {
      collect(sumByRuns(maps), 0..<filters, result)
    } else {
      sumByStages(maps, result)
    }
  }

  /// The transform back of the sums of some filters.
  private func collect(_ sums: WinogradMatrices, _ some: Range<Int>, _ result: UnsafeMutablePointer<Float>) {
    let rows = Steps(count: some.count, step: max(1, (1 << 14) / (36 * channels)), parts: 1, multipleOf: 1)
    ThreadPool.run(blocks: rows.count) { index in
      nt_winograd_weight_gradient(
        channels, sums.view.start, sums.view.matrix_stride, sums.rowStride, rows[index].lowerBound,
        rows[index].upperBound, result + some.lowerBound * channels * 9)
    }
  }

  private func sumByRuns(_ maps: Maps) -> WinogradMatrices {
    let block = WinogradCost.tilesOfBlock(channels, filters)
    let runs = Steps(count: tiles, step: .max, parts: max(1, min(8, tiles / block)), multipleOf: 1)
    let sums = WinogradMatrices(rows: filters, columns: channels, sets: runs.count)
    ThreadPool.run(blocks: runs.count) { index in
      let run = runs[index]
      for first in stride(from: run.lowerBound, to: run.upperBound, by: block) {
        let tiles = first..<min(first + block, run.upperBound)
        let values = WinogradMatrices(rows: tiles.count, columns: channels)
        let gradients = WinogradMatrices(rows: tiles.count, columns: filters)
        transform(maps, tiles, values.view, gradients.view)
        for matrix in 0..<36 {
          multiply(
            gradients, values, matrix, 0..<filters, tiles: tiles.count, into: sums.start(matrix, set: index),
            accumulating: first > run.lowerBound)
        }
      }
    }
    sums.addSets()
    return sums
  }

  private func sumByStages(_ maps: Maps, _ result: UnsafeMutablePointer<Float>) {
    let stages = Steps(
      count: tiles, step: min(tiles, WinogradCost.tilesOfStage(channels, filters)), parts: 1, multipleOf: 1)
    let turns = Steps(count: filters, step: stages.count == 1 ? Self.filtersOfTask : filters, parts: 1, multipleOf: 1)
    let sums = WinogradMatrices(rows: turns.step, columns: channels)
    let values = WinogradMatrices(rows: stages.step, columns: channels)
    let gradients = WinogradMatrices(rows: stages.step, columns: filters)
    for turn in turns {
      for stage in stages {
        if turn.lowerBound == 0 { transformStage(maps, stage, values, gradients) }
        let parts = Steps(count: turn.count, step: Self.filtersOfTask, parts: 1, multipleOf: 1)
        ThreadPool.run(blocks: 36 * parts.count) { index in
          let matrix = index / parts.count, rows = parts[index % parts.count]
          multiply(
            gradients, values, matrix, turn.lowerBound + rows.lowerBound..<turn.lowerBound + rows.upperBound,
            tiles: stage.count, into: sums.start(matrix) + rows.lowerBound * sums.rowStride,
            accumulating: stage.lowerBound > 0)
        }
      }
      collect(sums, turn, result)
    }
  }

  /// Filters of a task, and of a turn.
  private static let filtersOfTask = 128

  private func transformStage(
    _ maps: Maps, _ stage: Range<Int>, _ values: WinogradMatrices, _ gradients: WinogradMatrices
  ) {
    let blocks = Steps(count: stage.count, step: 8, parts: 1, multipleOf: 1)
    ThreadPool.run(blocks: blocks.count) { index in
      let rows = blocks[index]
      transform(
        maps, stage.lowerBound + rows.lowerBound..<stage.lowerBound + rows.upperBound,
        values.view(fromRow: rows.lowerBound), gradients.view(fromRow: rows.lowerBound))
    }
  }

  private func transform(
    _ maps: Maps, _ tiles: Range<Int>, _ values: nt_winograd_matrices, _ gradients: nt_winograd_matrices
  ) {
    input.transform(maps.input, tiles, values)
    withUnsafePointer(to: gradient) {
      nt_winograd_gradient($0, maps.gradient, tiles.lowerBound, tiles.count, gradients)
    }
  }

  /// Rows of `sums = gradientsᵀ values` of one matrix; neither operand is packed: the first is read along its columns.
  private func multiply(
    _ gradients: WinogradMatrices, _ values: WinogradMatrices, _ matrix: Int, _ rows: Range<Int>, tiles: Int,
    into sums: UnsafeMutablePointer<Float>, accumulating: Bool
  ) {
    let tile = nt_gemm_tile_f32()
    let layout = nt_gemm_layout(
      a_row: 1, a_column: gradients.rowStride, a_panel: tile.rows, b_row: values.rowStride, b_panel: tile.columns)
    // A second register tile of few rows would leave the multipliers waiting: two halves instead.
    let parts = rows.count > tile.rows && rows.count <= 2 * tile.rows ? 2 : 1
    for part in Steps(count: rows.count, step: rows.count, parts: parts, multipleOf: 1) {
      nt_gemm_block_f32(
        part.count, values.rowStride, tiles, gradients.start(matrix) + rows.lowerBound + part.lowerBound,
        values.start(matrix), layout, sums + part.lowerBound * values.rowStride, values.rowStride, accumulating)
    }
  }
}

private struct Maps: @unchecked Sendable {
  let input: UnsafePointer<Float>
  let gradient: UnsafePointer<Float>
}
