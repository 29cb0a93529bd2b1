import Synchronization
import TensorCore

/// What plans of one network for different input shapes share: weights with the normalisation behind them folded in, and
/// weights in the kernels' order, each made once.
public final class PlanWeights: Sendable {
  private struct Folding {
    let weight: Tensor<Float>
    let bias: Tensor<Float>?
    let map: ChannelMap
    let folded: (weight: Tensor<Float>, bias: Tensor<Float>)
  }

  /// By the memory of the weight, which the entry keeps.
  private let foldings = Mutex<[Int: [Folding]]>([:])
  let packed = PackedWeights()

  /// None yet.
  public init() {}

  /// The number of weights with a normalisation folded in.
  package var foldedCount: Int { foldings.withLock { $0.values.reduce(0) { $0 + $1.count } } }

  /// The weight `[K, …]` and bias `[K]` of a linear map with s y + t behind it: s W and s b + t, in Double.
  func folded(
    _ weight: Tensor<Float>, _ bias: Tensor<Float>?, _ map: ChannelMap
  ) -> (weight: Tensor<Float>, bias: Tensor<Float>) {
    let key = weight.address
    let known = foldings.withLock { foldings in
      foldings[key]?.first { $0.bias?.address == bias?.address && $0.weight.shape == weight.shape && $0.map == map }
    }
    if let known { return known.folded }
    let rows = Shape([weight.shape[0]] + Array(repeating: 1, count: weight.rank - 1))
    let newWeight = weight.converted(to: Double.self) * map.scale.reshaped(rows)
    let newBias = bias.map { $0.converted(to: Double.self) * map.scale + map.shift } ?? map.shift
    let folded = (newWeight.converted(to: Float.self), newBias.converted(to: Float.self))
    let entry = Folding(weight: weight, bias: bias, map: map, folded: folded)
    foldings.withLock { $0[key, default: []].append(entry) }
    return folded
  }
}

extension Tensor where Scalar == Float {
  /// Where the elements lie: what tells tensors apart that live at the same time.
  fileprivate var address: Int { withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) } }
}
