import Autograd
import NNLayers
import TensorCore

/// The capsule network with dynamic routing, for images of 28×28.
///
///     [N, C, 28, 28] → conv1 256@9×9 → ReLU → primary: 32 types of capsules of 8, 9×9, stride 2: 1,152 capsules
///                    → digits: a capsule of 16 for each class, routed in three iterations → their lengths, [N, classes]
///
/// The lengths lie between 0 and 1. They are trained by `capsuleMarginLoss`, if
/// wanted together with a ``CapsuleDecoder``; cross-entropy works too, though it never gets small, as no length exceeds 1.
///
/// 6,804,224 parameters for one channel and ten classes, 8,215,568 with the decoder. Of other sizes only
/// 27×27 gives as many capsules and is taken.
/// Names: `conv1`, `primary.conv`, `digits`.
///
/// ```swift
/// let network = CapsuleNetwork()
/// let decoder = CapsuleDecoder(classCount: 10)
/// let digits = Tensor<Float>.zeros([4, 1, 28, 28])
/// let capsules = network.capsules(Variable(digits), context)
/// let loss = capsuleMarginLoss(capsules.lengths(), labels) + decoder.loss(capsules, labels, digits, context)
/// ```
///
/// Sabour, Frosst and Hinton 2017, "Dynamic routing between capsules".
public struct CapsuleNetwork: CapsuleClassifier {
  public var layers: Sequential
  public let inputChannels: Int
  public let imageSide = 28

  /// A network with random weights: convolutions uniform within ±1/√fan-in, routing matrices Gaussian of deviation 0.1.
  ///
  /// - Parameters:
  ///   - inputChannels: C. Default 1.
  ///   - classCount: the number of classes. Default 10.
  ///   - filters: the channels of the first convolution. Default 256.
  ///   - types: the types of primary capsules. Default 32.
  ///   - dimension: the elements of a class's capsule. Default 16.
  ///   - iterations: of the routing. Default 3.
  public init(
    inputChannels: Int = 1, classCount: Int = 10, filters: Int = 256, types: Int = 32, dimension: Int = 16,
    iterations: Int = 3
  ) {
    self.inputChannels = inputChannels
    layers = Sequential(named: [
      "conv1": Conv2d(inputChannels, filters, kernelSize: 9), "relu": ReLU(),
      "primary": PrimaryCapsules(filters, types: types, dimension: 8, kernelSize: 9, stride: 2),
      "digits": ClassCapsules(
        types * 36, classCount, inputDimension: 8, dimension: dimension, iterations: iterations),
      "lengths": CapsuleLengths(),
    ])
  }
}

/// A light capsule network for images of 32×32, which trains in seconds.
///
///     [N, C, 32, 32] → conv1 32@5×5, stride 2 → ReLU → primary: 8 types of capsules of 8, 5×5, stride 2: 200 capsules
///                    → digits: a capsule of 16 for each class, routed in three iterations → their lengths, [N, classes]
///
/// 308,096 parameters for one channel and ten classes. Images from 29×29 on give as many capsules and are taken; none
/// larger. Names and loss are those of ``CapsuleNetwork``.
///
/// ```swift
/// let network = CapsuleNetworkLite()
/// ```
///
/// After Sabour, Frosst and Hinton 2017, "Dynamic routing between capsules".
public struct CapsuleNetworkLite: CapsuleClassifier {
  public var layers: Sequential
  public let inputChannels: Int
  public let imageSide = 32

  /// A network with random weights.
  ///
  /// - Parameters:
  ///   - inputChannels: C. Default 1.
  ///   - classCount: the number of classes. Default 10.
  ///   - iterations: of the routing. Default 3.
  public init(inputChannels: Int = 1, classCount: Int = 10, iterations: Int = 3) {
    self.inputChannels = inputChannels
    layers = Sequential(named: [
      "conv1": Conv2d(inputChannels, 32, kernelSize: 5, stride: 2), "relu": ReLU(),
      "primary": PrimaryCapsules(32, types: 8, dimension: 8, kernelSize: 5, stride: 2),
      "digits": ClassCapsules(8 * 25, classCount, inputDimension: 8, dimension: 16, iterations: iterations),
      "lengths": CapsuleLengths(),
    ])
  }
}

/// A network that ends in a capsule for each class, of which it gives the lengths.
public protocol CapsuleClassifier: Network {
  /// The height and width of images, which decide how many capsules there are.
  var imageSide: Int { get }
}

extension CapsuleClassifier {
  public var headName: String { "digits" }
  public var expectedInput: String { "[N, \(inputChannels), \(imageSide), \(imageSide)]" }

  /// The capsules of the classes, `[N, classes, dimension]`, for images `[N, C, H, W]`: the output before its lengths are
  /// taken.
  public func capsules(_ images: Variable, _ context: Context) -> Variable {
    zip(layers.names, layers.layers).dropLast().reduce(images) { $1.1($0, context, as: $1.0) }
  }

  public func replacingHead(classCount: Int) -> Self {
    guard let head = layers.layer(named: headName) as? ClassCapsules else {
      stop("\(Self.self)", "its layer '\(headName)' has no capsules: use replacing(_:with:)")
    }
    let sizes = head.weight.shape.sizes
    return replacing(
      headName,
      with: ClassCapsules(
        sizes[1], classCount, inputDimension: sizes[3], dimension: sizes[2], iterations: head.iterations))
  }
}
