import Optimizers

extension GoldenFamily {
  static let averages = GoldenFamily("averages") {
    Golden(clip: "clip by norm") { $0.clip(toNorm: 1) }
    Golden(clip: "clip by norm not reached") { $0.clip(toNorm: 100) }
    Golden(clip: "clip by value") {
      $0.clip(toValue: 0.5)
      return nil
    }
    Golden(average: "stochastic weight average", .equal)
    Golden(average: "exponential weight average", .exponential(decay: 0.9))
  }
}
