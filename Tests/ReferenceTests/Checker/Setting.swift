import TensorCore

/// How a calculation is run: what must not change its result, or only by rounding.
struct Setting {
  var form: KernelForm
  var threads = 1
  /// Whether memory holds NaN wherever nothing was written, instead of what earlier work left.
  var poisons = false
  /// Whether algorithms are forbidden that round more than plain sums.
  var isStrict = true

  /// Runs `body` so, and puts everything back.
  func run<Result>(_ body: () -> Result) -> Result {
    let before = Setting(
      form: KernelForm.active, threads: ThreadPool.threadCount, poisons: BlockPool.poisonsBlocks,
      isStrict: ConvolutionAlgorithms.forbidsExtraRounding)
    apply()
    defer { before.apply() }
    return body()
  }

  private func apply() {
    if KernelForm.active != form { KernelForm.active = form }
    if ThreadPool.threadCount != threads { ThreadPool.threadCount = threads }
    BlockPool.poisonsBlocks = poisons
    ConvolutionAlgorithms.forbidsExtraRounding = isStrict
  }

  /// The forms of this machine: the one that is used first.
  static let forms: [KernelForm] =
    [.best] + KernelForm.allCases.filter { $0.isSupported && $0 != .best }
}
