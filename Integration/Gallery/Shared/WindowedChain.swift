import Models
import Training

/// The parts of a network, in order, as far as each output sees a window of the image.
struct WindowedChain {
  var parts: [any Layer] = []
  var last = ""
  var field = 0

  init(_ network: any Layer, _ input: Shape) throws {
    let rows = try network.summary(for: input).rows
    let chain = network.children.compactMap { part in (part.value as? any Layer).map { (part.name, $0) } }
    for (name, layer) in (network as? UNet).map(Self.contracting) ?? chain {
      let side = rows.first { $0.name == name }?.receptiveField?.last
      // Adaptive pooling is no window of fixed size on images of other sizes.
      guard side != nil || name == "pooling", !(layer is AdaptiveAveragePool2d) else { break }
      parts.append(layer)
      (last, field) = (name, side ?? field)
    }
  }

  /// The way down, whose last output sees most.
  private static func contracting(_ network: UNet) -> [(String, any Layer)] {
    let down = network.encoder.enumerated().flatMap { level, block in
      [("encoder.\(level)", block as any Layer), ("pooling", MaxPool2d(2))]
    }
    return down + [("bottom", network.bottom)]
  }

  /// An image wide enough, and as low as the network takes it; where it takes one size only, that.
  func image(for network: any Layer) throws -> Shape {
    let channels = (network as? any Network)?.inputChannels ?? 1
    let width = (field + 160) / 32 * 32
    let shapes = [32, 64, 96].map { Shape([1, channels, $0, width]) }
    let usual = [(28, 28), (32, 32), (21, 21), (95, 95), (188, width + 12)].map { Shape([1, channels, $0, $1]) }
    return (shapes + usual).first { (try? network.outputShape(for: $0)) != nil } ?? shapes[1]
  }

  func measuredField(on image: Shape) -> Int {
    let average = Initializer(fan: { shape, fan, _ in Tensor(repeating: 1 / Float(max(fan.in, 1)), shape: shape) })
    let (count, width) = (image[1] * image[2], image[3])
    let ramp = (0..<width).map { 1 + Double($0) / Double(width) }
    let bright = (0..<count).flatMap { _ in ramp }, dark = (0..<count).flatMap { _ in ramp.reversed() }
    let tape = Tape()
    let context = Context(mode: .inference, precision: .double, tape: tape)
    let images = tape.watch(Tensor<Double>(bright + dark, shape: [2, image[1], image[2], width]))
    let output = parts.reduce(images) { y, part in
      part.freeze()
      part.initialize(with: average)
      part.initialize(with: .zeros) { name, _ in name.hasSuffix("bias") }
      part.initialize(with: .ones) { name, weight in weight.shape.rank == 1 && !name.hasSuffix("bias") }
      return part(y, context)
    }
    let sizes = output.shape.sizes, middle = sizes[3] / 2
    let column = output.slice([0..<2, 0..<sizes[1], 0..<sizes[2], middle..<middle + 1])
    let gradient = column.sum().gradients()[images]?.doubles ?? .zeros([2, image[1], image[2], width])
    let seen = gradient.abs().sum(along: [0, 1, 2]).scalars.enumerated().filter { $1 > 0 }.map(\.offset)
    return (seen.last ?? 0) - (seen.first ?? 0) + 1
  }
}
