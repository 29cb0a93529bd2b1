import Autograd
import NNLayers
import TensorCore

/// A classifier of patches that slides over whole images: the logits of every patch, exactly those that the classifier gives,
/// while what neighbouring patches share is calculated once.
///
/// A step of S in the classifier, a stride of a convolution or a pooling, becomes a step of 1, and all taps behind it lie S times
/// as far apart; a fully connected layer becomes a convolution whose filter covers the maps that it joined. The parameters are the
/// classifier's own, under its names.
///
/// Shapes: input `[N, C, H, W]`, output `[N, classes, H, W]`, or without mirrored borders `[N, classes, H - P + 1, W - P + 1]` for
/// patches of P×P. Output (y, x) belongs to the patch whose centre, without mirroring whose upper left corner, is pixel (y, x).
///
/// ```swift
/// let segmentation = FullyConvolutional(PixelClassifier(.light), patchSize: 21)
/// ```
///
/// Ciresan and others 2012, "Deep neural networks segment neuronal membranes in electron microscopy images"; Giusti and others
/// 2013, "Fast image scanning with deep max-pooling convolutional neural networks"; Long, Shelhamer and Darrell 2015, "Fully
/// convolutional networks for semantic segmentation".
public struct FullyConvolutional: Layer {
  /// The classifier's chain.
  public let classifier: Sequential
  /// The size of a patch.
  public let patchSize: PlaneSize
  /// Whether images are continued by their mirror image.
  public let mirrorsBorders: Bool
  private let inputChannels: Int
  private let classCount: Int
  private let steps: [SlidingStep]

  /// The network that slides `network` over images.
  ///
  /// Stops unless it takes patches of that size, and is made of convolutions and max-poolings without padding, elementwise
  /// layers, `Flatten` and linear layers.
  ///
  /// - Parameters:
  ///   - network: the classifier.
  ///   - patchSize: the size of the images that it takes.
  ///   - mirroringBorders: whether each pixel gets logits, by continuing images by their mirror image. Default true.
  public init(_ network: some Network, patchSize: PlaneSize, mirroringBorders: Bool = true) {
    classifier = network.layers
    self.patchSize = patchSize
    mirrorsBorders = mirroringBorders
    inputChannels = network.inputChannels
    let patch: Shape = [1, inputChannels, patchSize.height, patchSize.width]
    guard let output = try? network.outputShape(for: patch), output.rank == 2 else {
      stop("FullyConvolutional", "the network makes no logits [N, classes] of patches \(patch)")
    }
    classCount = output[1]
    steps = SlidingStep.steps(of: classifier, patch: patch)
  }

  /// Those of the classifier, so that its weights load as they are.
  public var children: [Child] { classifier.children }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard let shape = try? outputShape(for: x.shape) else {
      stop("FullyConvolutional", "takes an input of \(expectedInput), this one is \(x.shape)")
    }
    let y = steps.reduce(mirrorsBorders ? x.padded(margins, mode: .reflect) : x) { $1.applied(to: $0, context) }
    // Patches whose last rows the classifier does not look at would fit beyond the edge.
    return y.shape == shape ? y : y.slice([0..<shape[0], 0..<shape[1], 0..<shape[2], 0..<shape[3]])
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    let least = smallestImage
    guard input.rank == 4, input[1] == inputChannels, input[2] >= least.height, input[3] >= least.width else {
      throw InputError("FullyConvolutional", expected: expectedInput, got: input)
    }
    let lost = mirrorsBorders ? (0, 0) : (patchSize.height - 1, patchSize.width - 1)
    return [input[0], classCount, input[2] - lost.0, input[3] - lost.1]
  }

  private var expectedInput: String {
    "[N, \(inputChannels), H, W] of at least \(smallestImage)"
  }

  /// A mirror image is one pixel smaller than the image.
  private var smallestImage: PlaneSize {
    mirrorsBorders ? PlaneSize(height: patchSize.height / 2 + 1, width: patchSize.width / 2 + 1) : patchSize
  }

  private var margins: [(before: Int, after: Int)] {
    [(0, 0), (0, 0)] + [patchSize.height, patchSize.width].map { (($0 - 1) / 2, $0 / 2) }
  }
}

/// What a layer of the classifier becomes.
private enum SlidingStep: Sendable {
  case convolution(Conv2d, ConvolutionGeometry)
  case maximum(taps: PlaneSize, distance: PlaneSize)
  case linear(Linear, filter: Shape, ConvolutionGeometry)
  case elementwise(any Layer, name: String)

  static func steps(of classifier: Sequential, patch: Shape) -> [SlidingStep] {
    var steps: [SlidingStep] = []
    var maps = patch
    // The maps that `Flatten` joined, until a linear layer follows.
    var joined: Shape?
    var distance = PlaneSize(1)
    for (name, layer) in classifier.flattened {
      switch layer {
      case let layer as Conv2d where layer.geometry.padding == 0:
        let geometry = layer.geometry
        let dilation = distance.multiplied(by: geometry.dilation)
        steps.append(
          .convolution(
            layer, ConvolutionGeometry(kernel: geometry.kernel, dilation: dilation, groups: geometry.groups)))
        distance = distance.multiplied(by: geometry.stride)
      case let layer as MaxPool2d where layer.geometry.padding == 0 && !layer.geometry.roundsUp:
        steps.append(.maximum(taps: layer.geometry.kernel, distance: distance))
        distance = distance.multiplied(by: layer.geometry.stride)
      case is Flatten: joined = maps
      case let layer as Linear:
        let filter = joined.map { Shape(Array($0.sizes.dropFirst())) } ?? [layer.inputCount, 1, 1]
        let kernel = PlaneSize(height: filter[1], width: filter[2])
        steps.append(.linear(layer, filter: filter, ConvolutionGeometry(kernel: kernel, dilation: distance)))
        joined = nil
      case is any ElementwiseLayer: steps.append(.elementwise(layer, name: name))
      default: stop("FullyConvolutional", "cannot slide \(name), a \(layer.typeName), over images")
      }
      maps = (try? layer.outputShape(for: maps)) ?? maps
    }
    return steps
  }

  func applied(to x: Variable, _ context: Context) -> Variable {
    switch self {
    case .convolution(let layer, let geometry):
      return x.conv2d(context[layer.weight], bias: layer.bias.map { context[$0] }, geometry: geometry)
    case .maximum(let taps, let distance):
      return x.slidingMaximum(axis: 2, taps.height, distance.height).slidingMaximum(axis: 3, taps.width, distance.width)
    case .linear(let layer, let filter, let geometry):
      let weight = context[layer.weight].reshaped(Shape([layer.outputCount] + filter.sizes))
      return x.conv2d(weight, bias: layer.bias.map { context[$0] }, geometry: geometry)
    case .elementwise(let layer, let name): return layer(x, context, as: name)
    }
  }
}

extension Sequential {
  /// The layers in order, those of chains within this one in their places, with their paths.
  fileprivate var flattened: [(name: String, layer: any Layer)] {
    zip(names, layers).flatMap { name, layer in
      (layer as? Sequential)?.flattened.map { ("\(name).\($0.name)", $0.layer) } ?? [(name, layer)]
    }
  }
}

extension PlaneSize {
  fileprivate func multiplied(by other: PlaneSize) -> PlaneSize {
    PlaneSize(height: height * other.height, width: width * other.width)
  }
}

extension Variable {
  /// The largest of `taps` elements along an axis, `distance` apart, at every position where all of them are inside.
  fileprivate func slidingMaximum(axis: Int, _ taps: Int, _ distance: Int) -> Variable {
    let count = shape[axis] - (taps - 1) * distance
    return (1..<taps).reduce(slice(axis: axis, range: 0..<count)) { largest, tap in
      .maximum(largest, slice(axis: axis, range: (tap * distance)..<(tap * distance + count)))
    }
  }
}
