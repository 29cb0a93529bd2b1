import Autograd
import NNLayers
import TensorCore
import Testing

/// A layer of one's own with a weight and a part, that calculates without layers too.
private struct Mixed: Layer {
  let weight = Parameter(Tensor<Float>.ones([3, 2]))
  let inner = Linear(2, 2)
  let unused = Linear(5, 7)

  func forward(_ x: Variable, _ context: Context) -> Variable {
    inner(x, context).matmul(context[weight], transposingRight: true).relu()
  }
}

struct SummaryTests {
  private let leNet = Sequential(named: [
    "c1": Conv2d(1, 6, kernelSize: 5), "t1": Tanh(), "s2": MaxPool2d(2), "c3": Conv2d(6, 16, kernelSize: 5),
    "t3": Tanh(), "s4": MaxPool2d(2), "flat": Flatten(), "c5": Linear(400, 120), "t5": Tanh(), "f6": Linear(120, 84),
    "t6": Tanh(), "out": Linear(84, 10),
  ])

  /// LeNet-5 by hand. Multiply-adds are outputs times taps:
  ///
  ///     C1    28·28·6 · 25    = 117,600     6·25 + 6      =    156 parameters
  ///     C3    10·10·16 · 150  = 240,000     16·150 + 16   =  2,416
  ///     C5    120 · 400       =  48,000     48,000 + 120  = 48,120
  ///     F6    84 · 120        =  10,080     10,080 + 84   = 10,164
  ///     out   10 · 84         =     840     840 + 10      =    850
  ///                             416,520                     61,706
  @Test func leNetByHand() throws {
    let summary = try leNet.summary(for: [1, 1, 32, 32])
    #expect(summary.rows.map(\.name) == [""] + leNet.names)
    let shapes: [Shape] = [
      [1, 10], [1, 6, 28, 28], [1, 6, 28, 28], [1, 6, 14, 14], [1, 16, 10, 10], [1, 16, 10, 10], [1, 16, 5, 5],
      [1, 400], [1, 120], [1, 120], [1, 84], [1, 84], [1, 10],
    ]
    #expect(summary.rows.map(\.outputShape) == shapes)
    let parameters: [Int] = [0, 156, 0, 0, 2416, 0, 0, 0, 48_120, 0, 10_164, 0, 850]
    #expect(summary.rows.map(\.parameterCount) == parameters)
    let products: [Int] = [0, 117_600, 0, 0, 240_000, 0, 0, 0, 48_000, 0, 10_080, 0, 840]
    #expect(summary.rows.map(\.multiplyAdds) == products)
    #expect(summary.parameterCount == 61_706)
    #expect(summary.multiplyAdds == 416_520)
    // Four bytes an element; what only reshapes, or is a part's output, takes none.
    let elements: [Int] = [0, 4704, 4704, 1176, 1600, 1600, 400, 0, 120, 120, 84, 84, 10]
    #expect(summary.rows.map(\.byteCount) == elements.map { 4 * $0 })
    #expect(summary.byteCount == 4 * 14_602)
    #expect(summary.parameterByteCount == 246_824)
    // 5; then 2 more positions' step 1 for the pooling; 4 steps of 2; one step of 2.
    let fields: [[Int]?] = [
      nil, [5, 5], [5, 5], [6, 6], [14, 14], [14, 14], [16, 16], nil, nil, nil, nil, nil, nil,
    ]
    #expect(summary.rows.map(\.receptiveField) == fields)
  }

  /// The columns add up to the totals for a batch of any size, products in proportion to it.
  @Test func amountsFollowTheBatch() throws {
    let (one, three) = (try leNet.summary(for: [1, 1, 32, 32]), try leNet.summary(for: [3, 1, 32, 32]))
    #expect(three.multiplyAdds == 3 * one.multiplyAdds)
    #expect(three.byteCount == 3 * one.byteCount)
    #expect(three.parameterCount == one.parameterCount)
    #expect(
      try leNet.copied().summary(for: [1, 1, 32, 32]).rows.map(\.parameterCount) == one.rows.map(\.parameterCount))
  }

  @Test func text() throws {
    let model = Sequential(Conv2d(1, 2, kernelSize: 3), ReLU(), Flatten(), Linear(1800, 10))
    model.freeze { $0 == "0.bias" }
    let expected = """
      layer  type        output          parameters  multiply-adds    memory  receptive field
      ───────────────────────────────────────────────────────────────────────────────────────
      0      Conv2d      [1, 2, 30, 30]          20         16,200   7.0 KiB              3×3
      1      ReLU        [1, 2, 30, 30]                              7.0 KiB              3×3
      2      Flatten     [1, 1800]
      3      Linear      [1, 10]             18,010         18,000      40 B
      ───────────────────────────────────────────────────────────────────────────────────────
      total  Sequential  [1, 10]             18,030         34,200  14.1 KiB
      18,030 parameters of 70.4 KiB, 18,028 of them trainable; input [1, 1, 32, 32]
      """
    #expect(try model.summary(for: [1, 1, 32, 32]).description == expected)
  }

  @Test func layersOfOnesOwn() throws {
    let model = Mixed()
    let summary = try model.summary(for: [4, 2])
    #expect(summary.rows.map(\.name) == ["", "inner", "unused"])
    #expect(summary.rows.map(\.parameterCount) == [6, 2 * 2 + 2, 5 * 7 + 7])
    #expect(summary.rows.map(\.multiplyAdds) == [4 * 3 * 2, 4 * 2 * 2, 0])
    #expect(summary.rows.map(\.outputShape) == [[4, 3], [4, 2], nil])
    #expect(summary.parameterCount == summary.rows.reduce(0) { $0 + $1.parameterCount })
    #expect(summary.description.contains("not called"))
  }

  /// Convolutions of every kind by hand: outputs times taps, or for a transposed one inputs times taps.
  @Test func convolutionsByHand() throws {
    // 10 positions of 6 channels, 3 taps on 4 channels; 1 + 2·1.
    try expect(Conv1d(4, 6, kernelSize: 3), [1, 4, 12], products: 10 * 6 * 12, parameters: 6 * 12 + 6, field: [3])
    // 3·4·5 positions of 2 channels, 2·2·2 taps on 3 channels.
    try expect(
      Conv3d(3, 2, kernelSize: 2), [1, 3, 4, 5, 6], products: 60 * 2 * 24, parameters: 2 * 24 + 2, field: [2, 2, 2])
    // 5·5 inputs of 4 channels, each spread over 2·2 places of 3 channels.
    try expect(
      ConvTranspose2d(4, 3, kernelSize: 2, stride: 2), [1, 4, 5, 5], products: 25 * 4 * 12, parameters: 4 * 12 + 3,
      field: nil)
    // Depthwise 6·6·8 of 9 taps, pointwise 6·6·16 of 8.
    try expect(
      SeparableConv2d(8, 16, kernelSize: 3), [1, 8, 8, 8], products: 36 * 8 * 9 + 36 * 16 * 8,
      parameters: 8 * 9 + 16 * 8 + 16, field: [3, 3])
    try expect(
      Conv2d(2, 4, kernelSize: 3, stride: 2, padding: 1, paddingMode: .reflect, groups: 2), [1, 2, 8, 8],
      products: 16 * 4 * 9, parameters: 4 * 9 + 4, field: [3, 3])
    // The lectures' example layer: 760 parameters; 32·32·10 outputs of 75 taps.
    try expect(
      Conv2d(3, 10, kernelSize: 5, padding: 2), [1, 3, 32, 32], products: 10_240 * 75, parameters: 760, field: [5, 5])
  }

  private func expect(
    _ layer: any Layer, _ input: Shape, products: Int, parameters: Int, field: [Int]?
  ) throws {
    let summary = try layer.summary(for: input)
    #expect(summary.multiplyAdds == products, "\(layer.typeName)")
    #expect(summary.parameterCount == parameters, "\(layer.typeName)")
    #expect(summary.rows[0].receptiveField == field, "\(layer.typeName)")
  }

  /// A layer in two places has two rows and its parameters once; a frozen one counts but does not train.
  @Test func sharedAndFrozenLayers() throws {
    let shared = Linear(3, 3)
    let model = Sequential(shared, ReLU(), shared, Dropout(0.5))
    shared.bias?.isTrainable = false
    let summary = try model.summary(for: [2, 3])
    #expect(summary.rows.map(\.parameterCount) == [0, 12, 0, 0, 0])
    #expect(summary.rows.map(\.multiplyAdds) == [0, 18, 0, 18, 0])
    #expect(summary.rows.map(\.byteCount) == [0, 24, 24, 24, 0])
    #expect(summary.parameterCount == 12)
    #expect(summary.trainableParameterCount == 9)
  }

  /// Nothing of the network changes, and batch normalisation takes a single value per channel.
  @Test func leavesTheNetworkAsItIs() throws {
    let model = Sequential(Linear(3, 4), BatchNorm1d(4))
    let before = model.stateDictionary().entries.map { "\($0.value)" }
    let summary = try model.summary(for: [1, 3])
    #expect(model.stateDictionary().entries.map { "\($0.value)" } == before)
    #expect(summary.rows.map(\.parameterCount) == [0, 16, 8])
    #expect(throws: InputError.self) { try model.summary(for: [1, 5]) }
  }
}
