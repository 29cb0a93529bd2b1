import CKernels

/// The weights of a pass, as its products read them.
struct WinogradWeights {
  let outputs: Int
  let inputs: Int
  /// The distances of kernels in `[K, C, 3, 3]`, and whether they are read backwards.
  let outputStep: Int
  let inputStep: Int
  let isFlipped: Bool

  /// The outputs of a panel.
  var columns: Int { nt_gemm_tile_f32().columns }
  var panels: Int { (outputs + columns - 1) / columns }
  /// The distance of the 36 matrices: not a power of two, or all would meet in one set of a cache.
  var matrixStride: Int { panels * columns * inputs + 16 }

  /// The kernels in panels `[input][9][column]`: nine numbers for nine.
  func packKernels(_ weight: UnsafePointer<Float>) -> Storage<Float> {
    let packed = Storage<Float>(count: panels * columns * inputs * 9)
    ThreadPool.run(blocks: panels) { panel in
      gather(weight, panel, 0..<inputs, into: packed.start + panel * columns * inputs * 9)
    }
    return packed
  }

  /// G w Gᵀ: 36 matrices `[inputs, outputs]`, each packed as the right operand of a product.
  func packValues(_ weight: UnsafePointer<Float>) -> Storage<Float> {
    let packed = Storage<Float>(count: 36 * matrixStride)
    let runs = Steps(count: inputs, step: 64, parts: 1, multipleOf: 1)
    ThreadPool.run(blocks: panels * runs.count) { block in
      let panel = block / runs.count, run = runs[block % runs.count]
      Scratch<Float>.with(count: 9 * columns * run.count) { kernels in
        gather(weight, panel, run, into: kernels.start)
        let start = packed.start + (panel * inputs + run.lowerBound) * columns
        for row in 0..<6 {
          nt_winograd_weight(
            run.count, kernels.start, isFlipped, Int32(row), start + 6 * row * matrixStride, matrixStride)
        }
      }
    }
    return packed
  }

  private func gather(
    _ weight: UnsafePointer<Float>, _ panel: Int, _ run: Range<Int>, into kernels: UnsafeMutablePointer<Float>
  ) {
    let first = panel * columns, width = min(columns, outputs - first)
    let from = weight + first * outputStep + run.lowerBound * inputStep
    if inputStep == 9 { return nt_gemm_pack_right_f32(9 * run.count, width, from, 1, outputStep, kernels) }
    for input in 0..<run.count {
      nt_gemm_pack_right_f32(9, width, from + input * inputStep, 1, outputStep, kernels + input * 9 * columns)
    }
  }
}
