import Drawing
import Training

extension Topic {
  static let optimizers = Topic("optimizers", "How the update rules walk downhill", draw: drawOptimizers)
}

/// Trajectories over four surfaces: a bowl, a ravine, a saddle, and the bowl with noisy gradients.
private func drawOptimizers(_ page: Page) throws {
  typealias Rule = (name: String, make: ([Parameter], Double) -> any Optimizer, rate: Double)
  let rules: [Rule] = [
    ("SGD", { SGD($0, learningRate: $1) }, 0.036), ("momentum 0.9", { SGD($0, learningRate: $1, momentum: 0.9) }, 0.02),
    ("Nesterov 0.9", { SGD($0, learningRate: $1, momentum: 0.9, nesterov: true) }, 0.02),
    ("AdaGrad", { AdaGrad($0, learningRate: $1) }, 0.6), ("RMSProp", { RMSProp($0, learningRate: $1, rho: 0.9) }, 0.05),
    ("Adam", { Adam($0, learningRate: $1) }, 0.2),
  ]
  let surfaces: [Surface] = [
    Surface("a round bowl", start: (-2.2, 1.5), noise: 0, steps: 60) { ($0.squared() + $1.squared()) * 0.5 },
    Surface("a ravine, fifty times as steep across", start: (-2.2, 1), noise: 0, steps: 60) {
      ($0.squared() + $1.squared() * 50) * 0.5
    },
    Surface("a saddle: down to both sides", start: (-1.6, 0.001), noise: 0, steps: 60) {
      $0.squared() - $1.squared() * 0.5
    },
    Surface("the bowl, gradients with noise", start: (-2.2, 1.5), noise: 1.5, steps: 60) {
      ($0.squared() + $1.squared()) * 0.5
    },
  ]
  page.say(
    "Each rule starts at the left and makes 60 steps, at a rate that suits it. In the ravine plain descent jumps from wall to wall and "
      + "hardly moves along; momentum averages the jumps away. AdaGrad, RMSProp and Adam divide each coordinate's step by the size "
      + "of its gradients: they walk straight, whatever the scale. Beside a saddle the gradient is tiny, and rules that look at "
      + "its size alone leave first. Under noise all rules tremble about the minimum; averaging over steps calms them.")
  var panels: [any Picture] = []
  var ends: [[(x: Double, y: Double)]] = []
  for surface in surfaces {
    let paths = rules.map { surface.path($0.make, rate: $0.rate) }
    ends.append(paths.compactMap(\.last))
    let isFirst = panels.isEmpty
    let curves = zip(rules, paths).enumerated().map { index, pair in
      Mark.line(
        isFirst ? pair.0.name : nil, x: pair.1.map(\.x), y: pair.1.map(\.y), color: .number(index), isThin: true)
    }
    panels.append(
      Chart(
        surface.name, x: Axis("x", -2.5...2.5), y: Axis("y", -2...2), width: 300, height: isFirst ? 310 : 275,
        [.heat(surface.heights, on: Surface.grid, color: .gray, below: .teal)] + curves))
  }
  try page.show(Panels(columns: 2, panels), "trajectories", "Paths of six update rules over four surfaces")
  func distance(_ surface: Int, _ rule: Int) -> Double {
    (ends[surface][rule].x * ends[surface][rule].x + ends[surface][rule].y * ends[surface][rule].y).squareRoot()
  }
  for (index, rule) in rules.enumerated() {
    page.expect(
      "\(rule.name), the bowl: distance at the end below 1", distance(0, index) < 1, decimal(distance(0, index), 3))
  }
  page.expect(
    "in the ravine momentum comes closer than plain descent", distance(1, 1) < distance(1, 0),
    "\(decimal(distance(1, 1), 3)) against \(decimal(distance(1, 0), 3))")
  page.expect(
    "from the saddle Adam gets further away than plain descent", abs(ends[2][5].y) > 2 * abs(ends[2][0].y),
    "\(decimal(abs(ends[2][5].y), 3)) against \(decimal(abs(ends[2][0].y), 3))")
}
