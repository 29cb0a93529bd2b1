import Autograd
import NNLayers
import TensorCore

/// A network on a batch of images as prediction carries it out, with the layers that each step stands for.
struct PreparedWork {
  private let plan: InferencePlan
  private let images: Tensor<Float>
  /// The layers that were called, with the places of their last operations, which rise.
  private let layers: [(last: Int, name: String)]

  /// Nil for a network that looks at the numbers of its variables, which cannot be prepared.
  init?(_ work: NetworkWork) {
    var layers: [(last: Int, name: String)] = []
    let context = Context(mode: .inference, state: work.network.state)
    // The innermost layer comes first.
    context.observe { call in
      if let place = call.output.tapeIndex, place > layers.last?.last ?? 0 { layers.append((place, call.name)) }
    }
    let network = work.network
    guard let plan = InferencePlan(of: { network($0, context) }, on: work.images, sharing: PlanWeights())
    else { return nil }
    (self.plan, images, self.layers) = (plan, work.images, layers)
  }

  /// One prediction; calls `finished` after each step with its number, the shape of what it made and the elements that it moved.
  func run(_ finished: (Int, Shape, Int) -> Void) { _ = plan.run(on: images, finished: finished) }

  /// A line of a profile for a step.
  func row(_ number: Int, _ shape: Shape, _ elements: Int) -> NetworkProfile.Row {
    let work = plan.work[number]
    return NetworkProfile.Row(
      layer: layers.first { $0.last >= work.firstOperation }?.name ?? "", operation: work.name, outputShape: shape,
      multiplyAdds: [.forward: work.multiplyAdds], bytes: [.forward: elements * MemoryLayout<Float>.size])
  }
}
