import Autograd
import NNLayers
import TensorCore

/// LeNet-5 as it is taught today: two convolutions with tanh and max-pooling, then three fully connected layers.
///
///     [N, C, 32, 32] → conv 6@5×5 → tanh → max-pool 2 → conv 16@5×5 → tanh → max-pool 2
///                    → 400 → 120 → tanh → 84 → tanh → [N, classes]
///
/// 61,706 parameters for one channel and ten classes. The names of its state are `features.0`, `features.3`,
/// `classifier.0`, `classifier.2` and `classifier.4`, each with `.weight` and `.bias`.
///
/// LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied to document recognition"; there the pooling
/// is trainable, the second convolution only partly connected and the output made of radial basis functions.
public struct LeNet5: Layer {
  /// The height and width of the images.
  public static let imageSize = 32

  /// The convolutions: `[N, C, 32, 32]` to `[N, 16, 5, 5]`.
  public let features: Sequential
  /// The fully connected layers: `[N, 400]` to `[N, classes]`.
  public let classifier: Sequential
  /// The channels of the images.
  public let inputChannels: Int
  /// The number of logits.
  public let classCount: Int

  /// A network with random weights; make it within `seeded(_:_:)` to choose which.
  ///
  /// - Parameters:
  ///   - inputChannels: 1 for grey, 3 for colour. Default 1.
  ///   - classCount: the number of logits. Default 10.
  public init(inputChannels: Int = 1, classCount: Int = 10) {
    self.inputChannels = inputChannels
    self.classCount = classCount
    features = Sequential(
      Conv2d(inputChannels, 6, kernelSize: 5), Tanh(), MaxPool2d(2),
      Conv2d(6, 16, kernelSize: 5), Tanh(), MaxPool2d(2))
    classifier = Sequential(
      Linear(400, 120), Tanh(),
      Linear(120, 84), Tanh(),
      Linear(84, classCount))
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank == 4, x.shape.dropFirst().elementsEqual([inputChannels, Self.imageSize, Self.imageSize]) else {
      stop("LeNet5", "takes \(expectedInput), the input is \(x.shape)")
    }
    return classifier(features(x, context).flattened(from: 1), context)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 4, input.dropFirst().elementsEqual([inputChannels, Self.imageSize, Self.imageSize]) else {
      throw InputError("LeNet5", expected: expectedInput, got: input)
    }
    return [input[0], classCount]
  }

  private var expectedInput: String { "[N, \(inputChannels), \(Self.imageSize), \(Self.imageSize)]" }
}
