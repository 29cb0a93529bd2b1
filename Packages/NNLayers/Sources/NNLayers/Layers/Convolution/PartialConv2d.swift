import Autograd
import TensorCore

/// A convolution in which each output channel sees some of the input channels only, by a table: the C3 layer of the
/// LeNet-5 of 1998.
///
///     output[n,k,y,x] = bias[k] + Σ_{c in connections[k]} Σ_{r,s} kernel(k, c)[r, s] · input[n, c, y·S + r - P, x·S + s - P]
///
/// There are parameters for the connections that exist, no others: `weight` `[connections, F, F]` in the table's order,
/// `bias` `[K]`. Shapes: input `[N, C, H, W]`, output `[N, K, H', W']` with H' = (H + 2P - F) / S + 1 rounded down. Runs
/// as a full convolution with zeros where there is no connection.
///
/// ```swift
/// let layer = PartialConv2d(6, connections: PartialConv2d.lenet5Connections, kernelSize: 5)  // 1,516 parameters
/// ```
///
/// LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied to document recognition", table I.
public struct PartialConv2d: Layer {
  /// The kernels of the connections, `[connections, R, S]`: those of output 0 in the table's order, then those of 1, ….
  public let weight: Parameter
  /// `[K]`.
  public let bias: Parameter
  /// Kernel, stride and padding.
  public let geometry: ConvolutionGeometry
  /// C.
  public let inputChannels: Int
  /// For each output channel the input channels that it sees.
  public let connections: [[Int]]
  /// For each pair of channels, output by output, the number of its kernel; that after the last where there is none.
  private let kernels: Tensor<Int64>

  /// The table of the C3 layer of 1998, from 6 to 16 channels: 60 connections. The first six outputs see three
  /// neighbouring inputs, the next six four neighbouring ones, three see two pairs, and the last one sees all.
  public static let lenet5Connections: [[Int]] = [
    [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
    [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
    [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5],
  ]

  /// A layer from `inputChannels` to as many channels as the table has rows.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - connections: for each output channel the input channels that it sees, each once and at least one.
  ///   - kernelSize: the kernels' height and width.
  ///   - stride: the step between output positions. Default 1.
  ///   - padding: zeros around the image, or `.same`. Default 0.
  ///   - initializer: the weight's first value, asked for each output with the shape `[1, inputs seen, R, S]`. Default
  ///     uniform within ±1/√fan-in; the bias is always drawn so.
  public init(
    _ inputChannels: Int, connections: [[Int]], kernelSize: PlaneSize, stride: PlaneSize = 1,
    padding: PlanePadding = 0, initializer: Initializer = .fanInUniform
  ) {
    geometry = ConvolutionGeometry(kernel: kernelSize, stride: stride, padding: padding)
    Self.check(connections, inputChannels)
    let (height, width) = (kernelSize.height, kernelSize.width)
    let shapes = connections.map { inputs -> Shape in [1, inputs.count, height, width] }
    weight = Parameter(
      .concatenated(shapes.map { initializer($0).reshaped([$0[1], height, width]) }))
    bias = Parameter(.concatenated(shapes.map { Initializer.bias(1, Fan(of: $0)) }))
    self.inputChannels = inputChannels
    self.connections = connections
    let count = connections.reduce(0) { $0 + $1.count }
    var numbers = [Int64](repeating: Int64(count), count: connections.count * inputChannels)
    for (number, (output, input)) in connections.enumerated().flatMap({ row in row.1.map { (row.0, $0) } }).enumerated()
    {
      numbers[output * inputChannels + input] = Int64(number)
    }
    kernels = Tensor(numbers)
  }

  private static func check(_ connections: [[Int]], _ inputChannels: Int) {
    guard !connections.isEmpty else { stop("PartialConv2d", "the table has no output channel") }
    for (output, inputs) in connections.enumerated() {
      guard !inputs.isEmpty, inputs.allSatisfy({ 0..<inputChannels ~= $0 }), Set(inputs).count == inputs.count else {
        stop(
          "PartialConv2d",
          "output \(output) must see some of the input channels 0 ..< \(inputChannels), each once, not \(inputs)")
      }
    }
  }

  /// The channels that go out.
  public var outputChannels: Int { connections.count }

  public var children: [Child] { [Child("weight", weight), Child("bias", bias)] }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank == 4, x.shape[1] == inputChannels else {
      stop(weight.layerPath("PartialConv2d"), "needs \(inputChannels) input channels, the input is \(x.shape)")
    }
    // One kernel of zeros after the last stands for all connections that are not.
    let filters = context[weight].padded([(0, 1), (0, 0), (0, 0)]).take(kernels)
      .reshaped([outputChannels, inputChannels, geometry.kernel.height, geometry.kernel.width])
    return x.conv2d(filters, bias: context[bias], geometry: geometry)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 4, input[1] == inputChannels,
      let size = try? geometry.outputSize(for: PlaneSize(height: input[2], width: input[3]))
    else {
      throw InputError(
        weight.layerPath("PartialConv2d"),
        expected: "[N, \(inputChannels), H, W] that holds a kernel of \(geometry.kernel)", got: input)
    }
    return [input[0], outputChannels, size.height, size.width]
  }
}
