import Autograd
import NNLayers
import TensorCore

/// Linear regression: h(x) = θᵀx + b, fitted by J = 1/(2m) Σ (h(x) - y)² over m samples.
///
/// Shapes: input `[m, in]`, output and targets `[m, out]`; `weight` θ `[out, in]`, `bias` b `[out]`. The gradient is
/// ∂J/∂θ = 1/m Σ (h(x) - y) x. Starts from zeros. ``fit(_:_:)`` gives the best θ at once, ``DescentModel/fit(_:_:by:)`` goes downhill
/// towards it; features of unequal scale slow that down.
///
/// ```swift
/// let model = LinearRegression(2)
/// try model.fit(x, y)
/// let predicted = try model.predict(x)
/// ```
public struct LinearRegression: DescentModel {
  /// θ, `[out, in]`.
  public let weight: Parameter
  /// b, `[out]`.
  public let bias: Parameter

  /// A model of `inputCount` features and `outputCount` (default 1) numbers, all coefficients 0.
  public init(_ inputCount: Int, _ outputCount: Int = 1) {
    let layer = Linear(inputCount, outputCount, initializer: .zeros)
    weight = layer.weight
    bias = Parameter(Tensor<Float>.zeros([outputCount]))
  }

  private var linear: Linear { Linear(weight: weight, bias: bias) }

  public func forward(_ x: Variable, _ context: Context) -> Variable { linear.forward(x, context) }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 2, input[1] == weight.shape[1] else {
      throw InputError("LinearRegression", expected: "[m, \(weight.shape[1])]", got: input)
    }
    return [input[0], weight.shape[0]]
  }

  /// J = 1/(2m) Σ (h(x) - y)², of shape `[]`, the squares summed over several outputs.
  public func loss(_ output: Variable, _ targets: Tensor<Float>) -> Variable {
    guard output.shape == targets.shape, output.rank == 2 else {
      stop("LinearRegression", "needs two equal shapes [m, out], got \(output.shape) and \(targets.shape)")
    }
    let target = Variable(TensorValue.float(targets).converted(to: output.precision))
    return Variable.squaredDifference(output, target).sum() / Double(2 * output.shape[0])
  }

  /// Sets θ and b to those of the smallest J: the least-squares solution, in double precision by the QR decomposition of the
  /// samples with a column of ones, which needs no XᵀX. Cost: m · in².
  ///
  /// - Throws: `InputError` when the model cannot take such samples; ``LeastSquaresError`` when they do not determine θ: fewer
  ///   than coefficients, or features that are linear in each other.
  public func fit(_ x: Tensor<Float>, _ y: Tensor<Float>) throws {
    guard let expected = try outputShape(for: x.shape), y.shape == expected else {
      stop("LinearRegression", "needs targets [m, \(weight.shape[0])], got \(y.shape) for samples \(x.shape)")
    }
    let ones = Tensor<Double>.ones([x.shape[0], 1])
    let samples = Tensor.concatenated([x.converted(to: Double.self), ones], along: 1)
    let solution = try leastSquares(samples, y.converted(to: Double.self)).transposed().converted(to: Float.self)
    let inputCount = weight.shape[1]
    weight.value = .float(solution.slice(axis: 1, range: 0..<inputCount))
    bias.value = .float(solution.slice(axis: 1, range: inputCount..<(inputCount + 1)).reshaped(bias.shape))
  }
}
