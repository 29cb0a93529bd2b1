import Autograd
import NNLayers
import TensorCore

/// Rosenblatt's perceptron: y = step(w·x + b), with step(z) = 1 for z > 0 and 0 otherwise.
///
/// Shapes: input `[m, in]`, output `[m, 1]` of zeros and ones; `weight` `[1, in]`, `bias` `[1]`. Starts from zeros. It has no
/// gradient; ``learn(_:labels:)`` is its own rule. If a plane separates the classes by a margin γ on both sides and no sample
/// (with a 1 for the bias) is longer than R, the rule stops after at most (R/γ)² corrections; if none does, as for exclusive
/// or, it never stops.
///
/// ```swift
/// let gate = Perceptron(2)
/// let mistakes = try gate.fit([[0, 0], [0, 1], [1, 0], [1, 1]], labels: [0, 0, 0, 1], epochLimit: 100)
/// ```
///
/// Rosenblatt 1958, "The perceptron: a probabilistic model for information storage and organization in the brain"; the
/// bound: Novikoff 1962, "On convergence proofs for perceptrons".
public struct Perceptron: Layer {
  /// w, `[1, in]`.
  public let weight: Parameter
  /// b, `[1]`.
  public let bias: Parameter

  /// A perceptron of `inputCount` inputs, all weights 0.
  public init(_ inputCount: Int) {
    guard inputCount >= 1 else { stop("Perceptron", "needs at least one input, not \(inputCount)") }
    weight = Parameter(Tensor<Float>.zeros([1, inputCount]))
    bias = Parameter(Tensor<Float>.zeros([1]))
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    let sums = Linear(weight: weight, bias: bias).forward(x, context).doubles
    let steps = (sums .> 0).select(Tensor<Double>(1), Tensor<Double>(0))
    return Variable(TensorValue.double(steps).converted(to: x.precision))
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 2, input[1] == weight.shape[1] else {
      throw InputError("Perceptron", expected: "[m, \(weight.shape[1])]", got: input)
    }
    return [input[0], 1]
  }

  /// Goes through the samples once, in their order: w := w + (y - step(w·x + b)) x and b := b + (y - step(w·x + b)) for each.
  ///
  /// - Parameters:
  ///   - x: the samples, `[m, in]`.
  ///   - labels: 0 or 1 for each, `[m]`.
  /// - Returns: how many samples were taken for the wrong class, each with the weights as they were then.
  /// - Throws: `InputError` when the perceptron cannot take such samples.
  @discardableResult
  public func learn(_ x: Tensor<Float>, labels: Tensor<Int64>) throws(InputError) -> Int {
    _ = try outputShape(for: x.shape)
    guard labels.shape == [x.shape[0]], labels.scalars.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      stop("Perceptron", "needs a label 0 or 1 for each of the samples \(x.shape), got \(labels.shape)")
    }
    let (samples, count) = (x.scalars, x.shape[1])
    var (w, b) = (weight.value.floats.scalars, bias.value.floats.scalars[0])
    var mistakes = 0
    for (number, label) in labels.scalars.enumerated() {
      let sample = samples[(number * count)..<((number + 1) * count)]
      let answer: Int64 = zip(w, sample).reduce(b) { $0 + $1.0 * $1.1 } > 0 ? 1 : 0
      guard answer != label else { continue }
      let sign = Float(label - answer)
      w = zip(w, sample).map { $0 + sign * $1 }
      b += sign
      mistakes += 1
    }
    weight.value = .float(Tensor(w, shape: weight.shape))
    bias.value = .float(Tensor([b]))
    return mistakes
  }

  /// Goes through the samples until none is taken for the wrong class, at most `epochLimit` times.
  ///
  /// - Returns: the mistakes in each pass; the last number is 0 if the samples were separated.
  /// - Throws: `InputError` when the perceptron cannot take such samples.
  @discardableResult
  public func fit(_ x: Tensor<Float>, labels: Tensor<Int64>, epochLimit: Int) throws(InputError) -> [Int] {
    var mistakes: [Int] = []
    while mistakes.count < epochLimit, mistakes.last != 0 { mistakes.append(try learn(x, labels: labels)) }
    return mistakes
  }
}
