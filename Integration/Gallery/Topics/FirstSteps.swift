import Drawing
import Training

extension Topic {
  static let firstSteps = Topic(
    "first-steps", "Adam's first step, and two spellings of momentum", draw: drawFirstSteps)
}

/// Adam's first step with and without the correction of its averages, and both spellings of momentum.
private func drawFirstSteps(_ page: Page) throws {
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
