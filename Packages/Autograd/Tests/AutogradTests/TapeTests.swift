import Autograd
import TensorCore
import Testing

struct TapeTests {
  /// The lectures' hand example: relu(w·x + b) with w = (2, -1), x = (3, 1), b = -4: the sum is 1, so that relu passes,
  /// and d/dw = x, d/dx = w, d/db = 1.
  @Test func handExample() {
    let tape = Tape()
    let w = tape.watch(Tensor<Double>([2, -1]))
    let x = tape.watch(Tensor<Double>([3, 1]))
    let b = tape.watch(Tensor<Double>(-4))
    let y = ((w * x).sum() + b).relu()
    #expect(y.item == 1)
    let gradients = y.gradients()
    #expect(gradients[w]?.doubles.scalars == [3, 1])
    #expect(gradients[x]?.doubles.scalars == [2, -1])
    #expect(gradients[b]?.doubles.scalars == [1])
  }

  /// Two paths from x to the loss: u = 3x, v = x², loss = u·v = 3x³, so the slope 9x² is the sum over both paths:
  /// v·3 + u·2x = 12 + 24 at x = 2.
  @Test func twoPathsAddUp() {
    let tape = Tape()
    let x = tape.watch(Tensor<Double>(2))
    let loss = (x * 3) * (x * x)
    #expect(loss.gradients()[x]?.doubles.scalars == [36])
  }

  /// The gradient of a convolution's input is added where other gradients lie, whichever comes first: as if they were added
  /// up afterwards, to the bit, and nobody else's numbers change.
  @Test func convolutionsAddToWhatOthersGave() {
    var random = RandomStream(seed: 1)
    let (shape, geometry) = (Shape([2, 16, 9, 8]), ConvolutionGeometry(kernel: 3, padding: 1))
    let image = Tensor<Float>.normal(shape, using: &random), factor = Tensor<Float>.normal(shape, using: &random)
    let weight = Tensor<Float>.normal([16, 16, 3, 3], using: &random)
    let whole = Tensor<Float>.ones(shape)
    let expected = factor + whole.conv2dInputGradient(weight: weight, inputShape: shape, geometry: geometry)
    // What comes out of a convolution lies channels-last.
    let one = Tensor<Float>.identity(16).reshaped([16, 16, 1, 1])
    let pixels = factor.conv2d(one, geometry: ConvolutionGeometry(kernel: 1))
    for factor in [factor, pixels] {
      for convolvesFirst in [true, false] {
        let tape = Tape()
        let x = tape.watch(image)
        let product = { x * Variable(factor) }, convolution = { x.conv2d(Variable(weight), geometry: geometry) }
        let first = convolvesFirst ? convolution() : product()
        let second = convolvesFirst ? product() : convolution()
        #expect((first + second).sum().gradients()[x]?.floats.scalars == expected.scalars)
      }
    }
    #expect(pixels.scalars == factor.scalars)
  }

  @Test func sharedParameterAddsUp() {
    let weight = Parameter(Tensor<Float>([2]))
    let tape = Tape()
    // loss = w·5 + w·7
    let loss = (tape.watch(weight) * 5 + tape.watch(weight) * 7).sum()
    let gradients = loss.gradients()
    #expect(gradients[weight]?.floats.scalars == [12])
    #expect(gradients.count == 1)
  }

  @Test func frozenParameterHasNoGradient() {
    let (frozen, free) = (Parameter(Tensor<Float>([2])), Parameter(Tensor<Float>([3])))
    frozen.isTrainable = false
    let tape = Tape()
    let gradients = (tape.watch(frozen) * tape.watch(free)).sum().gradients()
    #expect(gradients[frozen] == nil)
    #expect(gradients[free]?.floats.scalars == [2])
  }

  @Test func detachedStopsTheGradient() {
    let tape = Tape()
    let x = tape.watch(Tensor<Double>(3))
    let loss = x * x.detached()
    #expect(loss.gradients()[x]?.doubles.scalars == [3])
  }

  @Test func constantsRecordNothing() {
    let x = Variable(Tensor<Float>([1, 2]))
    #expect(!(x * x + x).tanh().isRecorded)
  }

  @Test func longChainDoesNotRecurse() {
    let tape = Tape()
    let x = tape.watch(Tensor<Double>(1))
    var y = x
    for _ in 0..<200_000 { y = y + 1 }
    #expect(y.item == 200_001)
    #expect(y.gradients()[x]?.doubles.scalars == [1])
  }

  /// Each parameter's gradient is handed over before the walk goes on to earlier layers.
  @Test func consumerSeesLaterParametersFirst() {
    let parameters = (1...3).map { Parameter(Tensor<Float>([Float($0)])) }
    let tape = Tape()
    var y = Variable(Tensor<Float>([1]))
    for parameter in parameters { y = y * tape.watch(parameter) }
    var seen: [(ObjectIdentifier, Float)] = []
    y.sum().backward { seen.append((ObjectIdentifier($0), $1.floats.scalars[0])) }
    #expect(seen.map(\.0) == parameters.reversed().map { ObjectIdentifier($0) })
    // The product 1·2·3 without the factor itself.
    #expect(seen.map(\.1) == [2, 3, 6])
  }

  /// A parameter updated while the walk goes on does not change the gradients of earlier layers.
  @Test func updatingAtOnceKeepsRecordedValues() {
    let (first, second) = (Parameter(Tensor<Float>([2])), Parameter(Tensor<Float>([5])))
    let tape = Tape()
    let loss = (tape.watch(first) * tape.watch(second)).sum()
    loss.backward { parameter, _ in parameter.value = .float(Tensor([100])) }
    #expect(first.value.floats.scalars == [100])
    #expect(second.value.floats.scalars == [100])
  }

  @Test func walkFreesWhatItPasses() {
    let before = BlockPool.statistics.inUse
    do {
      let tape = Tape()
      let x = tape.watch(Tensor<Float>(repeating: 0.5, shape: [1 << 18]))
      var y = x
      for _ in 0..<8 { y = y.tanh() }
      let loss = y.sum()
      y = x
      _ = loss.gradients()
      #expect(tape.count == 0)
    }
    #expect(BlockPool.statistics.inUse <= before + (1 << 20))
  }

  @Test func firstBadValueNamesTheOperation() {
    let tape = Tape(tracingBadValues: true)
    let x = tape.watch(Tensor<Double>([1, 0]))
    let y = (1 / x) * 0
    #expect(y.doubles.scalars[1].isNaN)
    #expect(tape.firstBadValue?.description == "divide of [], [2] made the first value that is not finite")
  }

  @Test func firstBadValueInAGradient() {
    let tape = Tape(tracingBadValues: true)
    let x = tape.watch(Tensor<Double>([1e-300]))
    // 1 / x is finite, its slope -1 / x² is not.
    _ = (1e-150 / x).sum().gradients()
    #expect(tape.firstBadValue?.operation == "divide")
    #expect(tape.firstBadValue?.place == .gradient(input: 1))
  }

  @Test func mixedPrecisionStops() async {
    await #expect(processExitsWith: .failure) {
      _ = Variable(Tensor<Float>([1, 2])) + Variable(Tensor<Double>([1, 2]))
    }
  }

  @Test func lossOfSeveralElementsStops() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape()
      _ = tape.watch(Tensor<Double>([1, 2])).gradients()
    }
  }

  @Test func tapeServesOneWalk() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape()
      let x = tape.watch(Tensor<Double>(1))
      let y = x * x
      _ = y.gradients()
      _ = y.gradients()
    }
  }

  @Test func gradientsAddUpWhereAsked() {
    let weight = Parameter(Tensor<Float>([2]))
    func step(_ factor: Double) -> Gradients { (Tape().watch(weight) * factor).sum().gradients() }
    var sum = step(3)
    sum.add(step(4))
    #expect(sum[weight]?.floats.scalars == [7])
    sum.change { _, gradient in gradient.modify(Float.self) { $0 *= 0.5 } }
    #expect(sum[weight]?.floats.scalars == [3.5])
  }
}
