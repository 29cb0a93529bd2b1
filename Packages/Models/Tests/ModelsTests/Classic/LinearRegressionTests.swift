import Autograd
import Models
import NNLayers
import TensorCore
import Testing

/// The row "linear regression: J = 1/(2m) Σ (θᵀx − y)²; batch, stochastic and mini-batch descent; mini-batch with b = m is batch
/// descent; features of unequal scale slow it down".
struct LinearRegressionTests {
  /// Four points (0, 1), (1, 3), (2, 4), (3, 4). With the means 3/2 and 3: Σ(x - 3/2)(y - 3) = 3 + 0 + 1/2 + 3/2 = 5 and
  /// Σ(x - 3/2)² = 5, so the best line is 3/2 + x. It misses by 1/2 four times: J = 1/8 · 4 · 1/4 = 1/8.
  private let x = Tensor<Float>([0, 1, 2, 3], shape: [4, 1])
  private let y = Tensor<Float>([1, 3, 4, 4], shape: [4, 1])

  private func coefficients(_ model: LinearRegression) -> [Float] {
    model.weight.value.floats.scalars + model.bias.value.floats.scalars
  }

  private func expectClose(_ got: [Float], _ expected: [Double], _ tolerance: Double = 1e-5) {
    #expect(got.count == expected.count)
    for (got, wanted) in zip(got, expected) { #expect(abs(Double(got) - wanted) < tolerance, "\(got), not \(wanted)") }
  }

  private func cost(_ model: LinearRegression) -> Double { model.loss(model(x, .inference), y).item }

  @Test func closedFormByHand() throws {
    let model = LinearRegression(1)
    try model.fit(x, y)
    expectClose(coefficients(model), [1, 1.5])
    #expect(abs(cost(model) - 0.125) < 1e-6)
    expectClose(try model.predict([[10]]).scalars, [11.5])
  }

  /// At θ = b = 0: J = (1 + 9 + 16 + 16) / 8 = 5.25, ∂J/∂θ = -(3 + 8 + 12) / 4 = -5.75, ∂J/∂b = -12 / 4 = -3; a step of rate
  /// 0.1 leads to 0.575 and 0.3.
  @Test func costGradientAndStepByHand() throws {
    let model = LinearRegression(1)
    #expect(cost(model) == 5.25)
    let gradients = model.loss(model(x, .training(seed: 1)), y).gradients()
    #expect(gradients[model.weight]?.floats.scalars == [-5.75])
    #expect(gradients[model.bias]?.floats.scalars == [-3])
    let costs = try model.fit(x, y, by: GradientDescent(learningRate: 0.1, epochCount: 1))
    expectClose(coefficients(model), [0.575, 0.3], 1e-6)
    #expect(costs == [5.25, cost(model)])
  }

  /// The second derivatives [[3.5, 1.5], [1.5, 1]] have the eigenvalues 4.203 and 0.297: at rate 0.4 the errors shrink by
  /// 1 - 0.4 · 0.297 = 0.88 a step or faster, in 200 steps to 10⁻¹¹; at rate 0.5 > 2 / 4.203 they grow.
  @Test func batchDescentReachesTheClosedForm() throws {
    let model = LinearRegression(1)
    let costs = try model.fit(x, y, by: GradientDescent(learningRate: 0.4, epochCount: 200))
    expectClose(coefficients(model), [1, 1.5])
    #expect(costs.count == 201)
    #expect(zip(costs, costs.dropFirst()).allSatisfy { $1 <= $0 + 1e-6 })
    let growing = try LinearRegression(1).fit(x, y, by: GradientDescent(learningRate: 0.5, epochCount: 50))
    #expect(growing[50] > 100 * growing[0])
  }

  @Test func aBatchOfAllSamplesIsBatchDescent() throws {
    let (all, batches) = (LinearRegression(1), LinearRegression(1))
    let costs = try all.fit(x, y, by: GradientDescent(learningRate: 0.1, epochCount: 30))
    let same = try batches.fit(x, y, by: GradientDescent(learningRate: 0.1, epochCount: 30, batchSize: 4, seed: 9))
    #expect(costs == same)
    #expect(coefficients(all) == coefficients(batches))
  }

  /// Samples that lie on a plane exactly: then single samples and small batches, the last one smaller, end there too.
  @Test(arguments: [1, 3, 8]) func stochasticAndMiniBatches(batchSize: Int) throws {
    var random = RandomStream(seed: 5)
    let x = Tensor<Float>.normal([20, 2], mean: 0, deviation: 1, using: &random)
    let y = x.matmul(Tensor<Float>([2, -3], shape: [2, 1])) + 0.5
    let model = LinearRegression(2)
    try model.fit(x, y, by: GradientDescent(learningRate: 0.1, epochCount: 300, batchSize: batchSize, seed: 1))
    expectClose(coefficients(model), [2, -3, 0.5], 1e-4)
    let other = LinearRegression(2)
    let descent = GradientDescent(learningRate: 0.1, epochCount: 1, batchSize: batchSize, seed: 2)
    #expect(try other.fit(x, y, by: descent) == LinearRegression(2).fit(x, y, by: descent))
  }

  /// Four points (±1, ±s), y = x₁ + x₂/s. The second derivatives are diagonal: 1, s², and 1 for b. With s = 1 a step of rate 1
  /// arrives. With s = 10 the rate must stay below 2/100; at 1/100 a step closes the gap of θ₁ by one hundredth: after
  /// 50 steps 1 - 0.99⁵⁰ = 0.395 of it.
  @Test func unequalScalesSlowItDown() throws {
    func descend(scale: Float, rate: Double, steps: Int) throws -> [Float] {
      let x = Tensor<Float>([1, scale, 1, -scale, -1, scale, -1, -scale], shape: [4, 2])
      let y = Tensor<Float>([2, 0, 0, -2], shape: [4, 1])
      let model = LinearRegression(2)
      try model.fit(x, y, by: GradientDescent(learningRate: rate, epochCount: steps))
      return coefficients(model)
    }
    expectClose(try descend(scale: 1, rate: 1, steps: 1), [1, 1, 0])
    expectClose(try descend(scale: 10, rate: 0.01, steps: 50), [0.394_994, 0.1, 0])
    #expect(try descend(scale: 10, rate: 0.021, steps: 100)[1].magnitude > 10)
  }

  /// A polynomial of degree 5 in k/16, whose powers Float holds exactly: the columns' condition is in the thousands.
  @Test func powersOfOneVariable() throws {
    let coefficients: [Double] = [1, -2, 3, -4, 5, 0.5]
    var powers: [Float] = []
    var values: [Float] = []
    for k in 0...16 {
      let t = Double(k) / 16
      var power = 1.0
      var sum = coefficients[5]
      for coefficient in coefficients.dropLast() {
        power *= t
        powers.append(Float(power))
        sum += coefficient * power
      }
      values.append(Float(sum))
    }
    let model = LinearRegression(5)
    try model.fit(Tensor(powers, shape: [17, 5]), Tensor(values, shape: [17, 1]))
    expectClose(self.coefficients(model), coefficients, 1e-4)
  }

  /// A feature of the first sample alone: the others' mean is 2, the first is 3 above it. Its column lies along an axis, where a
  /// reflection with the wrong sign would be none.
  @Test func columnAlongAnAxis() throws {
    let model = LinearRegression(1)
    try model.fit([[1], [0], [0], [0]], [[5], [1], [2], [3]])
    expectClose(coefficients(model), [3, 2])
  }

  /// Two outputs are two regressions.
  @Test func severalOutputs() throws {
    let model = LinearRegression(1, 2)
    let both = Tensor.concatenated([y, Tensor<Float>([7, 5, 3, 1], shape: [4, 1])], along: 1)
    try model.fit(x, both)
    expectClose(coefficients(model), [1, -2, 1.5, 7])
  }

  @Test func undeterminedCoefficientsThrow() throws {
    let model = LinearRegression(2)
    let few = #expect(throws: LeastSquaresError.self) { try model.fit([[1, 2], [3, 4]], [[1], [2]]) }
    #expect(few?.description.hasPrefix("2 samples do not determine 3 coefficients") == true)
    let dependent = Tensor<Float>([1, 2, 2, 4, 3, 6, 4, 8], shape: [4, 2])
    #expect(throws: LeastSquaresError.self) { try model.fit(dependent, y) }
    #expect(throws: LeastSquaresError.self) { try model.fit(.zeros([4, 2]), y) }
    #expect(throws: InputError.self) { try model.fit(x, y) }
    #expect(throws: InputError.self) { try model.fit(x, y, by: GradientDescent(learningRate: 1, epochCount: 1)) }
  }

  @Test func unfittingTargetsStop() async {
    await #expect(processExitsWith: .failure) { try LinearRegression(1).fit([[1], [2]], [[1, 2]]) }
    await #expect(processExitsWith: .failure) {
      try LinearRegression(1).fit([[1], [2]], [[1]], by: GradientDescent(learningRate: 1, epochCount: 1))
    }
    await #expect(processExitsWith: .failure) { _ = GradientDescent(learningRate: 1, epochCount: 1, batchSize: 0) }
  }
}
