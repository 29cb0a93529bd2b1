import Drawing
import Foundation
import Training

extension Topic {
  static let optimisers = Topic("optimisers", "How the update rules walk downhill", draw: drawOptimisers)
}

/// Trajectories over four surfaces: a bowl, a ravine, a saddle, and the bowl with noisy gradients.
private func drawOptimisers(_ page: Page) throws {
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
        isFirst ? pair.0.name : nil, x: pair.1.map(\.x), y: pair.1.map(\.y), colour: .number(index), isThin: true)
    }
    panels.append(
      Chart(
        surface.name, x: Axis("x", -2.5...2.5), y: Axis("y", -2...2), width: 300, height: isFirst ? 310 : 275,
        [.heat(surface.heights, on: Surface.grid, colour: .grey, below: .teal)] + curves))
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
  drawFirstSteps(page)
}

/// Adam's first step with and without the correction of its averages, and both spellings of momentum.
private func drawFirstSteps(_ page: Page) {
  func firstStep(_ make: ([Parameter]) -> any Optimizer) -> Double {
    let parameter = Parameter(Tensor<Float>([1]))
    let optimizer = make([parameter])
    optimizer.update((Tape().watch(parameter) * 3).sum().gradients())
    return 1 - Double(parameter.value.floats.scalars[0])
  }
  let corrected = firstStep { Adam($0, learningRate: 0.1) }
  let almost = firstStep { Adam($0, learningRate: 0.1, biasCorrection: false) }
  page.say(
    "Adam's averages start at 0. Without the correction its first step is (1 - β₁)/√(1 - β₂) times the rate, about 3.2 times as long as meant."
  )
  page.expect("Adam's first step, by the rate", corrected / 0.1, near: 1, within: 1e-3, places: 3)
  page.expect("without correction", almost / 0.1, near: 0.1 / 0.001.squareRoot(), within: 5e-3, places: 3)
  let surface = Surface("", start: (-2, 1), noise: 0, steps: 30) { $0.squared() + $1.squared() }
  let first = surface.path({ SGD($0, learningRate: $1, momentum: 0.9) }, rate: 0.05)
  let second = surface.path({ SGD($0, learningRate: $1, momentum: 0.9, form: .steps) }, rate: 0.05)
  let apart = zip(first, second).map { abs($0.x - $1.x) + abs($0.y - $1.y) }.max() ?? 1
  page.expect(
    "v = ρv + g, w -= αv and v = ρv - αg, w += v: largest difference", apart, near: 0, within: 1e-5, places: 6)
}

/// A function of two numbers, and a place to start from.
private struct Surface {
  static let grid = PlaneGrid(x: -2.5...2.5, y: -2...2, side: 50)
  let name: String
  let start: (x: Double, y: Double)
  let noise: Double
  let steps: Int
  let height: (Variable, Variable) -> Variable

  init(
    _ name: String, start: (x: Double, y: Double), noise: Double, steps: Int,
    _ height: @escaping (Variable, Variable) -> Variable
  ) {
    (self.name, self.start, self.noise, self.steps, self.height) = (name, start, noise, steps, height)
  }

  /// The square root of the height, so that the middle can be seen too.
  var heights: [Double] {
    Self.grid.values { x, y in
      let value = height(Variable(Tensor<Double>(x)), Variable(Tensor<Double>(y))).item
      return value < 0 ? -(-value).squareRoot() : value.squareRoot()
    }
  }

  func path(_ make: ([Parameter], Double) -> any Optimizer, rate: Double) -> [(x: Double, y: Double)] {
    let point = Parameter(Tensor<Float>([Float(start.x), Float(start.y)]))
    let optimizer = make([point], rate)
    var random = RandomStream(seed: 3)
    var path = [start]
    for _ in 0..<steps {
      let place = Tape().watch(point)
      let push = Variable(Tensor<Float>([Float(noise * random.normal()), Float(noise * random.normal())]))
      let loss = height(place.slice([0..<1]), place.slice([1..<2])).sum() + (place * push).sum()
      optimizer.update(loss.gradients())
      let now = point.value.floats.scalars
      path.append((Double(now[0]), Double(now[1])))
    }
    return path
  }
}
