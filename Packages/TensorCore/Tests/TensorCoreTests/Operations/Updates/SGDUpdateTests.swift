import TensorCore
import Testing

/// Three steps against PyTorch's formulas, written out in Double.
@Suite struct SGDUpdateTests {
  struct Settings: Sendable, CustomStringConvertible {
    var momentum = 0.0
    var nesterov = false
    var weightDecay = 0.0
    var description: String { "momentum \(momentum), Nesterov \(nesterov), decay \(weightDecay)" }
  }

  static let settings = [
    Settings(), Settings(weightDecay: 0.1), Settings(momentum: 0.9), Settings(momentum: 0.9, weightDecay: 0.01),
    Settings(momentum: 0.9, nesterov: true), Settings(momentum: 0.5, nesterov: true, weightDecay: 0.2),
  ]

  static func steps(_ start: [Double], _ gradients: [[Double]], _ settings: Settings) -> [Double] {
    var parameters = start, buffer = [Double](repeating: 0, count: start.count)
    for gradient in gradients {
      for i in start.indices {
        var d = gradient[i] + settings.weightDecay * parameters[i]
        if settings.momentum != 0 {
          buffer[i] = settings.momentum * buffer[i] + d
          d = settings.nesterov ? d + settings.momentum * buffer[i] : buffer[i]
        }
        parameters[i] -= 0.1 * d
      }
    }
    return parameters
  }

  static func update<Scalar: FloatingScalar>(
    _ start: [Scalar], _ gradients: [[Scalar]], _ settings: Settings
  ) -> [Scalar] {
    var parameters = filled([start.count], with: start)
    var velocity = Tensor<Scalar>.zeros([start.count])
    for gradient in gradients.map({ filled([start.count], with: $0) }) {
      if settings.momentum == 0 {
        parameters.sgdUpdate(gradient: gradient, learningRate: 0.1, weightDecay: settings.weightDecay)
      } else {
        parameters.sgdUpdate(
          gradient: gradient, velocity: &velocity, learningRate: 0.1, momentum: settings.momentum,
          nesterov: settings.nesterov, weightDecay: settings.weightDecay)
      }
    }
    return parameters.scalars
  }

  @Test(arguments: settings) func followsTheFormulas(_ settings: Settings) {
    for length in lengths + [70_001] {
      let start = spread(length, as: Float.self).map(Double.init)
      let gradients = (1...3).map { spread(length, seed: $0, as: Float.self).map(Double.init) }
      let exact = Self.steps(start, gradients, settings)
      #expect(zip(Self.update(start, gradients, settings), exact).allSatisfy { Swift.abs($0 - $1) < 1e-14 })
      withEachForm { form in
        let runs = withEachThreadCount {
          Self.update(start.map { Float($0) }, gradients.map { $0.map { Float($0) } }, settings)
        }
        #expect(zip(runs[0], exact).allSatisfy { Swift.abs(Double($0) - $1) < 2e-6 }, "\(form) \(length)")
        #expect(runs[1] == runs[0])
        #expect(runs[2] == runs[0])
      }
    }
  }

  @Test func copiesStayAndNothingIsCopiedWithoutNeed() {
    var parameters: Tensor<Float> = filled([3], with: [1, 2, 3])
    let copy = parameters
    parameters.sgdUpdate(gradient: filled([3], with: [1, 1, 1]), learningRate: 1)
    #expect(copy.scalars == [1, 2, 3])
    #expect(parameters.scalars == [0, 1, 2])
    let before = parameters.withUnsafeBufferPointer(\.baseAddress)
    parameters.sgdUpdate(gradient: filled([3], with: [1, 1, 1]), learningRate: 1)
    #expect(parameters.withUnsafeBufferPointer(\.baseAddress) == before)
  }

  @Test func shapesThatDifferStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var parameters = Tensor<Float>.zeros([2, 3])
      parameters.sgdUpdate(gradient: .zeros([3, 2]), learningRate: 1)
    }
    #expect(result.says("the parameters have the shape [2, 3], the gradient [3, 2]"))
    let other = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var parameters = Tensor<Float>.zeros([2, 3])
      var velocity = Tensor<Float>.zeros([6])
      parameters.sgdUpdate(gradient: .zeros([2, 3]), velocity: &velocity, learningRate: 1, momentum: 0.9)
    }
    #expect(other.says("the parameters have the shape [2, 3], the gradient [2, 3], the velocity [6]"))
  }
}
