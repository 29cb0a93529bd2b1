import Autograd

/// A layer's call as an observer sees it, right after the layer's output is known.
public struct LayerCall {
  /// The layer's name within the network that was called, as in `layer1.0.conv1`; empty for the network itself.
  public let name: String
  /// The layer.
  public let layer: any Layer
  /// What it was given.
  public let input: Variable
  /// What it made of it.
  public let output: Variable
}

extension Context {
  /// Shows `observer` each layer's output, by the layer's name, in every call with this context from now on.
  ///
  /// ```swift
  /// let context = Context.inference
  /// context.observe { call in print(call.name, call.output.shape) }
  /// _ = network(images, context)
  /// ```
  ///
  /// Use it for histograms of what the layers give, also in training, of which observers change nothing:
  ///
  /// ```swift
  /// var counts: [String: [Int]] = [:]
  /// context.observe { call in
  ///   for value in call.output.floats.scalars {
  ///     counts[call.name, default: Array(repeating: 0, count: 20)][min(max(Int(10 * value) + 10, 0), 19)] += 1
  ///   }
  /// }
  /// ```
  ///
  /// ``Layer/outputs(of:for:)`` returns feature maps without more ado.
  ///
  /// The name is known exactly within ``Sequential`` and the other containers. A layer of one's own calls its parts
  /// without naming them; they are recognised by their parameters and buffers. Parts that have none and are equal, say
  /// two `ReLU`, are told apart by the order of their calls, which should be that of the properties: the first call is
  /// the first one's, calls beyond the last are the last one's. A layer made on the spot, `Tanh()(x, context)`, is taken
  /// for an equal part if there is one, and called `Tanh()` if not. An operation on a variable, `x.relu()`, is no layer
  /// and not seen.
  ///
  /// A layer's parts come before the layer itself. Several observers are called in the order in which they were added.
  public func observe(_ observer: @escaping (LayerCall) -> Void) {
    observe(before: { _, _ in }, after: observer)
  }

  /// Shows `before` each layer's name when it is called, and `after` the output.
  func observe(before: @escaping (String, any Layer) -> Void, after: @escaping (LayerCall) -> Void) {
    let observation = observation ?? Observation()
    observation.observers.append(Observation.Observer(before: before, after: after))
    self.observation = observation
  }
}

/// The observers of a context, and which layers are being called.
final class Observation {
  struct Observer {
    let before: (String, any Layer) -> Void
    let after: (LayerCall) -> Void
  }

  var observers: [Observer] = []
  private var frames: [ObservedFrame] = []

  /// Calls a layer by `body`: `named` by its container, or else by what the calling layer is made of.
  func call(_ layer: any Layer, named: String?, _ x: Variable, _ body: () -> Variable) -> Variable {
    let name = name(of: layer, named)
    observers.forEach { $0.before(name, layer) }
    frames.append(ObservedFrame(name: name, layer: layer))
    let output = body()
    frames.removeLast()
    let call = LayerCall(name: name, layer: layer, input: x, output: output)
    observers.forEach { $0.after(call) }
    return output
  }

  private func name(of layer: any Layer, _ given: String?) -> String {
    guard let last = frames.indices.last else { return given ?? "" }
    return StructureWalk.join(frames[last].name, given ?? frames[last].partName(of: layer))
  }
}

/// A layer that is being called, and how far its parts have been.
private struct ObservedFrame {
  let name: String
  private let layer: any Layer
  private lazy var parts = StructureWalk(layer.structure).layers.dropFirst().map(Part.init)
  private var callCounts: [LayerSignature: Int] = [:]

  private struct Part {
    let name: String
    let depth: Int
    let signature: LayerSignature

    init(_ found: StructureWalk.NamedLayer) {
      name = found.name
      depth = found.depth
      signature = LayerSignature(found.layer)
    }
  }

  init(name: String, layer: any Layer) {
    self.name = name
    self.layer = layer
  }

  /// Which part of the layer `called` is; of several that fit, the outermost, in the order of their calls.
  mutating func partName(of called: any Layer) -> String {
    let signature = LayerSignature(called)
    let fitting = parts.filter { $0.signature == signature }
    guard let depth = fitting.map(\.depth).min() else { return "\(called.typeName)()" }
    let candidates = fitting.filter { $0.depth == depth }
    let callCount = callCounts[signature, default: 0]
    callCounts[signature] = callCount + 1
    return candidates[min(callCount, candidates.count - 1)].name
  }
}

/// What tells layers apart: the type and the parameters and buffers; without any, the description of the value.
private struct LayerSignature: Hashable {
  private let type: ObjectIdentifier
  private let cells: [ObjectIdentifier]
  private let description: String

  init(_ layer: any Layer) {
    type = ObjectIdentifier(Swift.type(of: layer))
    cells = StructureWalk(layer).cells.map(\.cell.identity)
    description = cells.isEmpty ? String(reflecting: layer) : ""
  }
}
