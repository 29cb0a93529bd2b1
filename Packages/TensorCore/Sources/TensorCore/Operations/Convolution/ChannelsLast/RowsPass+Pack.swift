import CKernels

extension RowsPass {
  /// The weights `[K, C/groups, R, S]` as the pass reads them. The steps are the distances of neighbouring channels of target
  /// and source in them.
  func pack(_ weight: UnsafePointer<Float>, kernel: PlaneSize, targetStep: Int, sourceStep: Int) -> Storage<Float> {
    let packed = Storage<Float>(count: packedCount * groups)
    let group = source.count * targetChannels * kernel.height * kernel.width
    let panels = Steps(count: targetChannels, step: Self.panel, parts: 1, multipleOf: Self.panel)
    ThreadPool.run(blocks: groups * panels.count) { block in
      let (number, panel) = (block / panels.count, panels[block % panels.count])
      let from = weight + number * group + panel.lowerBound * targetStep
      for phase in phases {
        let count = phase.taps.count * source.count
        var to = packed.start + number * packedCount + phase.packedOffset + panel.lowerBound * count
        for tap in phase.taps {
          nt_gemm_pack_right_f32(
            source.count, panel.count, from + tap.row * kernel.width + tap.column, sourceStep, targetStep, to)
          to += source.count * Self.panel
        }
      }
    }
    return packed
  }
}
