import Foundation
import TensorCore
import Testing

/// A rule, element by element in Double: the parameter and its memory after step t with gradient g.
struct UpdateCase: Sendable, CustomStringConvertible {
  let description: String
  /// What the memory begins with.
  var start: [Double] = [0, 0, 0]
  let formula: @Sendable (_ t: Int, _ p: inout Double, _ g: Double, _ m: inout [Double]) -> Void
}

private let rate = 0.05
private let decay = 0.02

private func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : 0 }

private let cases: [UpdateCase] = [
  UpdateCase(description: "sgd gain") { _, p, g, m in
    m[0] = 0.9 * m[0] + 0.3 * (g + decay * p)
    p -= rate * m[0]
  },
  UpdateCase(description: "sgd gain nesterov") { _, p, g, m in
    let d = 0.3 * (g + decay * p)
    m[0] = 0.9 * m[0] + d
    p -= rate * (d + 0.9 * m[0])
  },
  UpdateCase(description: "adam uncorrected") { _, p, g, m in
    let d = g + decay * p
    m[0] = 0.9 * m[0] + 0.1 * d
    m[1] = 0.99 * m[1] + 0.01 * d * d
    p -= rate * m[0] / (m[1].squareRoot() + 1e-3)
  },
  UpdateCase(description: "adam amsgrad") { t, p, g, m in
    let d = g + decay * p
    m[0] = 0.9 * m[0] + 0.1 * d
    m[1] = 0.5 * m[1] + 0.5 * d * d
    m[2] = max(m[2], m[1])
    let root = (m[2] / (1 - pow(0.5, Double(t)))).squareRoot()
    p -= rate * m[0] / (1 - pow(0.9, Double(t))) / (root + 1e-3)
  },
  UpdateCase(description: "nadam") { t, p, g, m in
    let d = g + decay * p
    m[0] = 0.9 * m[0] + 0.1 * d
    m[1] = 0.99 * m[1] + 0.01 * d * d
    p -= (0.02 * d + 0.07 * m[0]) / ((m[1] / (1 - pow(0.99, Double(t)))).squareRoot() + 1e-3)
  },
  // With β₂ = 0.9 the mean square counts from the sixth step on, with 0.5 never.
  UpdateCase(description: "radam young") { t, p, g, m in
    let d = g + decay * p
    m[0] = 0.9 * m[0] + 0.1 * d
    m[1] = 0.5 * m[1] + 0.5 * d * d
    p -= rate * m[0] / (1 - pow(0.9, Double(t)))
  },
  UpdateCase(description: "adamax") { t, p, g, m in
    let d = g + decay * p
    m[0] = 0.9 * m[0] + 0.1 * d
    m[1] = max(0.9 * m[1], abs(d) + 1e-3)
    p -= rate / (1 - pow(0.9, Double(t))) * m[0] / m[1]
  },
  UpdateCase(description: "adagrad", start: [0.1, 0, 0]) { _, p, g, m in
    let d = g + decay * p
    m[0] += d * d
    p -= rate * d / (m[0].squareRoot() + 1e-3)
  },
  UpdateCase(description: "rmsprop") { _, p, g, m in
    let d = g + decay * p
    m[0] = 0.9 * m[0] + 0.1 * d * d
    p -= rate * d / (m[0].squareRoot() + 1e-2)
  },
  UpdateCase(description: "rmsprop momentum") { _, p, g, m in
    let d = g + decay * p
    m[0] = 0.9 * m[0] + 0.1 * d * d
    m[2] = 0.8 * m[2] + d / (m[0].squareRoot() + 1e-2)
    p -= rate * m[2]
  },
  UpdateCase(description: "rmsprop centered") { _, p, g, m in
    let d = g + decay * p
    m[0] = 0.9 * m[0] + 0.1 * d * d
    m[1] = 0.9 * m[1] + 0.1 * d
    p -= rate * d / ((m[0] - m[1] * m[1]).squareRoot() + 1e-2)
  },
  UpdateCase(description: "rmsprop centered momentum") { _, p, g, m in
    let d = g + decay * p
    m[0] = 0.9 * m[0] + 0.1 * d * d
    m[1] = 0.9 * m[1] + 0.1 * d
    m[2] = 0.8 * m[2] + d / ((m[0] - m[1] * m[1]).squareRoot() + 1e-2)
    p -= rate * m[2]
  },
  UpdateCase(description: "adadelta") { _, p, g, m in
    let d = g + decay * p
    m[0] = 0.9 * m[0] + 0.1 * d * d
    let u = (m[1] + 1e-3).squareRoot() / (m[0] + 1e-3).squareRoot() * d
    m[1] = 0.9 * m[1] + 0.1 * u * u
    p -= rate * u
  },
  UpdateCase(description: "rprop", start: [0.1, 0, 0]) { _, p, g, m in
    let turn = sign(g) * sign(m[1])
    m[0] = min(max(m[0] * (turn > 0 ? 1.2 : turn < 0 ? 0.5 : 1), 0.06), 0.13)
    m[1] = turn < 0 ? 0 : g
    p -= sign(m[1]) * m[0]
  },
  UpdateCase(description: "lion") { _, p, g, m in
    p = p * (1 - rate * decay) - rate * sign(0.9 * m[0] + 0.1 * g)
    m[0] = 0.8 * m[0] + 0.2 * g
  },
  UpdateCase(description: "blend") { _, p, g, m in p = 0.7 * p + 0.3 * g },
]

/// The same step by the library.
private func step<Scalar: FloatingScalar>(
  _ name: String, _ t: Int, _ p: inout Tensor<Scalar>, _ g: Tensor<Scalar>, _ a: inout Tensor<Scalar>,
  _ b: inout Tensor<Scalar>, _ c: inout Tensor<Scalar>
) {
  switch name {
  case "sgd gain", "sgd gain nesterov":
    p.sgdUpdate(
      gradient: g, velocity: &a, learningRate: rate, momentum: 0.9, nesterov: name == "sgd gain nesterov",
      weightDecay: decay, gain: 0.3)
  case "adam uncorrected":
    p.adamUpdate(
      gradient: g, mean: &a, square: &b, step: t, learningRate: rate, beta2: 0.99, epsilon: 1e-3, weightDecay: decay,
      biasCorrection: false)
  case "adam amsgrad":
    p.adamUpdate(
      gradient: g, mean: &a, square: &b, largestSquare: &c, step: t, learningRate: rate, beta2: 0.5, epsilon: 1e-3,
      weightDecay: decay)
  case "nadam":
    p.nadamUpdate(
      gradient: g, mean: &a, square: &b, step: t, gradientSize: 0.02, meanSize: 0.07, learningRate: rate, beta2: 0.99,
      epsilon: 1e-3, weightDecay: decay)
  case "radam young":
    p.radamUpdate(
      gradient: g, mean: &a, square: &b, step: t, learningRate: rate, beta2: 0.5, epsilon: 1e-3, weightDecay: decay)
  case "adamax":
    p.adamaxUpdate(
      gradient: g, mean: &a, size: &b, step: t, learningRate: rate, beta2: 0.9, epsilon: 1e-3, weightDecay: decay)
  case "adagrad": p.adaGradUpdate(gradient: g, sum: &a, learningRate: rate, epsilon: 1e-3, weightDecay: decay)
  case "adadelta":
    p.adaDeltaUpdate(gradient: g, square: &a, change: &b, learningRate: rate, epsilon: 1e-3, weightDecay: decay)
  case "rprop": p.rpropUpdate(gradient: g, step: &a, previous: &b, sizes: 0.06...0.13)
  case "lion": p.lionUpdate(gradient: g, mean: &a, learningRate: rate, beta2: 0.8, weightDecay: decay)
  case "blend": p.blend(with: g, share: 0.3)
  default:
    p.rmsPropUpdate(
      gradient: g, square: &a, mean: &b, velocity: &c, learningRate: rate, rho: 0.9, epsilon: 1e-2,
      momentum: name.hasSuffix("momentum") ? 0.8 : 0, centered: name.contains("centered"), weightDecay: decay)
  }
}

@Suite struct UpdateRulesTests {
  /// Parameters and memory after each of four steps.
  private static func run<Scalar: FloatingScalar>(
    _ rule: UpdateCase, _ start: [Scalar], _ gradients: [[Scalar]]
  ) -> [[Scalar]] {
    var p = filled([start.count], with: start)
    var memory = rule.start.map { Tensor<Scalar>(repeating: Scalar($0), shape: p.shape) }
    for (index, gradient) in gradients.enumerated() {
      var (a, b, c) = (memory[0], memory[1], memory[2])
      step(rule.description, index + 1, &p, filled(p.shape, with: gradient), &a, &b, &c)
      memory = [a, b, c]
    }
    return [p.scalars] + memory.map(\.scalars)
  }

  private static func loop(_ rule: UpdateCase, _ start: [Double], _ gradients: [[Double]]) -> [[Double]] {
    var result = [start] + rule.start.map { [Double](repeating: $0, count: start.count) }
    for i in start.indices {
      var p = start[i], memory = rule.start
      for (index, gradient) in gradients.enumerated() { rule.formula(index + 1, &p, gradient[i], &memory) }
      result[0][i] = p
      for (slot, value) in memory.enumerated() { result[slot + 1][i] = value }
    }
    return result
  }

  private static func largestError<Scalar: FloatingScalar>(_ a: [[Scalar]], _ b: [[Double]]) -> Double {
    zip(a, b).map { a, b in zip(a, b).map { abs(Double($0) - $1) / max(1, abs($1)) }.max() ?? 0 }.max() ?? 0
  }

  @Test(arguments: cases) func followsTheFormula(_ rule: UpdateCase) {
    for length in lengths + [70_001] {
      let start = spread(length, as: Float.self), gradients = (1...4).map { spread(length, seed: $0, as: Float.self) }
      let exact = Self.loop(rule, start.map(Double.init), gradients.map { $0.map(Double.init) })
      let doubles = Self.run(rule, start.map(Double.init), gradients.map { $0.map(Double.init) })
      #expect(Self.largestError(doubles, exact) < 1e-12)
      withEachForm { form in
        let runs = withEachThreadCount { Self.run(rule, start, gradients) }
        #expect(Self.largestError(runs[0], exact) < 2e-5, "\(form) \(length)")
        #expect(runs[1] == runs[0])
        #expect(runs[2] == runs[0])
      }
    }
  }

  /// A gradient that is not a number must not pass for none, or a run that diverged would seem to go on.
  @Test(arguments: cases) func notANumberIsSeen(_ rule: UpdateCase) {
    withEachForm { form in
      let result = Self.run(rule, [1, 1, 1] as [Float], [[1, .nan, 1]])
      #expect(result[0][0].isFinite && result[0][1].isNaN && result[0][2].isFinite, "\(form)")
    }
  }

  /// Equal gradients have no variance; rounding must not make it negative.
  @Test func rmsPropOfEqualGradientsStaysFinite() {
    withEachForm { form in
      var p = Tensor<Float>([1, 1, 1]), empty = Tensor<Float>([])
      var square = Tensor<Float>.zeros([3]), mean = Tensor<Float>.zeros([3])
      for _ in 0..<300 {
        p.rmsPropUpdate(
          gradient: [0.1, 0.3, 7.7], square: &square, mean: &mean, velocity: &empty, learningRate: 1e-4, rho: 0.5,
          centered: true)
      }
      #expect(!p.scalars.contains { !$0.isFinite }, "\(form)")
    }
  }

  @Test func copiesStay() {
    var p = Tensor<Float>([1, 2]), sum = Tensor<Float>([0, 0])
    let (before, sumBefore) = (p, sum)
    p.adaGradUpdate(gradient: [3, 4], sum: &sum, learningRate: 1)
    #expect(before.scalars == [1, 2] && sumBefore.scalars == [0, 0])
    #expect(sum.scalars == [9, 16])
  }

  @Test func shapesThatDifferStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var p = Tensor<Float>.zeros([2, 3]), mean = Tensor<Float>.zeros([6])
      p.lionUpdate(gradient: .zeros([2, 3]), mean: &mean, learningRate: 1)
    }
    #expect(result.says("[lionUpdate] the parameters have the shape [2, 3], the gradient [2, 3], the mean [6]"))
    let blended = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var a = Tensor<Float>.zeros([2])
      a.blend(with: .zeros([3]), share: 0.5)
    }
    #expect(blended.says("[blend] the shapes [2] and [3] are not the same"))
  }
}
