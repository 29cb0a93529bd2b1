import NNLayers
import TensorCore

/// What is published about a network, for the images and classes of its paper.
public struct ModelFacts: Sendable, Hashable {
  /// The network's name, torchvision's where it has the network: `resnet50`, `vgg16_bn`, `resnext50_32x4d`.
  public let name: String
  /// The elements of all parameters.
  public let parameters: Int
  /// The products of the convolutions and linear layers for one image; biases, normalisations and pooling not counted.
  public let multiplyAdds: Int
  /// An image, `[C, H, W]`.
  public let input: Shape
  /// The number of logits, of the image or of each pixel.
  public let classCount: Int
  /// What comes out for one image: `[classCount]`, or `[classCount, H, W]` where each pixel gets a class.
  public let output: Shape
  /// Authors, year and title.
  public let paper: String
}

/// How a network is wanted.
public struct ModelOptions: Sendable, Hashable {
  /// The channels of the images.
  public var inputChannels: Int
  /// The number of logits.
  public var classCount: Int
  /// The probability of every dropout of the network; nil for its own.
  public var dropout: Double?
  /// Whether a network that can have auxiliary classifiers has them.
  public var hasAuxiliaryHeads: Bool

  /// What is wanted.
  ///
  /// - Parameters:
  ///   - inputChannels: the channels of the images.
  ///   - classCount: the number of logits.
  ///   - dropout: the probability of every dropout. Default: the network's own.
  ///   - hasAuxiliaryHeads: whether there are auxiliary classifiers. Default false.
  public init(inputChannels: Int, classCount: Int, dropout: Double? = nil, hasAuxiliaryHeads: Bool = false) {
    self.inputChannels = inputChannels
    self.classCount = classCount
    self.dropout = dropout
    self.hasAuxiliaryHeads = hasAuxiliaryHeads
  }
}

/// A network of the catalogue: its facts and how to make it.
public struct ModelEntry: Sendable {
  /// What is published about it.
  public let facts: ModelFacts
  /// The first layer's weight, `[·, C, …]`, by which a file tells the channels.
  public let inputWeight: String
  /// The last layer's weight, `[classes, …]`, by which a file tells the classes.
  public let outputWeight: String
  private let build: @Sendable (ModelOptions) -> any Layer

  init(
    _ name: String, _ parameters: Int, _ multiplyAdds: Int, input: Shape, classCount: Int, maps: PlaneSize? = nil,
    _ paper: String,
    weights: (input: String, output: String), _ build: @escaping @Sendable (ModelOptions) -> any Layer
  ) {
    facts = ModelFacts(
      name: name, parameters: parameters, multiplyAdds: multiplyAdds, input: input, classCount: classCount,
      output: maps.map { [classCount, $0.height, $0.width] } ?? [classCount], paper: paper)
    (inputWeight, outputWeight) = weights
    self.build = build
  }

  /// A network with random weights; make it within `seeded(_:_:)` to choose which.
  ///
  /// - Parameter options: channels, classes and more. Default: those of ``facts``.
  public func make(_ options: ModelOptions? = nil) -> any Layer {
    build(options ?? ModelOptions(inputChannels: facts.input[0], classCount: facts.classCount))
  }
}
