import TensorCore

/// Makes the numbers of samples uncorrelated and of deviation 1, by the principal axes of the training samples.
///
/// With the mean m, the covariance `C = Σ (x - m)(x - m)ᵀ / n = U diag(λ) Uᵀ` and λ in falling order, x becomes
///
/// - PCA: `diag(λ + ε)^-½ Uᵀ (x - m)`, of the first axes only if asked: fewer numbers than before;
/// - ZCA: `U diag(λ + ε)^-½ Uᵀ (x - m)`, the nearest to x of all that are white, which still looks like the image.
///
/// Fit it to training samples only: a statistic of the test samples would leak them. Bell and Sejnowski 1997, "The
/// 'independent components' of natural scenes are edge filters"; Krizhevsky 2009.
///
/// Fitting costs `O(n D² + D³)`: seconds for the 784 numbers of MNIST, minutes for the 3,072 of CIFAR.
public struct Whitening: ImageCorrection {
  /// Which of the two.
  public enum Kind: Sendable, Hashable {
    /// By the first `components` axes; all when nil. The result is `[N, components]`.
    case pca(components: Int? = nil)
    /// Turned back. The result has the samples' shape.
    case zca
  }

  /// Which of the two.
  public let kind: Kind
  /// The mean, `[D]`.
  public let mean: Tensor<Float>
  /// What centred samples are multiplied by, `[D, K]`.
  public let matrix: Tensor<Float>
  /// The variances along the axes, largest first.
  public let variances: [Double]

  /// The whitening of training samples `[N, …]`, at least one.
  ///
  /// - Parameters:
  ///   - training: the samples; all axes but the first count as one.
  ///   - kind: PCA or ZCA.
  ///   - epsilon: what is added to each variance, so that axes of noise are not blown up; 1e-5 by default.
  public init(fittedTo training: Tensor<Float>, kind: Kind, epsilon: Double = 1e-5) {
    guard training.rank >= 2, training.count > 0, epsilon >= 0 else {
      stop("Whitening", "needs samples [N, …], not \(training.shape), and an epsilon of at least 0, not \(epsilon)")
    }
    let samples = training.shape[0]
    let dimensions = training.count / samples
    let components = if case .pca(let count?) = kind { count } else { dimensions }
    guard (1...dimensions).contains(components) else {
      stop("Whitening", "there are \(dimensions) axes, not \(components)")
    }
    let x = training.reshaped([samples, dimensions]).converted(to: Double.self)
    let mean = x.mean(along: [0])
    let centered = x - mean
    let covariance = centered.matmul(centered, transposingLeft: true) * (1 / Double(samples))
    let axes = SymmetricEigenvectors(covariance.scalars, size: dimensions)
    variances = axes.values
    // Column k of U by λₖ.
    let scales = axes.values.map { 1 / (max($0, 0) + epsilon).squareRoot() }
    var scaled = [Double](repeating: 0, count: dimensions * components)
    for row in 0..<dimensions {
      for axis in 0..<components { scaled[row * components + axis] = axes.vectors[axis][row] * scales[axis] }
    }
    var matrix = Tensor(scaled, shape: [dimensions, components])
    if kind == .zca {
      matrix = matrix.matmul(Tensor(axes.vectors.flatMap { $0 }, shape: [dimensions, dimensions]))
    }
    self.kind = kind
    self.mean = mean.converted(to: Float.self)
    self.matrix = matrix.converted(to: Float.self)
  }

  /// The white samples: `[N, K]` by PCA, of the samples' shape by ZCA. Stops when they have other sizes than those fitted to.
  public func corrected(_ images: Tensor<Float>) -> Tensor<Float> {
    let samples = images.shape[0]
    guard images.rank >= 2, images.count == samples * mean.count else {
      stop("Whitening", "is for samples of \(mean.count) numbers, these are \(images.shape)")
    }
    let white = (images.reshaped([samples, mean.count]) - mean).matmul(matrix)
    return kind == .zca ? white.reshaped(images.shape) : white
  }
}
