import Autograd
import TensorCore
import Testing

/// What the tape holds on to between the passes, and that rules find all they need all the same.
struct KeptMemoryTests {
  private static func images(_ shape: Shape, seed: UInt64) -> Tensor<Float> {
    var random = RandomStream(seed: seed)
    return .normal(shape, using: &random)
  }

  private static let geometry = ConvolutionGeometry(kernel: 3, padding: 1)

  /// The output of batch normalisation and ReLU, calculated once more for the convolution behind, gives the gradients of one
  /// that was kept, to the bit: here kept by a leaky ReLU that changes nothing.
  @Test(arguments: [1, 2])
  func recalculatedInputsAreTheSameBits(threads: Int) {
    ThreadPool.threadCount = threads
    func gradients(keeping: Bool) -> [[Float]?] {
      let tape = Tape()
      let x = tape.watch(Self.images([4, 16, 12, 10], seed: 1))
      let (scale, shift) = (tape.watch(Self.images([16], seed: 2)), tape.watch(Self.images([16], seed: 3)))
      let weights = [4, 5].map { tape.watch(Self.images([24, 16, 3, 3], seed: $0)) }
      var y = x.batchNormReLU(weight: scale, bias: shift).output
      if keeping { y = y.leakyRelu(slope: 1) }
      // Two convolutions of the same maps.
      let z = weights.map { y.conv2d($0, geometry: Self.geometry) }
      let gradients = (z[0] * z[1]).sum().gradients()
      return ([x, scale, shift] + weights).map { gradients[$0]?.floats.scalars }
    }
    let kept = gradients(keeping: true)
    #expect(kept.allSatisfy { $0 != nil })
    #expect(gradients(keeping: false) == kept)
  }

  /// Of convolution, normalisation with ReLU and convolution the tape holds the images, and both convolutions' outputs; the
  /// normalised maps, 6.4 MB, go with the variable.
  @Test func normalizedMapsAreNotKept() async {
    await #expect(processExitsWith: .success) {
      let tape = Tape()
      let x = tape.watch(Self.images([8, 64, 56, 56], seed: 1))
      let (scale, shift) = (tape.watch(Tensor<Float>.ones([64])), tape.watch(Tensor<Float>.zeros([64])))
      let weight = tape.watch(Self.images([64, 64, 3, 3], seed: 2))
      let before = BlockPool.statistics.inUse
      let y = x.conv2d(weight, geometry: Self.geometry)
      let z = y.batchNormReLU(weight: scale, bias: shift).output.conv2d(weight, geometry: Self.geometry)
      let kept = BlockPool.statistics.inUse - before
      let map = 8 * 64 * 56 * 56 * 4
      guard kept < 2 * map + map / 2 else { fatalError("\(kept) bytes, a map has \(map)") }
      withExtendedLifetime((y, z)) {}
    }
  }

  /// Three residual units on maps of 33 MB; with `keeping`, a leaky ReLU that changes nothing hides from each unit that the
  /// one before holds its output.
  private static func residualUnits(on x: Variable, _ parameters: [Variable], keeping: Bool) -> Variable {
    (0..<3).reduce(x) { x, _ in
      let z = x.conv2d(parameters[0], geometry: ConvolutionGeometry(kernel: 1))
      let y = z.batchNormReLU(weight: parameters[1], bias: parameters[2], adding: x).output
      return keeping ? y.leakyRelu(slope: 1) : y
    }
  }

  private static let largeMaps: Shape = [2, 16, 512, 512]

  private static func parametersOfUnits(_ tape: Tape) -> [Variable] {
    let shapes: [Shape] = [[16, 16, 1, 1], [16], [16]]
    return shapes.enumerated().map { tape.watch(images($1, seed: UInt64(4 + $0))) }
  }

  /// The second of three outputs is calculated once more, for the third unit and for its own rule: the same bits.
  @Test func recalculatedResidualUnitsAreTheSameBits() {
    func gradients(keeping: Bool) -> [[Float]?] {
      let tape = Tape()
      let x = tape.watch(Self.images(Self.largeMaps, seed: 1)), parameters = Self.parametersOfUnits(tape)
      let y = Self.residualUnits(on: x, parameters, keeping: keeping)
      let gradients = (y * y).sum().gradients()
      return ([x] + parameters).map { gradients[$0]?.floats.scalars }
    }
    let kept = gradients(keeping: true)
    #expect(kept.allSatisfy { $0 != nil })
    #expect(gradients(keeping: false) == kept)
  }

  /// Three convolutions' outputs and the first and the last of the units' are there, the second's is not.
  @Test func everySecondResidualOutputIsNotKept() async {
    await #expect(processExitsWith: .success) {
      let tape = Tape()
      let x = tape.watch(Self.images(Self.largeMaps, seed: 1)), parameters = Self.parametersOfUnits(tape)
      let before = BlockPool.statistics.inUse
      let y = Self.residualUnits(on: x, parameters, keeping: false)
      let kept = BlockPool.statistics.inUse - before, map = Self.largeMaps.count * 4
      guard kept < 5 * map + map / 2 else { fatalError("\(kept) bytes, a map has \(map)") }
      withExtendedLifetime(y) {}
    }
  }

  /// A factor's gradient may come as a product; its numbers are those of the walk that multiplies out. Where two uses add up,
  /// it comes as numbers.
  @Test func productsAreHandedOver() {
    let (once, twice) = (Parameter(Self.images([5, 4], seed: 1)), Parameter(Self.images([4, 4], seed: 2)))
    func loss() -> Variable {
      let tape = Tape()
      let x = Variable(Self.images([3, 4], seed: 3))
      let square = tape.watch(twice)
      let h = x.matmul(square, transposingRight: true).tanh().matmul(square)
      return h.matmul(tape.watch(once), transposingRight: true).tanh().sum()
    }
    let expected = loss().gradients()
    var seen = 0
    loss().backwardKeepingProducts { parameter, gradient in
      seen += 1
      #expect(gradient.shape == parameter.shape)
      #expect(gradient.value.floats == expected[parameter]?.floats)
      if case .product = gradient { #expect(parameter === once) } else { #expect(parameter === twice) }
    }
    #expect(seen == 2)
  }

  /// y = tanh(w x)²: the checkpoint's gradients are those of the plain calculation, for w and x.
  @Test func checkpointGivesTheSameGradients() {
    func gradients(_ calculate: ([Variable]) -> Variable) -> [[Float]?] {
      let tape = Tape()
      let inputs = [tape.watch(Self.images([6], seed: 1)), tape.watch(Self.images([6], seed: 2))]
      let gradients = (calculate(inputs) * inputs[0]).sum().gradients()
      return inputs.map { gradients[$0]?.floats.scalars }
    }
    func square(_ inputs: [Variable]) -> Variable {
      let y = (inputs[0] * inputs[1]).tanh()
      return y * y
    }
    let expected = gradients(square)
    var repetitions: [Bool] = []
    let found = gradients {
      Variable.checkpoint($0) { inputs, isRepetition in
        repetitions.append(isRepetition)
        return square(inputs)
      }
    }
    #expect(found == expected)
    #expect(repetitions == [false, true])
  }

  @Test func checkpointOfConstantsIsAConstant() {
    let y = Variable.checkpoint([Variable(Tensor<Float>([2]))]) { inputs, _ in inputs[0] * 3 }
    #expect(!y.isRecorded)
    #expect(y.item == 6)
  }

  /// An observed tape shows what a checkpoint is made of.
  @Test func observedCheckpointsAreOpen() {
    let tape = Tape()
    var names: [String] = []
    tape.observe { names.append($0.operation.name) }
    _ = Variable.checkpoint([tape.watch(Tensor<Float>([2]))]) { inputs, _ in inputs[0].tanh().exp() }
    #expect(names == ["tanh", "exp"])
  }

  @Test func recordedVariablesFromOutsideStop() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape()
      let (x, y) = (tape.watch(Tensor<Float>([2])), tape.watch(Tensor<Float>([3])))
      _ = Variable.checkpoint([x]) { inputs, _ in inputs[0] * y }
    }
  }
}
