import NNLayers
import TensorCore

extension GoldenFamily {
  static let normalization = GoldenFamily("normalization", awaiting: awaitedNorms) {
    for (name, make) in batchNorms {
      Golden("batch norm \(name)") { make(.exponential(newWeight: 0.1)) }
      Golden("batch norm \(name) inference", .inference) { make(.exponential(newWeight: 0.1)) }
      Golden("batch norm \(name) whole set") { make(.wholeSet) }
    }
    Golden("batch norm 2d momentum epsilon") {
      BatchNorm2d(4, epsilon: 0.01, average: .exponential(oldWeight: 0.75))
    }
    Golden("batch norm 2d without affine") { BatchNorm2d(4, affine: false) }
    Golden("batch norm 2d without statistics") { BatchNorm2d(4, tracksStatistics: false) }
    Golden("batch norm 2d untracked inference", .inference) { BatchNorm2d(4, tracksStatistics: false) }
    Golden("local response norm") { LocalResponseNorm(size: 5) }
    Golden("local response norm strong") { LocalResponseNorm(size: 5, alpha: 0.1, beta: 0.75, k: 2) }
    Golden("local response norm even") { LocalResponseNorm(size: 4, alpha: 0.5, beta: 0.5) }
  }

  private static let awaitedNorms = [
    "layer norm", "instance norm", "group norm", "rms norm", "weight norm", "spectral norm",
  ]

  private static let batchNorms: [(String, @Sendable (RunningAverage) -> any Layer)] = [
    ("1d", { BatchNorm1d(4, average: $0) }),
    ("1d of lines", { BatchNorm1d(4, average: $0) }),
    ("2d", { BatchNorm2d(4, average: $0) }),
    ("3d", { BatchNorm3d(4, average: $0) }),
  ]
}
