import Autograd
import NNLayers
import TensorCore

/// U-Net: a contracting path that sees ever more of the image, an expanding path back to its size, and skips that hand each
/// level's maps across, so that every pixel gets a class.
///
///     [N, C, H, W] → encoder.0 (w) ─────────────────── skip ─────────────────→ decoder.0 (w) → head → [N, classes, H, W]
///                      ↓ max-pool                                                  ↑ up.0
///                    encoder.1 (2w) ────────────────── skip ────────────────→ decoder.1 (2w)
///                      ↓                           …                               ↑
///                                              bottom (16w)
///
/// Every block is two 3×3 convolutions with ReLU; on the way down the channels double, on the way up a transposed
/// convolution of 2×2 halves them, and the skip's maps are put before them. With the usual four levels and w = 64 there are
/// 23 convolutions and 31,030,658 parameters for one channel and two classes.
///
/// In the form ``Form/same`` images of any size are taken: pooling keeps the windows that reach over the lower and right edge,
/// and what comes up too large for its skip by a row or a column is cropped there. Train with `crossEntropy(maps, masks)`
/// for masks `[N, H, W]` of classes, or `diceLoss(_:_:)`.
///
/// ```swift
/// let network = UNet(classCount: 3, width: 16)
/// let loss = crossEntropy(maps, masks)
/// ```
///
/// Ronneberger, Fischer and Brox 2015, "U-Net: Convolutional networks for biomedical image segmentation".
public struct UNet: Layer {
  /// Whether maps keep their size.
  public enum Form: Sendable, Hashable {
    /// Convolutions with padding: the classes' maps are as large as the image, whatever its size.
    case same
    /// The paper's: convolutions without padding, skips cropped at their centre; 572×572 becomes 388×388. All maps must be
    /// even before they are pooled.
    case valid
  }

  /// Whether maps keep their size.
  public let form: Form
  /// C, the channels of the images.
  public let inputChannels: Int
  /// The blocks of the contracting path, from the top.
  public let encoder: [Sequential]
  /// The block at the lowest level.
  public let bottom: Sequential
  /// The transposed convolutions of the expanding path, from the top: `up.0` is the last to be called.
  public let up: [ConvTranspose2d]
  /// The blocks of the expanding path, from the top.
  public let decoder: [Sequential]
  /// The 1×1 convolution to the classes.
  public let head: Conv2d

  /// A network with random weights: convolutions Gaussian of variance 2 / fan-in, as in the paper, biases 0.
  ///
  /// - Parameters:
  ///   - form: whether maps keep their size. Default: they do.
  ///   - inputChannels: C. Default 1.
  ///   - classCount: the number of maps that come out. Default 2.
  ///   - width: w, the channels of the first block. Default 64.
  ///   - levels: how often the maps are halved. Default 4.
  ///   - dropout: the probability at the end of the contracting path: behind its last block and the lowest one. The paper does
  ///     not tell it. Default 0.5.
  public init(
    _ form: Form = .same, inputChannels: Int = 1, classCount: Int = 2, width: Int = 64, levels: Int = 4,
    dropout: Double = 0.5
  ) {
    guard width >= 1, levels >= 1, levels < 30 else {
      stop("UNet", "needs at least one channel and from 1 to 29 levels, not \(width) and \(levels)")
    }
    self.form = form
    self.inputChannels = inputChannels
    let widths = (0...levels).map { width << $0 }
    encoder = (0..<levels).map { level in
      form.block(
        level == 0 ? inputChannels : widths[level - 1], widths[level], dropout: level == levels - 1 ? dropout : 0)
    }
    bottom = form.block(widths[levels - 1], widths[levels], dropout: dropout)
    up = (0..<levels).map { level in
      ConvTranspose2d(widths[level + 1], widths[level], kernelSize: 2, stride: 2, initializer: .heNormal)
    }
    decoder = (0..<levels).map { level in form.block(widths[level + 1], widths[level], dropout: 0) }
    head = Conv2d(width, classCount, kernelSize: 1, initializer: .heNormal).startingBias(at: 0)
    up.forEach { $0.bias?.value = .float(.zeros([$0.outputChannels])) }
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank == 4, takes(x.shape) else {
      stop("UNet", "takes an input of \(expectedInput), this one is \(x.shape)")
    }
    var y = x
    var skips: [Variable] = []
    for (level, block) in encoder.enumerated() {
      y = block(y, context, as: "encoder.\(level)")
      skips.append(y)
      y = y.maxPool2d(Self.pooling)
    }
    y = bottom(y, context, as: "bottom")
    for level in encoder.indices.reversed() {
      y = up[level](y, context, as: "up.\(level)")
      let size = form.joined(skips[level].shape, y.shape)
      y = .concatenated(
        [skips[level].cropped(to: size, atCenter: true), y.cropped(to: size, atCenter: false)], along: 1)
      y = decoder[level](y, context, as: "decoder.\(level)")
    }
    return head(y, context, as: "head")
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 4, input[1] == inputChannels,
      let height = form.outputLength(input[2], levels: encoder.count),
      let width = form.outputLength(input[3], levels: encoder.count)
    else { throw InputError("UNet", expected: expectedInput, got: input) }
    return [input[0], head.outputChannels, height, width]
  }

  private func takes(_ shape: Shape) -> Bool { (try? outputShape(for: shape)) != nil }

  private var expectedInput: String {
    form == .same
      ? "[N, \(inputChannels), H, W] with H and W at least 1"
      : "[N, \(inputChannels), H, W] whose maps are even before each of \(encoder.count) poolings, such as 572×572 for four"
  }

  /// Halves maps, odd ones rounded up.
  private static let pooling = PoolingGeometry(kernel: 2, roundsUp: true)
}

extension UNet.Form {
  /// Two 3×3 convolutions with ReLU.
  fileprivate func block(_ inputChannels: Int, _ channels: Int, dropout: Double) -> Sequential {
    func convolution(_ inputChannels: Int) -> Conv2d {
      Conv2d(
        inputChannels, channels, kernelSize: 3, padding: self == .same ? 1 : 0, initializer: .heNormal
      ).startingBias(at: 0)
    }
    let layers: [(name: String, layer: any Layer)] = [
      ("conv1", convolution(inputChannels)), ("relu1", ReLU()), ("conv2", convolution(channels)), ("relu2", ReLU()),
    ]
    return Sequential(named: dropout > 0 ? layers + [("dropout", Dropout(dropout))] : layers)
  }

  /// The size in which a skip and what comes up from below are joined: the skip's, or without padding that of the latter.
  fileprivate func joined(_ skip: Shape, _ upper: Shape) -> PlaneSize {
    let shape = self == .same ? skip : upper
    return PlaneSize(height: shape[2], width: shape[3])
  }

  /// The length of an axis of the output; nil if the network cannot take such an input.
  fileprivate func outputLength(_ length: Int, levels: Int) -> Int? {
    guard self == .valid else { return length >= 1 ? length : nil }
    var length = length
    for _ in 0..<levels {
      guard length >= 6, length % 2 == 0 else { return nil }
      length = (length - 4) / 2
    }
    guard length >= 5 else { return nil }
    length -= 4
    for _ in 0..<levels { length = 2 * length - 4 }
    return length >= 1 ? length : nil
  }
}

extension Variable {
  /// The part of each map of that size, at its centre or its upper left corner.
  fileprivate func cropped(to size: PlaneSize, atCenter: Bool) -> Variable {
    guard shape[2] != size.height || shape[3] != size.width else { return self }
    let top = atCenter ? (shape[2] - size.height) / 2 : 0, left = atCenter ? (shape[3] - size.width) / 2 : 0
    return slice([0..<shape[0], 0..<shape[1], top..<(top + size.height), left..<(left + size.width)])
  }
}
