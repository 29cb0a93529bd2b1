import NNLayers
import TensorCore

extension GoldenFamily {
  static let normalization = GoldenFamily("normalization") {
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
    rows()
    groups()
    weights()
  }

  @GoldenTable private static func rows() -> [Golden] {
    Golden("layer norm") { LayerNorm([7]) }
    Golden("layer norm of two axes") { LayerNorm([3, 4]) }
    Golden("layer norm without affine") { LayerNorm([7], affine: false) }
    Golden("layer norm epsilon") { LayerNorm([7], epsilon: 0.1) }
    Golden("rms norm") { RMSNorm([7], epsilon: 1e-6) }
    Golden("rms norm of two axes") { RMSNorm([3, 4], epsilon: 1e-3) }
    Golden("rms norm without affine") { RMSNorm([7], epsilon: 1e-6, affine: false) }
  }

  @GoldenTable private static func groups() -> [Golden] {
    Golden("instance norm 1d") { InstanceNorm1d(3) }
    Golden("instance norm 2d") { InstanceNorm2d(3) }
    Golden("instance norm 2d affine") { InstanceNorm2d(3, affine: true) }
    Golden("instance norm 3d") { InstanceNorm3d(3) }
    Golden("group norm") { GroupNorm(groups: 2, 6) }
    Golden("group norm of lines") { GroupNorm(groups: 3, 6) }
    Golden("group norm without affine") { GroupNorm(groups: 3, 6, affine: false) }
    Golden("group norm one group") { GroupNorm(groups: 1, 6, epsilon: 1e-3) }
  }

  @GoldenTable private static func weights() -> [Golden] {
    Golden("weight norm linear") { WeightNorm(Linear(5, 4)) }
    Golden("weight norm conv2d") { WeightNorm(Conv2d(3, 4, kernelSize: 3)) }
    Golden("spectral norm linear") { SpectralNorm(Linear(5, 4)) }
    Golden("spectral norm conv2d") { SpectralNorm(Conv2d(3, 4, kernelSize: 3)) }
    Golden("spectral norm inference", .inference) { SpectralNorm(Linear(5, 4)) }
  }

  private static let batchNorms: [(String, @Sendable (RunningAverage) -> any Layer)] = [
    ("1d", { BatchNorm1d(4, average: $0) }),
    ("1d of lines", { BatchNorm1d(4, average: $0) }),
    ("2d", { BatchNorm2d(4, average: $0) }),
    ("3d", { BatchNorm3d(4, average: $0) }),
  ]
}
