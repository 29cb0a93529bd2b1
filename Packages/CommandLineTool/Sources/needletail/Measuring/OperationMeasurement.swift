import TensorCore

/// How fast an operation was, beside what the machine can do.
struct OperationMeasurement: Encodable {
  let operation: String
  let input: String
  let weight: String?
  let file: String?
  /// Of operations that come to images.
  let imagesPerSecond: Double?
  let medianStepSeconds: Double
  let minStepSeconds: Double
  let steps: Int
  let multiplyAddsPerSecond: Double
  let bytesPerSecond: Double
  let roofMultiplyAddsPerSecond: Double
  let roofBytesPerSecond: Double
  /// The time that the roof allows, by the median.
  let roofShare: Double
  let algorithm: String
  let peakMemoryBytes = PeakMemory.bytes
  let instructionSet = KernelForm.active.rawValue
  let threads = ThreadPool.threadCount

  /// Repeats the operation for about so many seconds, with the roof measured before.
  init(_ operation: OperationWork.Operation, _ work: OperationWork, seconds: Double) {
    let roof = MachineRoof.measured()
    AlgorithmLog.isOn = true
    work.step()
    AlgorithmLog.isOn = false
    let times = StepTimes(repeating: work.step, for: seconds)
    self.operation = operation.rawValue
    input = Sizes(work.operands.input).description
    weight = operation.hasWeight ? Sizes(work.operands.weight).description : nil
    file = work.operands.file
    imagesPerSecond = work.images.map { Double($0) / times.median }
    (medianStepSeconds, minStepSeconds, steps) = (times.median, times.least, times.count)
    multiplyAddsPerSecond = Double(work.multiplyAdds) / times.median
    bytesPerSecond = Double(work.bytes) / times.median
    roofMultiplyAddsPerSecond = roof.multiplyAddsPerSecond
    roofBytesPerSecond = roof.bytesPerSecond
    roofShare = roof.leastSeconds(multiplyAdds: work.multiplyAdds, bytes: work.bytes) / times.median
    algorithm = AlgorithmLog.take().joined(separator: ", ")
  }

  var text: String {
    let operands = file ?? [input, weight].compactMap { $0 }.joined(separator: " by ")
    func rate(_ number: Double) -> String { Figures.significant(number * 1e-9) }
    let images = imagesPerSecond.map { "\(Figures.significant($0)) images/s, " } ?? ""
    let products = multiplyAddsPerSecond > 0 ? "\(rate(2 * multiplyAddsPerSecond)) GFLOP/s, " : ""
    return """
      \(operation) of \(operands)\(algorithm.isEmpty ? "" : ": \(algorithm)")
      median \(Figures.significant(medianStepSeconds * 1e3)) ms, least \(Figures.significant(minStepSeconds * 1e3)) ms, \
      of \(steps): \(images)\(products)\(rate(bytesPerSecond)) GB/s
      \(Figures.percent(roofShare, 1)) of the roof of \(rate(2 * roofMultiplyAddsPerSecond)) GFLOP/s and \
      \(rate(roofBytesPerSecond)) GB/s; \(instructionSet), \(threads) \(threads == 1 ? "thread" : "threads")
      """
  }
}
