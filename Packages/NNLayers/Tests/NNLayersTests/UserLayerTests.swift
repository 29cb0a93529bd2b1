import Autograd
import NNLayers
import TensorCore
import Testing

/// A layer as a user writes it: properties and a formula, nothing else.
private struct Dense: Layer {
  let weight: Parameter
  let bias: Parameter

  init(_ inputs: Int, _ outputs: Int) {
    weight = Parameter(Initializer.heNormal([outputs, inputs]))
    bias = Parameter(Tensor<Float>.zeros([outputs]))
  }

  func forward(_ x: Variable, _ context: Context) -> Variable {
    x.matmul(context[weight], transposingRight: true) + context[bias]
  }
}

/// A layer with state that is not trained: it counts its calls and keeps a running mean of its input.
private struct Meter: Layer {
  let mean = Buffer(Tensor<Float>([0]))
  let calls = Buffer(.int64(Tensor([0])))

  func forward(_ x: Variable, _ context: Context) -> Variable {
    if context.isTraining {
      context[mean] = .tensor(x.mean().reshaped([1]).value)
      guard case .int64(let count) = context[calls] else { return x }
      context[calls] = .int64(count + 1)
    }
    return x
  }
}

private struct Block: Layer {
  let first = Dense(3, 4)
  let meter = Meter()
  let rest = [Dense(4, 4), Dense(4, 2)]
  let activation: (any Layer)? = Tanh()
  let factor = 2

  func forward(_ x: Variable, _ context: Context) -> Variable {
    rest.reduce(Tanh()(meter(first(x, context), context), context)) { $1($0, context) }
  }
}

/// Parts in tuples, and numbers that are no parts.
private struct Mixture: Layer {
  let pair = (Linear(1, 1, bias: false), Linear(1, 1, bias: false))
  let named = (left: Linear(1, 1, bias: false), right: 2)
  let table = [Float](repeating: 1, count: 1_000_000)

  func forward(_ x: Variable, _ context: Context) -> Variable { pair.0(x, context) }
}

/// What a layer of one's own gets from its structure alone.
struct UserLayerTests {
  private let input = Tensor<Float>([0.5, -1, 2, 1, 0, -0.5], shape: [2, 3])

  @Test func namesFollowTheStructure() {
    let names = Block().namedState.map(\.name)
    #expect(
      names == [
        "first.weight", "first.bias", "meter.mean", "meter.calls", "rest.0.weight", "rest.0.bias", "rest.1.weight",
        "rest.1.bias",
      ])
    let block = Sequential(Block(), Sequential(Dense(2, 2)))
    #expect(block.namedParameters.last?.name == "1.0.bias")
    #expect(block.namedParameters.last?.parameter.path == "1.0.bias")
  }

  @Test func seedDecidesTheWeights() {
    let (a, b, c) = (seeded(3) { Block() }, seeded(3) { Block() }, seeded(4) { Block() })
    #expect(a.first.weight.value.floats == b.first.weight.value.floats)
    #expect(a.first.weight.value.floats != c.first.weight.value.floats)
    #expect(a.rest[0].weight.value.floats != a.rest[1].weight.value.floats)
  }

  @Test func copyIsIndependent() throws {
    let original = seeded(1) { Block() }
    let copy = original.copied()
    #expect(copy.namedState.map(\.name) == original.namedState.map(\.name))
    let before = try original.predict(input)
    #expect(try copy.predict(input) == before)
    for parameter in copy.parameters { parameter.withValue { $0.modify(Float.self) { $0 *= 2 } } }
    #expect(try original.predict(input) == before)
    #expect(try copy.predict(input) != before)
    #expect(copy.factor == 2)
  }

  @Test func copyTrainsItsOwnParameters() {
    let original = seeded(1) { Block() }
    let copy = original.copied()
    let gradients = copy(input, .training(seed: 1)).sum().gradients()
    #expect(copy.parameters.allSatisfy { gradients[$0] != nil })
    #expect(original.parameters.allSatisfy { gradients[$0] == nil })
    let twice = copy.copied()
    #expect(twice.parameterCount == original.parameterCount)
    #expect(twice(input, .training(seed: 1)).sum().gradients()[twice.parameters[0]] != nil)
  }

  @Test func runsInDouble() {
    let block = seeded(1) { Block() }
    let output = block(input, Context(mode: .inference, precision: .double))
    #expect(output.precision == .double)
    let single = block(input, .inference)
    #expect(single.precision == .float)
    for (a, b) in zip(output.doubles.scalars, single.doubles.scalars) { #expect(abs(a - b) < 1e-5) }
  }

  @Test func frozenPartsGetNoGradient() {
    let block = seeded(1) { Block() }
    block.first.freeze()
    let gradients = block(input, .training(seed: 1)).sum().gradients()
    #expect(gradients[block.first.weight] == nil)
    #expect(gradients[block.rest[0].weight] != nil)
    block.first.unfreeze()
    #expect(block(input, .training(seed: 1)).sum().gradients()[block.first.weight] != nil)
  }

  @Test func tiedWeightsAreOneParameter() {
    let shared = seeded(1) { Dense(2, 2) }
    let model = Sequential(shared, Tanh(), shared)
    #expect(model.parameters.count == 2)
    #expect(model.namedParameters.count == 4)
    let x = Tensor<Float>([1, 2], shape: [1, 2])
    let tied = model(x, .training(seed: 1)).sum().gradients()[shared.weight]
    // The gradients of two separate layers of the same values, added by hand.
    let (a, b) = (shared.copied(), shared.copied())
    let apart = Sequential(a, Tanh(), b)(x, .training(seed: 1)).sum().gradients()
    let sum = zip(a.parameters, b.parameters).map { apart[$0]!.floats + apart[$1]!.floats }[0]
    #expect(tied?.floats == sum)
    #expect(model.copied().parameters.count == 2)
  }

  @Test func averagedWeightsTakePrecedence() throws {
    let block = seeded(1) { Block() }
    let ownOutput = try block.predict(input)
    var average = ModelState()
    for parameter in block.parameters {
      average[parameter] = .filled(0, shape: parameter.shape, precision: .float)
    }
    let output = block(input, Context(mode: .inference, state: average))
    #expect(output.floats == Tensor<Float>.zeros([2, 2]))
    #expect(try block.predict(input) == ownOutput)
  }

  @Test func snapshotRestores() throws {
    let block = seeded(1) { Block() }
    let before = try block.predict(input)
    let snapshot = block.state
    _ = block(input, .training(seed: 1))
    for parameter in block.parameters { parameter.withValue { $0.modify(Float.self) { $0 += 1 } } }
    block.restore(snapshot)
    #expect(try block.predict(input) == before)
    guard case .int64(let calls) = block.meter.calls.value else { return #expect(Bool(false)) }
    #expect(calls.scalars == [0])
  }

  @Test func secondCalculationDoesNotCountTwice() {
    let block = seeded(1) { Block() }
    let once = Context.training(seed: 5)
    _ = block(input, once)
    let again = Context(mode: .training, random: RandomStream(seed: 5), updatesBuffers: false)
    _ = block(input, again)
    guard case .int64(let calls) = block.meter.calls.value else { return #expect(Bool(false)) }
    #expect(calls.scalars == [1])
  }

  @Test func buffersOfAStateAreWrittenThere() {
    let block = seeded(1) { Block() }
    let context = Context(mode: .training, state: block.state)
    _ = block(input, context)
    guard case .int64(let own) = block.meter.calls.value, case .int64(let inState)? = context.state[block.meter.calls]
    else { return #expect(Bool(false)) }
    #expect(own.scalars == [0])
    #expect(inState.scalars == [1])
  }

  /// Two tasks predict while a third changes all weights, over and over, between two states: every prediction must be
  /// finite; with one snapshot per call it is one of the two states' outputs.
  @Test func tasksPredictWhileAnotherTrains() async throws {
    let block = seeded(1) { Block() }
    let input = input
    let (low, high) = (block.state, scaled(block, by: 2))
    let allowed = [low, high].map { block(input, Context(mode: .inference, state: $0)).floats }
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        for round in 0..<300 { block.restore(round % 2 == 0 ? high : low) }
        return true
      }
      for _ in 0..<2 {
        group.addTask {
          (0..<300).allSatisfy { round in
            let live = block(input, .inference).floats.scalars.allSatisfy(\.isFinite)
            let state = round % 2 == 0 ? low : high
            return live && allowed.contains(block(input, Context(mode: .inference, state: state)).floats)
          }
        }
      }
      for await fine in group { #expect(fine) }
    }
  }

  private func scaled(_ block: Block, by factor: Float) -> ModelState {
    var state = block.state
    for parameter in block.parameters {
      state[parameter] = .float(parameter.value.floats * factor)
    }
    return state
  }

  @Test func tuplesAndTablesInALayer() {
    let layer = Mixture()
    #expect(layer.namedParameters.map(\.name) == ["pair.0.weight", "pair.1.weight", "named.left.weight"])
    // To look at each of the numbers would take half a minute; the bound leaves room for a busy machine.
    let clock = ContinuousClock()
    #expect(clock.measure { for _ in 0..<20 { _ = layer.parameters } } < .seconds(5))
  }
}
