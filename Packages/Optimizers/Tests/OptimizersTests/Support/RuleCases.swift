import Autograd
import Foundation
import Optimizers
import TensorCore

/// A rule with settings, and the same rule for one element in plain Float64.
struct RuleCase: Sendable, CustomStringConvertible {
  let description: String
  /// What the memory of the formula begins with.
  var start: [Double] = [0, 0, 0]
  let make: @Sendable ([Parameter]) -> any Optimizer
  /// Step t of one element: parameter, gradient, memory.
  let formula: @Sendable (_ t: Double, _ w: inout Double, _ g: Double, _ m: inout [Double]) -> Void

  init(
    _ description: String, start: [Double] = [0, 0, 0], _ make: @escaping @Sendable ([Parameter]) -> any Optimizer,
    _ formula: @escaping @Sendable (_ t: Double, _ w: inout Double, _ g: Double, _ m: inout [Double]) -> Void
  ) {
    self.description = description
    self.start = start
    self.make = make
    self.formula = formula
  }
}

private func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : 0 }

/// Step t of Adam, with d the gradient that counts.
private func adam(
  _ t: Double, _ w: inout Double, _ d: Double, _ m: inout [Double], rate: Double = 0.05, amsgrad: Bool = false,
  corrected: Bool = true
) {
  m[0] = 0.9 * m[0] + 0.1 * d
  m[1] = 0.99 * m[1] + 0.01 * d * d
  m[2] = amsgrad ? max(m[2], m[1]) : m[1]
  let mean = corrected ? m[0] / (1 - pow(0.9, t)) : m[0]
  let square = corrected ? m[2] / (1 - pow(0.99, t)) : m[2]
  w -= rate * mean / (square.squareRoot() + 1e-6)
}

/// Step t of NAdam, with d the gradient that counts.
private func nadam(_ t: Double, _ w: inout Double, _ d: Double, _ m: inout [Double]) {
  func mu(_ t: Double) -> Double { 0.9 * (1 - 0.5 * pow(0.96, t * 0.004)) }
  let product = stride(from: 1, through: t, by: 1).reduce(1) { $0 * mu($1) }
  m[0] = 0.9 * m[0] + 0.1 * d
  m[1] = 0.99 * m[1] + 0.01 * d * d
  let root = (m[1] / (1 - pow(0.99, t))).squareRoot() + 1e-6
  w -= 0.05 * (1 - mu(t)) / (1 - product) * d / root
  w -= 0.05 * mu(t + 1) / (1 - product * mu(t + 1)) * m[0] / root
}

/// Step t of RAdam with β₂ = 0.9, so ρ∞ = 19, with d the gradient that counts.
private func radam(_ t: Double, _ w: inout Double, _ d: Double, _ m: inout [Double]) {
  m[0] = 0.9 * m[0] + 0.1 * d
  m[1] = 0.9 * m[1] + 0.1 * d * d
  let mean = m[0] / (1 - pow(0.9, t)), rho = 19 - 2 * t * pow(0.9, t) / (1 - pow(0.9, t))
  guard rho > 5 else {
    w -= 0.05 * mean
    return
  }
  let rectification = ((rho - 4) * (rho - 2) * 19 / (15 * 17 * rho)).squareRoot()
  w -= 0.05 * mean * rectification * (1 - pow(0.9, t)).squareRoot() / (m[1].squareRoot() + 1e-6)
}

private let descentCases: [RuleCase] = [
  RuleCase("SGD", { SGD($0, learningRate: 0.1) }) { _, w, g, _ in w -= 0.1 * g },
  RuleCase("SGD with decay", { SGD($0, learningRate: 0.1, weightDecay: 0.05) }) { _, w, g, _ in
    w -= 0.1 * (g + 0.05 * w)
  },
  RuleCase("momentum", { SGD($0, learningRate: 0.1, momentum: 0.9, weightDecay: 0.05) }) { _, w, g, m in
    m[0] = 0.9 * m[0] + (g + 0.05 * w)
    w -= 0.1 * m[0]
  },
  RuleCase("dampened momentum", { SGD($0, learningRate: 0.1, momentum: 0.9, dampening: 0.4) }) { t, w, g, m in
    m[0] = t == 1 ? g : 0.9 * m[0] + 0.6 * g
    w -= 0.1 * m[0]
  },
  RuleCase("Nesterov", { SGD($0, learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.05) }) { _, w, g, m in
    let d = g + 0.05 * w
    m[0] = 0.9 * m[0] + d
    w -= 0.1 * (d + 0.9 * m[0])
  },
  RuleCase("momentum of steps", { SGD($0, learningRate: 0.1, momentum: 0.9, form: .steps, weightDecay: 0.05) }) {
    _, w, g, m in
    m[0] = 0.9 * m[0] - 0.1 * (g + 0.05 * w)
    w += m[0]
  },
  RuleCase("Nesterov of steps", { SGD($0, learningRate: 0.1, momentum: 0.9, nesterov: true, form: .steps) }) {
    _, w, g, m in
    let old = m[0]
    m[0] = 0.9 * old - 0.1 * g
    w += -0.9 * old + (1 + 0.9) * m[0]
  },
]

private let adamCases: [RuleCase] = [
  RuleCase("Adam", { Adam($0, learningRate: 0.05, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.05) }) { t, w, g, m in
    adam(t, &w, g + 0.05 * w, &m)
  },
  RuleCase("almost Adam", { Adam($0, learningRate: 0.05, beta2: 0.99, epsilon: 1e-6, biasCorrection: false) }) {
    t, w, g, m in adam(t, &w, g, &m, corrected: false)
  },
  RuleCase("AMSGrad", { Adam($0, learningRate: 0.05, beta2: 0.99, epsilon: 1e-6, amsgrad: true) }) { t, w, g, m in
    adam(t, &w, g, &m, amsgrad: true)
  },
  RuleCase("AdamW", { AdamW($0, learningRate: 0.05, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.1) }) { t, w, g, m in
    w -= 0.05 * 0.1 * w
    adam(t, &w, g, &m)
  },
  RuleCase("AdamW with AMSGrad", { AdamW($0, learningRate: 0.05, beta2: 0.99, epsilon: 1e-6, amsgrad: true) }) {
    t, w, g, m in
    w -= 0.05 * 0.01 * w
    adam(t, &w, g, &m, amsgrad: true)
  },
  RuleCase("NAdam", { NAdam($0, learningRate: 0.05, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.05) }) { t, w, g, m in
    nadam(t, &w, g + 0.05 * w, &m)
  },
  RuleCase(
    "NAdam, decoupled",
    {
      NAdam($0, learningRate: 0.05, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.1, decoupledWeightDecay: true)
    }
  ) { t, w, g, m in
    w -= 0.05 * 0.1 * w
    nadam(t, &w, g, &m)
  },
  RuleCase("RAdam", { RAdam($0, learningRate: 0.05, beta2: 0.9, epsilon: 1e-6, weightDecay: 0.05) }) { t, w, g, m in
    radam(t, &w, g + 0.05 * w, &m)
  },
  RuleCase(
    "RAdam, decoupled",
    { RAdam($0, learningRate: 0.05, beta2: 0.9, epsilon: 1e-6, weightDecay: 0.1, decoupledWeightDecay: true) }
  ) { t, w, g, m in
    w -= 0.05 * 0.1 * w
    radam(t, &w, g, &m)
  },
  RuleCase("AdaMax", { AdaMax($0, learningRate: 0.05, beta2: 0.9, epsilon: 1e-6, weightDecay: 0.05) }) { t, w, g, m in
    let d = g + 0.05 * w
    m[0] = 0.9 * m[0] + 0.1 * d
    m[1] = max(0.9 * m[1], abs(d) + 1e-6)
    w -= 0.05 / (1 - pow(0.9, t)) * m[0] / m[1]
  },
]

private let scaledCases: [RuleCase] = [
  RuleCase(
    "AdaGrad", start: [0.2, 0, 0],
    { AdaGrad($0, learningRate: 0.1, learningRateDecay: 0.1, initialAccumulator: 0.2, weightDecay: 0.05) }
  ) { t, w, g, m in
    let d = g + 0.05 * w
    m[0] += d * d
    w -= 0.1 / (1 + (t - 1) * 0.1) * d / (m[0].squareRoot() + 1e-10)
  },
  RuleCase("RMSProp", { RMSProp($0, learningRate: 0.02, rho: 0.9, weightDecay: 0.05) }) { _, w, g, m in
    let d = g + 0.05 * w
    m[0] = 0.9 * m[0] + 0.1 * d * d
    w -= 0.02 * d / (m[0].squareRoot() + 1e-8)
  },
  RuleCase("RMSProp, centred", { RMSProp($0, learningRate: 0.02, rho: 0.9, epsilon: 1e-2, centered: true) }) {
    _, w, g, m in
    m[0] = 0.9 * m[0] + 0.1 * g * g
    m[1] = 0.9 * m[1] + 0.1 * g
    w -= 0.02 * g / ((m[0] - m[1] * m[1]).squareRoot() + 1e-2)
  },
  RuleCase("RMSProp with momentum", { RMSProp($0, learningRate: 0.02, rho: 0.9, momentum: 0.8) }) { _, w, g, m in
    m[0] = 0.9 * m[0] + 0.1 * g * g
    m[2] = 0.8 * m[2] + g / (m[0].squareRoot() + 1e-8)
    w -= 0.02 * m[2]
  },
  RuleCase(
    "RMSProp, centred, with momentum",
    { RMSProp($0, learningRate: 0.02, rho: 0.9, epsilon: 1e-2, momentum: 0.8, centered: true) }
  ) { _, w, g, m in
    m[0] = 0.9 * m[0] + 0.1 * g * g
    m[1] = 0.9 * m[1] + 0.1 * g
    m[2] = 0.8 * m[2] + g / ((m[0] - m[1] * m[1]).squareRoot() + 1e-2)
    w -= 0.02 * m[2]
  },
  RuleCase("AdaDelta", { AdaDelta($0, learningRate: 2, epsilon: 1e-3, weightDecay: 0.05) }) { _, w, g, m in
    let d = g + 0.05 * w
    m[0] = 0.9 * m[0] + 0.1 * d * d
    let u = (m[1] + 1e-3).squareRoot() / (m[0] + 1e-3).squareRoot() * d
    m[1] = 0.9 * m[1] + 0.1 * u * u
    w -= 2 * u
  },
  RuleCase("Rprop", start: [0.1, 0, 0], { Rprop($0, learningRate: 0.1, stepSizes: 0.03...0.3) }) { _, w, g, m in
    let turn = sign(g) * sign(m[1])
    m[0] = min(max(m[0] * (turn > 0 ? 1.2 : turn < 0 ? 0.5 : 1), 0.03), 0.3)
    m[1] = turn < 0 ? 0 : g
    w -= sign(m[1]) * m[0]
  },
  RuleCase("Lion", { Lion($0, learningRate: 0.02, beta2: 0.8, weightDecay: 0.1) }) { _, w, g, m in
    w -= 0.02 * 0.1 * w
    w -= 0.02 * sign(0.9 * m[0] + 0.1 * g)
    m[0] = 0.8 * m[0] + 0.2 * g
  },
]

/// Every rule of the module whose elements do not depend on each other.
let ruleCases = descentCases + adamCases + scaledCases

/// A pull towards 0 that differs from element to element, and a disturbance that differs from step to step.
func slope(_ w: Double, _ element: Int, _ step: Int) -> Double {
  (0.3 + Double(element % 5) * 0.2) * w + 0.5 * sin(Double(3 * element + 7 * step))
}

/// Where parameters begin.
func startValues(_ count: Int) -> [Double] { (0..<count).map { 2 * cos(Double($0) * 1.7 + 0.3) } }

/// Takes steps with ``slope(_:_:_:)`` as gradient, of a precision, beginning with step number `first`.
func descend(_ parameters: [Parameter], with optimizer: any Optimizer, steps: Int, from first: Int = 0) {
  for step in first..<first + steps {
    optimizer.beginStep()
    for parameter in parameters {
      let value = parameter.value
      let gradient = value.doubles.scalars.enumerated().map { slope($0.element, $0.offset, step) }
      let tensor = TensorValue.double(Tensor(gradient, shape: parameter.shape))
      optimizer.update(parameter, gradient: tensor.converted(to: value.precision))
    }
    optimizer.endStep()
  }
}
