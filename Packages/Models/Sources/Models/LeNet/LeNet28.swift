import Autograd
import NNLayers
import TensorCore

/// LeNet for 28×28 images, with 20 and 50 filters and 500 hidden units.
///
///     [N, C, 28, 28] → conv 20@5×5 → ReLU → pool 2 → conv 50@5×5 → ReLU → pool 2 → 2450 → 500 → ReLU → [N, classes]
///
/// The convolutions are padded by 2: maps are 28, 14 and 7 high and wide. 1,256,080 parameters for one channel and ten
/// classes. Names: `features.0`, `features.3`, `classifier.0`, `classifier.2`. No other size of images is taken.
///
/// ```swift
/// let network = LeNet28()
/// ```
///
/// After LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied to document recognition".
public struct LeNet28: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "classifier.2"

  /// A network with random weights, uniform within ±√(6 / fan-in).
  ///
  /// - Parameters:
  ///   - inputChannels: C. Default 1.
  ///   - classCount: the number of logits. Default 10.
  public init(inputChannels: Int = 1, classCount: Int = 10) {
    self.inputChannels = inputChannels
    layers = Sequential(named: [
      "features": Sequential(
        Conv2d(inputChannels, 20, kernelSize: 5, padding: 2, initializer: .heUniform), ReLU(), MaxPool2d(2),
        Conv2d(20, 50, kernelSize: 5, padding: 2, initializer: .heUniform), ReLU(), MaxPool2d(2)),
      "flatten": Flatten(),
      "classifier": Sequential(
        Linear(2450, 500, initializer: .heUniform), ReLU(), Linear(500, classCount)),
    ])
  }

  public var expectedInput: String { "[N, \(inputChannels), 28, 28]" }
}
