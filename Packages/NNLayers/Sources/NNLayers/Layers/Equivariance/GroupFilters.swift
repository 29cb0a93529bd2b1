import Autograd
import TensorCore

/// Trainable filters of which a convolution uses all turned or mirrored copies.
struct GroupFilters: Sendable {
  let weight: Parameter
  let bias: Parameter?
  let geometry: ConvolutionGeometry
  private let group: PlanarGroup
  private let name: String
  private let isLifting: Bool
  private let indices: Tensor<Int64>

  init(
    _ name: String, _ group: PlanarGroup, isLifting: Bool, _ inputChannels: Int, _ outputChannels: Int,
    kernelSize: Int, stride: Int, padding: Int, bias: Bool, initializer: Initializer
  ) {
    guard inputChannels >= 1, outputChannels >= 1 else {
      stop(name, "needs at least one channel on each side, not \(inputChannels) and \(outputChannels)")
    }
    geometry = ConvolutionGeometry(
      kernel: PlaneSize(kernelSize), stride: PlaneSize(stride), padding: .symmetric(PlaneSize(padding)))
    let depth = isLifting ? 1 : group.order
    let shape = Shape([outputChannels, inputChannels] + (isLifting ? [] : [depth]) + [kernelSize, kernelSize])
    let taps = kernelSize * kernelSize
    let fan = Fan(in: inputChannels * depth * taps, out: outputChannels * group.order * taps)
    weight = Parameter(initializer(shape, fan: fan))
    self.bias = bias ? Parameter(Initializer.bias(outputChannels, fan)) : nil
    indices = group.filterIndices(channels: inputChannels, depth: depth, side: kernelSize)
    (self.name, self.group, self.isLifting) = (name, group, isLifting)
  }

  var fan: Fan {
    let taps = geometry.kernel.height * geometry.kernel.width
    return Fan(in: planes * taps, out: outputPlanes * taps)
  }

  var children: [Child] { [Child("weight", weight), Child("bias", bias as Any)] }

  /// The channels of an input, its orientations counted.
  private var planes: Int { weight.shape[1] * (isLifting ? 1 : group.order) }
  /// The channels of the output, its orientations counted.
  private var outputPlanes: Int { weight.shape[0] * group.order }

  func callAsFunction(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank == 4, x.shape[1] == planes else {
      stop(weight.layerPath(name), "weight \(weight.shape) needs \(planes) input channels, the input is \(x.shape)")
    }
    let kernel = geometry.kernel
    let filters = context[weight].reshaped([weight.shape[0], planes * kernel.height * kernel.width])
      .take(indices, along: 1).reshaped([outputPlanes, planes, kernel.height, kernel.width])
    // Features look for the same in every orientation, so that one bias serves them all.
    let biases = bias.map { context[$0].repeated(group.order, along: 0) }
    return x.conv2d(filters, bias: biases, geometry: geometry)
  }

  func outputShape(for input: Shape) throws(InputError) -> Shape {
    guard input.rank == 4, input[1] == planes,
      let size = try? geometry.outputSize(for: PlaneSize(height: input[2], width: input[3]))
    else {
      throw InputError(
        weight.layerPath(name), expected: "[N, \(planes), H, W] that holds a kernel of \(geometry.kernel)", got: input)
    }
    return [input[0], outputPlanes, size.height, size.width]
  }
}
