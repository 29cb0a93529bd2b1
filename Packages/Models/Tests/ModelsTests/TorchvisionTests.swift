import Autograd
import Foundation
import Models
import NNLayers
import TensorCore
import Testing

/// What torchvision's networks give, from Tests/References/models.py.
struct TorchvisionReference: Decodable {
  struct Step: Decodable {
    let loss: Double
    /// For each parameter the norm of its gradient and two signed sums.
    let gradients: [String: [Double]]
  }

  let parameters: Int
  let stateCount: Int
  let stateDigest: String
  let logits: [Double]
  let step: Step?

  static let all: [String: TorchvisionReference] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Golden/torchvision.json")
    guard let data = try? Data(contentsOf: file),
      let all = try? JSONDecoder().decode([String: TorchvisionReference].self, from: data)
    else { fatalError("\(file.path) cannot be read") }
    return all
  }()

  /// The network's parameters and buffers have torchvision's names and shapes.
  func expectState(of model: any Layer, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(model.parameterCount == parameters, sourceLocation: sourceLocation)
    let state = model.stateDictionary().entries.sorted { $0.name < $1.name }
    #expect(state.count == stateCount, sourceLocation: sourceLocation)
    let text = state.map { "\($0.name) \($0.value.shape.sizes)\n" }.joined()
    #expect(FormulaWeights.hash(text) == UInt64(stateDigest, radix: 16), sourceLocation: sourceLocation)
  }

  static let names = all.keys.sorted()
  static let stepNames = names.filter { all[$0]?.step != nil }
}

@Suite(.serialized)
struct TorchvisionTests {
  private let images = FormulaWeights.tensor("input", [2, 3, 64, 64])
  private let labels = Tensor<Int64>([3, 7])

  private func network(_ name: String) throws -> any Layer {
    let entry = try #require(ModelCatalog.entry(named: name))
    let options = ModelOptions(inputChannels: 3, classCount: 10, dropout: 0, hasAuxiliaryHeads: true)
    let model = withoutInitialWeights { entry.make(options) }
    try FormulaWeights.load(into: model)
    return model
  }

  @Test func allNetworksAreCompared() { #expect(TorchvisionReference.names.count == 17) }

  @Test(arguments: TorchvisionReference.names) func logits(_ name: String) throws {
    let reference = try #require(TorchvisionReference.all[name]).logits
    let logits = try network(name).predict(images).scalars.map(Double.init)
    let largest = reference.map(abs).max() ?? 0
    let error = zip(logits, reference).map { abs($0 - $1) }.max() ?? .infinity
    #expect(logits.count == reference.count && error <= 1e-5 * largest)
  }

  /// The squared errors of sums with random signs estimate the squared norm of the gradients' difference.
  @Test(arguments: TorchvisionReference.stepNames) func gradients(_ name: String) throws {
    let model = try network(name)
    try compareStep(name, model, .double, lossWithin: 1e-10)
    try compareStep(name, model, .float, lossWithin: 5e-4)
    ConvolutionAlgorithms.forbidsExtraRounding = true
    defer { ConvolutionAlgorithms.forbidsExtraRounding = false }
    try compareStep(name, model, .float, lossWithin: 5e-5)
  }

  private func compareStep(
    _ name: String, _ model: any Layer, _ precision: Precision, lossWithin bound: Double
  ) throws {
    let reference = try #require(TorchvisionReference.all[name]?.step)
    let context = Context(mode: .training, precision: precision)
    let input = Variable(TensorValue.float(images).converted(to: precision))
    let loss = (model as? GoogLeNet)?.loss(input, labels, context) ?? crossEntropy(model(input, context), labels)
    let lossError = abs(loss.item - reference.loss) / reference.loss
    #expect(lossError <= bound)
    let (names, gradients) = (model.namedParameters, loss.gradients())
    #expect(names.count == reference.gradients.count)
    var (squaredError, squaredNorm) = (0.0, 0.0)
    for (name, parameter) in names {
      let expected = try #require(reference.gradients[name])
      let gradient = try #require(gradients[parameter]).doubles.scalars
      squaredNorm += expected[0] * expected[0]
      for number in 0...1 {
        let error = FormulaWeights.signedSum(gradient, "\(name)/\(number)") - expected[number + 1]
        squaredError += error * error / 2
      }
    }
    let error = (squaredError / squaredNorm).squareRoot()
    #expect(error <= (precision == .double ? 1e-8 : 0.1))
  }
}
