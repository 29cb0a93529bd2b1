import Autograd
import NNLayers
import TensorCore

/// GoogLeNet: nine inception blocks, and two auxiliary classifiers on the way that only training uses.
///
///     [N, C, H, W] → conv1 64@7×7/2 → pool → conv2 64@1×1 → conv3 192@3×3 → pool → 3a 3b → pool
///                  → 4a (aux1) 4b 4c 4d (aux2) 4e → pool → 5a 5b → mean of each map → dropout → fc [N, classes]
///
/// Pooling is 3×3 with stride 2 and keeps windows that reach over the edge: 224, 112, 56, 28, 14, 7. Images of 15×15 and
/// more are taken; in the form of 2014 of 31×31 and more, of 79×79 and more in training with its auxiliary classifiers.
///
/// ```swift
/// let network = GoogLeNet(classCount: 10, hasAuxiliaryHeads: true)
/// let loss = network.loss(Variable(images), labels, .training(seed: 1))
/// ```
///
/// Szegedy and others 2015, "Going deeper with convolutions".
public struct GoogLeNet: Network {
  /// Which of the two networks of this name.
  public enum Form: Sendable, Hashable {
    /// The paper's: biases, local response normalisation behind the first two stages, 5×5 filters, dropout 0.4. Its first
    /// weights, which the paper does not tell, are those of Caffe's replication.
    case paper
    /// torchvision's, with its names, shapes and first weights: batch normalisation with ε = 10⁻³, 3×3 filters in place
    /// of 5×5, the last max-pooling 2×2, dropout 0.2.
    case batchNorm
  }

  public var layers: Sequential
  /// The classifier behind block 4a; nil without.
  public private(set) var aux1: Sequential?
  /// The classifier behind block 4d; nil without.
  public private(set) var aux2: Sequential?
  /// Which of the two networks it is.
  public let form: Form
  public let inputChannels: Int
  public let headName = "fc"

  /// A network with random weights.
  ///
  /// - Parameters:
  ///   - form: which one. Default torchvision's.
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 1000.
  ///   - hasAuxiliaryHeads: whether there are `aux1` and `aux2`. Default false.
  ///   - dropout: the probability before the last layer. Default: the form's, 0.4 or 0.2.
  ///   - auxiliaryDropout: the probability within the auxiliary classifiers. Default 0.7.
  ///   - transformsInput: whether images normalised for torchvision's other networks are brought to the range of this one's
  ///     published weights. Needs three channels. Default false.
  public init(
    _ form: Form = .batchNorm, inputChannels: Int = 3, classCount: Int = 1000, hasAuxiliaryHeads: Bool = false,
    dropout: Double? = nil, auxiliaryDropout: Double = 0.7, transformsInput: Bool = false
  ) {
    guard !transformsInput || inputChannels == 3 else {
      stop("GoogLeNet", "transforms images of 3 channels, not of \(inputChannels)")
    }
    self.inputChannels = inputChannels
    self.form = form
    let chain = (transformsInput ? [(name: "transform_input", layer: ImageNetRange())] : []) + form.stem(inputChannels)
    layers = Sequential(
      named: chain + form.blocks + [
        (name: "avgpool", layer: AdaptiveAveragePool2d(1)), (name: "flatten", layer: Flatten()),
        (name: "dropout", layer: Dropout(dropout ?? (form == .paper ? 0.4 : 0.2))),
        (name: "fc", layer: form.unit.linear(1024, classCount)),
      ])
    aux1 = hasAuxiliaryHeads ? form.auxiliaryHead(512, classCount, dropout: auxiliaryDropout) : nil
    aux2 = hasAuxiliaryHeads ? form.auxiliaryHead(528, classCount, dropout: auxiliaryDropout) : nil
  }

  public var children: [Child] {
    layers.children + [Child("aux1", aux1 as Any), Child("aux2", aux2 as Any)]
  }

  /// The network with new last layers, also in the auxiliary classifiers; all other layers are shared, not copied.
  public func replacingHead(classCount: Int) -> GoogLeNet {
    var copy = replacing(headName, with: form.unit.linear(1024, classCount))
    copy.aux1 = aux1?.replacing(["fc2"], with: form.unit.linear(1024, classCount))
    copy.aux2 = aux2?.replacing(["fc2"], with: form.unit.linear(1024, classCount))
    return copy
  }
}

extension GoogLeNet.Form {
  fileprivate typealias Chain = [(name: String, layer: any Layer)]

  var unit: Inception.Unit { self == .paper ? .biased : .normalized }

  fileprivate func stem(_ inputChannels: Int) -> Chain {
    let norm = LocalResponseNorm(size: 5)
    let conv1: Chain = [
      ("conv1", unit.layers(inputChannels, 64, side: 7, stride: 2)),
      ("maxpool1", MaxPool2d(3, stride: 2, roundsUp: true)),
    ]
    let conv3: Chain = [("conv2", unit.layers(64, 64, side: 1)), ("conv3", unit.layers(64, 192, side: 3))]
    let pool: Chain = [("maxpool2", MaxPool2d(3, stride: 2, roundsUp: true))]
    return self == .paper ? conv1 + [("norm1", norm)] + conv3 + [("norm2", norm)] + pool : conv1 + conv3 + pool
  }

  /// Table 1 of the paper.
  fileprivate var blocks: Chain {
    [
      ("inception3a", block(192, .init(64, 96, 128, 16, 32, 32))),
      ("inception3b", block(256, .init(128, 128, 192, 32, 96, 64))),
      ("maxpool3", MaxPool2d(3, stride: 2, roundsUp: true)),
      ("inception4a", block(480, .init(192, 96, 208, 16, 48, 64))),
      ("inception4b", block(512, .init(160, 112, 224, 24, 64, 64))),
      ("inception4c", block(512, .init(128, 128, 256, 24, 64, 64))),
      ("inception4d", block(512, .init(112, 144, 288, 32, 64, 64))),
      ("inception4e", block(528, .init(256, 160, 320, 32, 128, 128))),
      ("maxpool4", MaxPool2d(self == .paper ? 3 : 2, stride: 2, roundsUp: true)),
      ("inception5a", block(832, .init(256, 160, 320, 32, 128, 128))),
      ("inception5b", block(832, .init(384, 192, 384, 48, 128, 128))),
    ]
  }

  private func block(_ inputChannels: Int, _ widths: Inception.Widths) -> Parallel {
    Inception.reduced(inputChannels, widths, unit: unit, largeSide: self == .paper ? 5 : 3)
  }
}

/// A light network in the manner of ``GoogLeNet`` with batch normalisation, for 32×32 images.
///
///     [N, C, 32, 32] → conv 32@3×3 → 3a (64) → 3b (96) → pool → 4a (128) → 4b (160) → pool → 5a (256)
///                    → mean of each map → dropout → [N, classes]
///
/// Images of other sizes from 4×4 on are taken as well.
///
/// ```swift
/// let network = GoogLeNetLite(inputChannels: 1)
/// ```
public struct GoogLeNetLite: Network {
  public var layers: Sequential
  public let inputChannels: Int
  public let headName = "fc"

  /// A network with random weights: convolutions Gaussian of deviation 0.01, normalisations the identity.
  ///
  /// - Parameters:
  ///   - inputChannels: C. Default 3.
  ///   - classCount: the number of logits. Default 10.
  ///   - dropout: the probability before the last layer. Default 0.2.
  public init(inputChannels: Int = 3, classCount: Int = 10, dropout: Double = 0.2) {
    self.inputChannels = inputChannels
    func block(_ inputChannels: Int, _ widths: Inception.Widths) -> Parallel {
      Inception.reduced(inputChannels, widths, unit: .normalized)
    }
    layers = Sequential(named: [
      "conv1": Inception.Unit.normalized.layers(inputChannels, 32, side: 3),
      "inception3a": block(32, .init(16, 16, 32, 4, 8, 8)), "inception3b": block(64, .init(24, 24, 48, 4, 12, 12)),
      "maxpool3": MaxPool2d(3, stride: 2, roundsUp: true),
      "inception4a": block(96, .init(32, 32, 64, 8, 16, 16)), "inception4b": block(128, .init(40, 40, 80, 8, 20, 20)),
      "maxpool4": MaxPool2d(3, stride: 2, roundsUp: true),
      "inception5a": block(160, .init(64, 64, 128, 16, 32, 32)),
      "avgpool": AdaptiveAveragePool2d(1), "flatten": Flatten(), "dropout": Dropout(dropout),
      "fc": Linear(256, classCount),
    ])
  }
}
