import Autograd
import NNLayers
import TensorCore

/// What goes around the body of a residual unit.
///
/// Options A, B and C are those of He, Zhang, Ren and Sun 2016, "Deep residual learning for image recognition"; the others
/// are tried, and found worse, in their "Identity mappings in deep residual networks" (2016), table 1 and figure 2. Where
/// height, width or channels change, those scale, gate or drop what option A makes of the input.
public enum Shortcut: Sendable, Hashable {
  /// Nothing: y = relu(F(x)), the plain network.
  case none
  /// Option A: the identity; where the sizes change every second row and column, and zeros for the new channels. No
  /// parameters.
  case zeroPadding
  /// Option B: the identity; where the sizes change a 1×1 convolution with batch normalisation.
  case projection
  /// Option C, the later paper's "1×1 conv shortcut": a 1×1 convolution with batch normalisation in every unit.
  case projectionEverywhere
  /// "Constant scaling": y = relu(residual · F(x) + shortcut · x). The paper's rows are 0.5 · x with 1 · F and 0.5 · F.
  case scaled(shortcut: Double, residual: Double)
  /// "Exclusive gating" of highway networks: y = relu(g · F(x) + (1 - g) · x) with g = σ(Wx + b), W of 1×1. `bias` is the
  /// first value of b; the paper's best is -6 for ResNet-110.
  case exclusiveGating(bias: Float)
  /// "Shortcut-only gating": y = relu(F(x) + (1 - g) · x), g as above.
  case shortcutOnlyGating(bias: Float)
  /// "Dropout shortcut": y = relu(F(x) + dropout(x)); the paper's probability is 0.5.
  case dropout(Double)
}

extension Shortcut {
  /// A unit of two 3×3 convolutions with this shortcut.
  func basicBlock(_ inputChannels: Int, _ channels: Int, stride: Int) -> any Layer {
    let body = ResidualBlock.basicBody(inputChannels, channels, stride: stride)
    let padding = ZeroPaddingShortcut.unlessIdentity(inputChannels, channels, stride: stride)
    let kept: [any Layer] = padding.map { [$0] } ?? []
    switch self {
    case .none: return ResidualBlock(body).withoutShortcut
    case .zeroPadding: return ResidualBlock(body, downsample: padding)
    case .projection:
      return ResidualBlock(body, downsample: ResidualBlock.projection(inputChannels, channels, stride: stride))
    case .projectionEverywhere:
      let projection = Sequential(convolution1x1(inputChannels, channels, stride: stride), BatchNorm2d(channels))
      return ResidualBlock(body, downsample: projection)
    case .scaled(let shortcut, let residual):
      let names = zip(body.names, body.layers).map { (name: $0, layer: $1) }
      return ResidualBlock(
        Sequential(named: names + [(name: "scale", layer: Scaling(residual))]),
        downsample: Sequential(kept + [Scaling(shortcut)]))
    case .dropout(let probability):
      return ResidualBlock(body, downsample: Sequential(kept + [Dropout(probability)]))
    case .exclusiveGating(let bias), .shortcutOnlyGating(let bias):
      let gate = Conv2d(
        inputChannels, channels, kernelSize: 1, stride: PlaneSize(stride), initializer: .heNormalFanOut)
      var gatesBody = false
      if case .exclusiveGating = self { gatesBody = true }
      return GatedBlock(
        body: body, gate: gate.startingBias(at: bias), downsample: padding, gatesBody: gatesBody)
    }
  }
}

/// The shortcut without parameters: every `stride`-th row and column, and zeros for the channels that are new.
///
/// Shapes: input `[N, C, H, W]`, output `[N, K, ⌈H / stride⌉, ⌈W / stride⌉]` with K at least C.
public struct ZeroPaddingShortcut: Layer {
  /// C, the channels that come in.
  public let inputChannels: Int
  /// K, the channels that go out.
  public let channels: Int
  /// Takes the first element of each window.
  public let subsampling: AveragePool2d

  /// A shortcut from C to K channels.
  public init(_ inputChannels: Int, _ channels: Int, stride: Int) {
    guard channels >= inputChannels else {
      stop("ZeroPaddingShortcut", "cannot make \(channels) channels of \(inputChannels)")
    }
    self.inputChannels = inputChannels
    self.channels = channels
    subsampling = AveragePool2d(1, stride: PlaneSize(stride))
  }

  static func unlessIdentity(_ inputChannels: Int, _ channels: Int, stride: Int) -> ZeroPaddingShortcut? {
    guard stride != 1 || inputChannels != channels else { return nil }
    return ZeroPaddingShortcut(inputChannels, channels, stride: stride)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    let kept = subsampling(x, context, as: "subsampling")
    return kept.padded([(0, 0), (0, channels - inputChannels), (0, 0), (0, 0)])
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard let kept = try subsampling.outputShape(for: input), kept[1] == inputChannels else {
      throw InputError("ZeroPaddingShortcut", expected: "[N, \(inputChannels), H, W]", got: input)
    }
    return [kept[0], channels, kept[2], kept[3]]
  }
}

/// y = factor · x.
public struct Scaling: ElementwiseLayer {
  /// The constant.
  public let factor: Double

  /// A multiplication by `factor`.
  public init(_ factor: Double) { self.factor = factor }

  public func forward(_ x: Variable, _ context: Context) -> Variable { x * factor }
}

/// A residual unit with a gate: y = relu(F(x) + (1 - g) · s(x)), or g · F(x) for F(x) if the gate is exclusive; g = σ(gate(x)).
public struct GatedBlock: Layer {
  /// F.
  public let body: Sequential
  /// The 1×1 convolution under the gate.
  public let gate: Conv2d
  /// s; nil for the identity.
  public let downsample: ZeroPaddingShortcut?
  /// Whether the gate is exclusive, as in highway networks.
  public let gatesBody: Bool

  public var children: [Child] {
    body.children + [Child("gate", gate), Child("downsample", downsample as Any)]
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    let residual = body.forward(x, context)
    let kept = downsample?(x, context, as: "downsample") ?? x
    let opening = gate(x, context, as: "gate").sigmoid()
    return ((gatesBody ? opening * residual : residual) + (1 - opening) * kept).relu()
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try body.outputShape(for: input) }
}
