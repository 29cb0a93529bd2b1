import Autograd
import NNLayers
import TensorCore

/// A pass forward and back in training, without dropout, of which nothing is kept in the network but its statistics are seen.
struct ObservedPass {
  let loss: Double
  let classCount: Int
  private(set) var layers: [LayerStatistics] = []
  private(set) var parameters: [ParameterStatistics] = []
  private(set) var warnings: [LayerWarning] = []

  /// - Throws: ``TrainingError/outputMismatch(expected:found:)`` unless there are logits for each image.
  init(_ model: any Layer, _ data: CheckedBatch, _ loss: LossFunction, _ seed: UInt64) throws {
    let context = Context(
      mode: .training, random: RandomStream(seed: seed), updatesBuffers: false, dropsOut: false)
    let observer = LayerObserver()
    context.observe { observer.add($0) }
    let logits = model(data.images, context)
    guard logits.rank == 2, logits.shape[0] == data.count, logits.shape[1] >= 1 else {
      throw TrainingError.outputMismatch(expected: [data.count, max(1, logits.shape.last ?? 1)], found: logits.shape)
    }
    classCount = logits.shape[1]
    let batchLoss = loss(logits, data.labels)
    self.loss = batchLoss.item
    (layers, warnings) = (observer.layers, observer.warnings)
    let gradients = batchLoss.isRecorded ? batchLoss.gradients() : Gradients()
    let findings = GradientFindings(model, gradients)
    parameters = findings.parameters
    warnings += findings.warnings
  }
}

/// Takes the statistics of layers as they are called.
private final class LayerObserver {
  private(set) var layers: [LayerStatistics] = []
  private(set) var warnings: [LayerWarning] = []
  private var names: Set<String> = []

  /// A layer's first call, if it is made of no others.
  func add(_ call: LayerCall) {
    guard call.layer.namedLayers.isEmpty, names.insert(call.name).inserted, call.output.shape.count > 0 else { return }
    let (input, output) = (call.input.floats, call.output.floats)
    let name = call.name.isEmpty ? call.layer.typeName : call.name
    let layer = LayerStatistics(
      name: name, type: call.layer.typeName, outputShape: output.shape.sizes, output: ValueStatistics(output),
      saturatedShare: OutputRange(of: call.layer)?.saturatedShare(output), deadShare: output.deadShare)
    layers.append(layer)
    warn(layer, ValueStatistics(input), input)
  }

  /// Only where something begins: what a layer passes on is not its fault.
  private func warn(_ layer: LayerStatistics, _ before: ValueStatistics, _ input: Tensor<Float>) {
    func warn(_ kind: LayerWarning.Kind, _ detail: String) {
      warnings.append(LayerWarning(kind: kind, name: layer.name, detail: detail))
    }
    guard before.isFinite else { return }
    let output = layer.output
    guard output.isFinite else { return warn(.exploding, "its output is not finite") }
    if layer.deadShare >= 0.5 {
      if input.deadShare < 0.5 { warn(.dead, "\(wholePercent(layer.deadShare)) of its units give 0 for every image") }
    } else if output.deviation < 1e-3 * before.deviation {
      warn(.vanishing, "its output has the deviation \(short(output.deviation)), its input \(short(before.deviation))")
    }
    if output.deviation > 1e3 * max(before.deviation, 1) {
      warn(.exploding, "its output has the deviation \(short(output.deviation)), its input \(short(before.deviation))")
    }
    if let share = layer.saturatedShare, share >= 0.3 {
      warn(.saturated, "\(wholePercent(share)) of its outputs lie at the ends of its range")
    }
  }
}

/// The range of a bounded activation.
private struct OutputRange {
  let ends: ClosedRange<Double>

  init?(of layer: any Layer) {
    switch layer {
    case is Tanh, is Softsign: ends = -1...1
    case is ScaledTanh: ends = -1.7159...1.7159
    case is Sigmoid, is HardSigmoid: ends = 0...1
    case let layer as HardTanh: ends = layer.bounds
    default: return nil
    }
  }

  /// The share within a hundredth of the range from its ends.
  func saturatedShare(_ tensor: Tensor<Float>) -> Double {
    let margin = 0.01 * (ends.upperBound - ends.lowerBound)
    let inner = Float(ends.lowerBound + margin)...Float(ends.upperBound - margin)
    let count = tensor.withUnsafeBufferPointer { numbers in numbers.count { !inner.contains($0) } }
    return Double(count) / Double(tensor.count)
  }
}

extension Tensor<Float> {
  /// Of outputs `[N, units, …]`, the share of units that are 0 for all images and positions; 0 where there are no units.
  fileprivate var deadShare: Double {
    guard rank >= 2, count > 0 else { return 0 }
    let (images, units, area) = (shape[0], shape[1], shape.sizes[2...].reduce(1, *))
    var isAlive = [Bool](repeating: false, count: units)
    withUnsafeBufferPointer { numbers in
      for image in 0..<images {
        for unit in 0..<units where !isAlive[unit] {
          let start = (image * units + unit) * area
          isAlive[unit] = numbers[start..<(start + area)].contains { $0 != 0 }
        }
      }
    }
    return Double(isAlive.count { !$0 }) / Double(units)
  }
}
