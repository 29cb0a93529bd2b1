import Autograd
import NNLayers
import TensorCore
import Testing

/// A layer with properties of every kind.
private struct Gallery: Layer {
  let scale = Parameter(Tensor<Float>([2]))
  let first = Linear(2, 2)
  let second: Linear? = Linear(2, 2)
  let third: Linear? = nil
  let rest = [Linear(2, 2)]
  let others: [any Layer] = [Linear(2, 2)]
  let seen = Buffer(Tensor<Float>([0]))
  let count = 3

  func forward(_ x: Variable, _ context: Context) -> Variable { first(x, context) * context[scale] }
}

/// Deep copies and tied weights of networks with statistics, frozen parts and containers.
struct CopyingTests {
  private func network() -> Sequential {
    seeded(3) {
      Sequential(
        Conv2d(1, 2, kernelSize: 3, padding: 1), BatchNorm2d(2), ReLU(), Residual(Conv2d(2, 2, kernelSize: 1)),
        Flatten(),
        Linear(32, 3))
    }
  }

  private var images: Tensor<Float> {
    var random = RandomStream(seed: 8)
    return .normal([4, 1, 4, 4], mean: 1, deviation: 1, using: &random)
  }

  /// Training the copy, with its statistics, leaves every number of the original; and the other way round.
  @Test func neitherSeesWhatBecomesOfTheOther() throws {
    let original = network()
    let copy = original.copied()
    let before = numbers(original)
    train(copy)
    #expect(numbers(original) == before)
    let trained = numbers(copy)
    // The bias in front of the normalisation has no effect, so it may stay.
    #expect(before.count == 11)
    #expect(before.allSatisfy { $0.key == "0.bias" || trained[$0.key] != $0.value })
    train(original)
    #expect(numbers(copy) == trained)
    // The same steps from the same start: the same bits.
    #expect(try original.predict(images) == copy.predict(images))
  }

  private func numbers(_ model: any Layer) -> [String: [Double]] {
    var numbers: [String: [Double]] = [:]
    for (name, cell) in model.namedState {
      switch cell.value {
      case .tensor(let value): numbers[name] = value.doubles.scalars
      case .int64(let value): numbers[name] = value.scalars.map(Double.init)
      }
    }
    return numbers
  }

  private func train(_ model: any Layer) {
    for step in 0..<3 {
      let loss = crossEntropy(model(images, .training(seed: UInt64(step))), Tensor([0, 1, 2, 0]))
      for (parameter, gradient) in loss.gradients() {
        parameter.value = .float(parameter.value.floats - gradient.floats * 0.1)
      }
    }
  }

  @Test func loadingACopyLeavesTheOriginal() throws {
    let original = network()
    let before = try original.predict(images)
    let copy = original.copied()
    var other = StateDictionary(original.stateDictionary().entries.map { ($0.name, $0.value) })
    other["5.bias"] = .tensor(.float([7, 8, 9]))
    try copy.load(other)
    #expect(try original.predict(images) == before)
    let shift: Tensor<Float> = Tensor<Float>([7, 8, 9]) - original.parameters[7].value.floats
    let difference = try copy.predict(images) - before
    #expect(difference.scalars.indices.allSatisfy { abs(difference.scalars[$0] - shift.scalars[$0 % 3]) < 1e-5 })
  }

  @Test func freezingIsCopiedAndThenItsOwn() {
    let original = network()
    original.freeze { $0.hasPrefix("0.") }
    let copy = original.copied()
    #expect(copy.parameters.map(\.isTrainable) == original.parameters.map(\.isTrainable))
    copy.unfreeze()
    #expect(copy.parameters.allSatisfy { $0.isTrainable })
    #expect(original.parameters.prefix(2).allSatisfy { !$0.isTrainable })
  }

  /// One matrix in two layers: W and b₁ map 3 features to 2, W again in a second layer of 3 to 2 with no bias. With L the sum
  /// of all outputs each row of dL/dW is x + y.
  @Test func oneWeightInTwoLayers() throws {
    let first = seeded(1) { Linear(3, 2) }
    let second = Linear(weight: first.weight)
    let model = Parallel(first, second)
    #expect(model.namedParameters.map(\.name) == ["0.weight", "0.bias", "1.weight"])
    #expect(model.parameterCount == 8)
    let context = Context.training(seed: 1)
    let x = Variable(Tensor<Float>([1, 2, 3], shape: [1, 3])),
      y = Variable(Tensor<Float>([10, 20, 30], shape: [1, 3]))
    let gradients = (first(x, context).sum() + second(y, context).sum()).gradients()
    #expect(gradients[first.weight]?.floats == Tensor<Float>([11, 22, 33, 11, 22, 33], shape: [2, 3]))
    first.weight.value = .float(.ones([2, 3]))
    #expect(try second.predict([[1, 2, 3]]) == [[6, 6]])
    let copy = model.copied()
    #expect(copy.parameters.count == 2)
    #expect(copy.parameters[0] !== first.weight)
  }

  @Test func unfittingParametersStop() async {
    await #expect(processExitsWith: .failure) { _ = Linear(weight: Parameter(Tensor<Float>.ones([3]))) }
    await #expect(processExitsWith: .failure) {
      _ = Linear(weight: Parameter(Tensor<Float>.ones([3, 2])), bias: Parameter(Tensor<Float>.ones([2])))
    }
  }

  /// What a copy shows of its original's properties is its own.
  @Test func propertiesAreTheCopysOwn() throws {
    let original = seeded(1) { Gallery() }
    let copy = original.copied()
    #expect(copy.count == 3)
    #expect(copy.scale !== original.scale && copy.scale === copy.parameters[0])
    #expect(copy.seen !== original.seen)
    #expect(copy.first.weight !== original.first.weight && copy.first.weight === copy.parameters[1])
    #expect(copy.first.bias !== original.first.bias && copy.first.bias === copy.parameters[2])
    #expect(copy.second?.weight !== original.second?.weight && copy.second?.weight === copy.parameters[3])
    #expect(copy.third == nil)
    #expect(copy.rest[0].parameters[0] === copy.parameters[5])
    #expect(copy.others[0].parameters[0] === copy.parameters[7])
    copy.scale.value = .float([5])
    #expect(original.scale.value.floats == [2])
    let twice = copy.copied()
    #expect(twice.first.weight === twice.parameters[1] && twice.first.weight !== copy.first.weight)
    #expect(twice.scale.value.floats == [5])
    // A part of a copy calculates with the copy's numbers.
    copy.first.weight.value = .float(.zeros([2, 2]))
    copy.parameters[2].value = .float([3, 4])
    #expect(try copy.first.predict([[1, 2]]) == [[3, 4]])
    #expect(try original.first.predict([[1, 2]]) != [[3, 4]])
  }
}
