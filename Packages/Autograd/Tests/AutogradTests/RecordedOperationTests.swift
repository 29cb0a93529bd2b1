import Autograd
import TensorCore
import Testing

/// An operation as a user writes it, that says nothing of its size.
private struct Double2: Operation {
  let name = "double"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    Recorded(inputs[0] * 2) { gradient in [gradient * 2] }
  }
}

struct RecordedOperationTests {
  private func products(_ shapes: [Shape], _ calculate: ([Variable]) -> Variable) -> Int {
    let tape = Tape()
    var count = 0
    tape.observe { count += $0.multiplyAdds }
    _ = calculate(shapes.map { tape.watch(Tensor<Float>.ones($0)) })
    return count
  }

  /// Outputs times the length of the sums.
  @Test func multiplyAdds() {
    #expect(products([[2, 3], [3, 5]]) { $0[0].matmul($0[1]) } == 2 * 5 * 3)
    #expect(products([[3, 2], [3, 5]]) { $0[0].matmul($0[1], transposingLeft: true) } == 2 * 5 * 3)
    #expect(products([[4, 2, 3], [5, 3]]) { $0[0].matmul($0[1], transposingRight: true) } == 4 * 2 * 5 * 3)
    #expect(products([[7], [7]]) { $0[0].dot($0[1]) } == 7)
    let grouped = ConvolutionGeometry(kernel: PlaneSize(height: 3, width: 2), stride: 2, groups: 2)
    // 7×8 gives 3×4; six filters on two of four channels.
    #expect(
      products([[2, 4, 7, 8], [6, 2, 3, 2]]) { $0[0].conv2d($0[1], geometry: grouped) } == 2 * 6 * 3 * 4 * 2 * 6)
    #expect(products([[2, 3], [3]]) { Double2().apply(to: $0[0] + $0[1]).relu() } == 0)
  }

  @Test func placesOnTheTape() {
    let tape = Tape()
    var seen: [RecordedOperation] = []
    tape.observe { seen.append($0) }
    let x = tape.watch(Tensor<Float>([1, 2]))
    let y = x * Variable(Tensor<Float>([3, 4]))
    let z = Double2().apply(to: y)
    #expect(seen.map(\.index) == [y.tapeIndex, z.tapeIndex])
    #expect(seen[0].inputs.map(\.index) == [x.tapeIndex, nil])
    #expect(seen[1].inputs.map(\.index) == [y.tapeIndex])
    #expect(seen[1].outputShape == [2])
    #expect(Variable(Tensor<Float>([1])).tapeIndex == nil)
    // Watching alone and constants are no operations.
    _ = Double2().apply(to: Variable(Tensor<Float>([1])))
    #expect(seen.count == 2)
    #expect(z.sum().gradients()[x]?.floats == [6, 8])
  }

  @Test func windows() {
    let convolution = ConvolutionGeometry(kernel: 3, stride: 2, padding: 1, dilation: 2)
    func windows(_ input: Shape, _ calculate: (Variable) -> Variable) -> [InputWindow]? {
      let tape = Tape()
      var found: [InputWindow]?
      tape.observe { found = $0.operation.inputWindows(on: input) }
      _ = calculate(tape.watch(Tensor<Float>.ones(input)))
      return found
    }
    let weight = Variable(Tensor<Float>.ones([1, 1, 3, 3]))
    let window = InputWindow(span: 5, stride: 2, before: 1)
    #expect(windows([1, 1, 8, 8]) { $0.conv2d(weight, geometry: convolution) } == [window, window])
    let pooling = PoolingGeometry(kernel: PlaneSize(height: 2, width: 3), padding: 1)
    let halves = [InputWindow(span: 2, stride: 2, before: 1), InputWindow(span: 3, stride: 3, before: 1)]
    #expect(windows([1, 1, 8, 9]) { $0.maxPool2d(pooling) } == halves)
    #expect(windows([1, 1, 8, 9]) { $0.averagePool2d(pooling) } == halves)
    #expect(windows([1, 1, 8, 9]) { $0.lpPool2d(pooling, power: 2) } == halves)
    #expect(
      windows([1, 1, 4, 4]) { $0.slice([0..<1, 0..<1, 2..<4]) } == [
        InputWindow(span: 1, before: -2), InputWindow(span: 1),
      ])
    #expect(windows([1, 1, 4, 4]) { $0.relu() } == nil)
  }

  /// A product whose one factor is a parameter: the walk shows the operations from the last to the first, and what the loss
  /// does not follow from is not shown.
  @Test func theWalkIsShown() {
    let tape = Tape()
    let parameter = Parameter(Tensor<Float>([2, 3]))
    let weight = tape.watch(parameter)
    let x = tape.watch(Tensor<Float>([5, 7]))
    var names: [Int: String] = [:]
    var parameters: [String: [Bool]] = [:]
    tape.observe { step in
      names[step.index] = step.operation.name
      parameters[step.operation.name] = step.inputs.map { input in
        input.index.map { tape.parameter(at: $0) === parameter } ?? false
      }
    }
    var shown: [String?] = []
    tape.observeWalk { shown.append(names[$0]) }
    let product = weight * x
    _ = x.exp()
    let loss = product.sum()
    var gradient: [Float] = []
    loss.backward { gradient = $1.floats.scalars + ($0 === parameter ? [] : [0]) }
    #expect(gradient == [5, 7])
    #expect(shown == [product, loss].reversed().map { $0.tapeIndex.flatMap { names[$0] } })
    #expect(names.count == 3 && parameters.values.contains([true, false]))
    #expect(tape.parameter(at: 0) == nil)
  }
}
