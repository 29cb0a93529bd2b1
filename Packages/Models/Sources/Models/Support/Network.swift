import Autograd
import NNLayers
import TensorCore

/// A network for images that is one chain of named layers, as most classifiers are.
///
/// The names are torchvision's where it has the network, so that its weights load as they are.
///
/// ```swift
/// let network = ResNet(.resnet50)
/// let features = try network.outputs(of: ["layer4"], for: images)
/// let flowers = network.replacingHead(classCount: 102)
/// flowers.freeze { !$0.hasPrefix(flowers.headName) }  // train the new layer alone
/// ```
public protocol Network: Layer {
  /// The layers in order, from `[N, C, H, W]` to `[N, classes]`, under the names of the state dictionary.
  var layers: Sequential { get set }
  /// C, the channels of the images.
  var inputChannels: Int { get }
  /// The layer that makes the logits: `fc`, `classifier.6`.
  var headName: String { get }
  /// The images that the network takes, for messages. Default: `[N, C, H, W]` as large as its strides need.
  var expectedInput: String { get }

  /// The network with a new last layer of random weights, for transfer to other classes; all other layers are shared,
  /// not copied.
  ///
  /// - Parameter classCount: the number of logits.
  func replacingHead(classCount: Int) -> Self
}

extension Network {
  public var children: [Child] { layers.children }

  public var expectedInput: String { "[N, \(inputChannels), H, W] with H and W as large as its strides need" }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank == 4, x.shape[1] == inputChannels else {
      stop(typeName, "takes an input of \(expectedInput), this one is \(x.shape)")
    }
    return layers.forward(x, context)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 4, input[1] == inputChannels else {
      throw InputError(typeName, expected: expectedInput, got: input)
    }
    do {
      return try layers.outputShape(for: input)
    } catch {
      // The layer that first lacks elements says less to the caller than the network's name and the images' shape.
      throw InputError(typeName, expected: expectedInput, got: input)
    }
  }

  /// The network with another layer in one place; all other layers are shared, not copied.
  ///
  /// Stops when the chain has no layer of that name. Parts of a residual unit cannot be replaced.
  ///
  /// - Parameters:
  ///   - name: where, as in `namedLayers`: `fc`, `classifier.6`.
  ///   - layer: what is put there.
  public func replacing(_ name: String, with layer: any Layer) -> Self {
    guard let changed = layers.replacing(name.split(separator: ".").map(String.init)[...], with: layer) else {
      stop(typeName, "has no layer '\(name)' that can be replaced")
    }
    var copy = self
    copy.layers = changed
    return copy
  }

  public func replacingHead(classCount: Int) -> Self {
    switch layers.layer(named: headName) {
    case let head as Linear: replacing(headName, with: Linear(head.inputCount, classCount))
    case let head as Conv2d: replacing(headName, with: Conv2d(head.inputChannels, classCount, kernelSize: 1))
    default: stop(typeName, "its layer '\(headName)' is neither linear nor a convolution: use replacing(_:with:)")
    }
  }
}

extension Sequential {
  /// The chain with another layer at the end of a path of names; nil if there is no such place.
  func replacing(_ path: ArraySlice<String>, with layer: any Layer) -> Sequential? {
    guard let name = path.first, let place = names.firstIndex(of: name) else { return nil }
    var changed = layers
    if path.count == 1 {
      changed[place] = layer
    } else {
      guard let inner = (changed[place] as? Sequential)?.replacing(path.dropFirst(), with: layer) else { return nil }
      changed[place] = inner
    }
    return Sequential(named: zip(names, changed).map { (name: $0, layer: $1) })
  }
}
