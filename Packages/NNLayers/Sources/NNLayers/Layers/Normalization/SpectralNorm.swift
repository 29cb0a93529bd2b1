import Autograd
import TensorCore

/// A layer whose weight is divided by its largest singular value, w = W / σ: a map that lengthens nothing.
///
/// W is the layer's own weight seen as a matrix of its outputs, `[K, rest]`. σ = uᵀ W v, where u and v follow W by a step of the
/// power method at each training step: u ← W v / ‖W v‖, v ← Wᵀ u / ‖Wᵀ u‖; they count as numbers in the gradient. Inference
/// leaves them as they are.
///
/// State: the layer's without `weight`, and PyTorch's names of `parametrizations.spectral_norm`:
/// `parametrizations.weight.original` W, and the buffers `parametrizations.weight.0._u`, `[K]`, and `parametrizations.weight.0._v`,
/// `[rest]`. They start with 15 steps from a random v.
///
/// Miyato, Kataoka, Koyama and Yoshida 2018, "Spectral normalization for generative adversarial networks".
///
/// ```swift
/// let block = Sequential(SpectralNorm(Linear(128, 64)), LeakyReLU(slope: 0.1))
/// ```
public struct SpectralNorm<Base: Layer>: Layer {
  /// The layer whose weight is normalised.
  public let base: Base
  /// W, the layer's own weight.
  public let original: Parameter
  /// u, `[K]`.
  public let left: Buffer
  /// v, `[rest]`.
  public let right: Buffer
  /// The steps of the power method in a training step.
  public let powerSteps: Int
  /// What lengths are at least when vectors are divided by them.
  public let epsilon: Double
  /// The axis of the outputs.
  public let axis: Int

  /// A layer around another, whose weight it normalises.
  ///
  /// - Parameters:
  ///   - base: a layer with a parameter `weight`.
  ///   - powerSteps: steps of the power method in a training step. Default 1.
  ///   - axis: the axis of the outputs. Default 0; 1 for transposed convolutions.
  ///   - epsilon: what lengths are at least when vectors are divided by them. Default 10⁻¹².
  public init(_ base: Base, powerSteps: Int = 1, axis: Int = 0, epsilon: Double = 1e-12) {
    original = base.weightToNormalize("SpectralNorm")
    guard powerSteps >= 1, (0..<original.shape.rank).contains(axis) else {
      stop("SpectralNorm", "needs a step or more and an axis of \(original.shape), not \(powerSteps) and \(axis)")
    }
    (self.base, self.powerSteps, self.axis, self.epsilon) = (base, powerSteps, axis, epsilon)
    let matrix = Self.matrix(Variable(original.value), axis).value
    let start = Initializer.normal(deviation: 1)([matrix.shape[1]])
    let (u, v) = Self.powerSteps(15, matrix, .float(start), epsilon)
    left = Buffer(u.floats)
    right = Buffer(v.floats)
  }

  /// w = W / σ, with which the layer calculates. In training u and v take their steps first.
  public func normalizedWeight(_ context: Context) -> Variable {
    let weight = context[original]
    let matrix = Self.matrix(weight, axis)
    guard case .tensor(var u) = context[left], case .tensor(var v) = context[right] else { return weight }
    if context.isTraining, context.updatesBuffers {
      (u, v) = Self.powerSteps(powerSteps, matrix.value, v, epsilon)
      context[left] = .tensor(u)
      context[right] = .tensor(v)
    }
    let product = matrix.matmul(Variable(v).reshaped([v.shape.count, 1])).flattened()
    return weight / Variable(u).dot(product)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    context.replacing(original, with: normalizedWeight(context)) { base.forward(x, context) }
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try base.outputShape(for: input) }

  public var children: [Child] {
    base.children.filter { $0.name != "weight" } + [
      Child("parametrizations.weight.original", original), Child("parametrizations.weight.0._u", left),
      Child("parametrizations.weight.0._v", right),
    ]
  }

  /// The weight as a matrix of its outputs, `[K, rest]`.
  private static func matrix(_ weight: Variable, _ axis: Int) -> Variable {
    let first = axis == 0 ? weight : weight.permuted([axis] + (0..<weight.rank).filter { $0 != axis })
    return first.reshaped([weight.shape[axis], weight.shape.count / max(weight.shape[axis], 1)])
  }

  /// Steps of the power method from v, in the matrix's precision.
  private static func powerSteps(
    _ count: Int, _ matrix: TensorValue, _ v: TensorValue, _ epsilon: Double
  ) -> (u: TensorValue, v: TensorValue) {
    func steps<Scalar: CarriedScalar>(_ matrix: Tensor<Scalar>, _ start: Tensor<Scalar>) -> (TensorValue, TensorValue) {
      func unit(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
        x / Swift.max(x.sumOfSquares().sqrt().scalar, Scalar(epsilon))
      }
      var u = start, v = start.reshaped([start.count, 1])
      for _ in 0..<count {
        u = unit(matrix.matmul(v))
        v = unit(matrix.matmul(u, transposingLeft: true))
      }
      return (Scalar.wrap(u.flattened()), Scalar.wrap(v.flattened()))
    }
    return switch matrix {
    case .float(let tensor): steps(tensor, v.floats)
    case .double(let tensor): steps(tensor, v.doubles)
    }
  }
}
