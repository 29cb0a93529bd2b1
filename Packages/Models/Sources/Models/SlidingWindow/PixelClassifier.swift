import Autograd
import NNLayers
import TensorCore

/// A classifier of the pixel at the centre of a patch: what a patch shows around it decides its class.
///
///     paper: [N, C, 95, 95] → conv 48@4×4 → pool → conv 48@5×5 → pool → conv 48@4×4 → pool → conv 48@4×4 → pool
///                           → 432 → 200 → [N, classes]
///     light: [N, C, 21, 21] → conv 16@4×4 → pool → conv 16@4×4 → pool → 144 → 64 → [N, classes]
///
/// Pooling takes the maximum of 2×2. ReLU follows each layer with weights but the last; the paper does not tell its
/// non-linearity. Trained on patches, ``fullyConvolutional(mirroringBorders:)`` makes a network of it that segments whole
/// images, with the same weights and exactly the same answers.
///
/// ```swift
/// let classifier = PixelClassifier(.light)
/// let segmentation = classifier.fullyConvolutional()
/// ```
///
/// Ciresan, Giusti, Gambardella and Schmidhuber 2012, "Deep neural networks segment neuronal membranes in electron microscopy
/// images", network N4.
public struct PixelClassifier: Network {
  /// Which of the two networks.
  public enum Form: Sendable, Hashable {
    /// N4 of the paper, with windows of 95×95.
    case paper
    /// A light one, with windows of 21×21.
    case light
  }

  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "fc2"
  /// The size of a patch; the classified pixel is its centre.
  public let patchSize: PlaneSize

  /// A network with random weights, uniform within ±√(6 / fan-in).
  ///
  /// - Parameters:
  ///   - form: which one. Default the light one.
  ///   - inputChannels: C. Default 1.
  ///   - classCount: the number of logits. Default 2.
  public init(_ form: Form = .light, inputChannels: Int = 1, classCount: Int = 2) {
    self.inputChannels = inputChannels
    patchSize = form == .paper ? 95 : 21
    let (channels, hidden) = form == .paper ? (48, 200) : (16, 64)
    let kernels = form == .paper ? [4, 5, 4, 4] : [4, 4]
    var parts: [(name: String, layer: any Layer)] = []
    for (index, kernel) in kernels.enumerated() {
      let convolution = Conv2d(
        index == 0 ? inputChannels : channels, channels, kernelSize: PlaneSize(kernel), initializer: .heUniform)
      parts += [
        ("conv\(index + 1)", convolution), ("relu\(index + 1)", ReLU()), ("pool\(index + 1)", MaxPool2d(2)),
      ]
    }
    layers = Sequential(
      named: parts + [
        ("flatten", Flatten()), ("fc1", Linear(9 * channels, hidden, initializer: .heUniform)), ("relu", ReLU()),
        ("fc2", Linear(hidden, classCount)),
      ])
  }

  public var expectedInput: String { "[N, \(inputChannels), \(patchSize.height), \(patchSize.width)]" }

  /// The network that gives the logits of every pixel of an image, with this one's parameters: they are shared.
  ///
  /// - Parameter mirroringBorders: whether images are continued by their mirror image, as in the paper, so that each pixel has
  ///   a patch. Default true.
  public func fullyConvolutional(mirroringBorders: Bool = true) -> FullyConvolutional {
    FullyConvolutional(self, patchSize: patchSize, mirroringBorders: mirroringBorders)
  }
}
