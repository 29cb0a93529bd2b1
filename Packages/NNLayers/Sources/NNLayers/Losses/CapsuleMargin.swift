import Autograd
import TensorCore

/// The margin loss of each sample's capsules: the right one should be long, the others short.
///
///     Σ_k T[k] max(0, m⁺ - |v[k]|)² + λ (1 - T[k]) max(0, |v[k]| - m⁻)²,   T[k] = 1 for the label, else 0
///
/// ```swift
/// let loss = capsuleMarginLoss(model(images, context), labels)
/// ```
///
/// Source: Sabour, Frosst and Hinton 2017, "Dynamic routing between capsules", equation 4. λ keeps the many absent classes
/// from shortening all capsules in the beginning.
///
/// - Parameters:
///   - lengths: |v|, `[N, C]`, as ``CapsuleLengths`` gives them.
///   - labels: `[N]`, each in `0..<C`.
///   - present: m⁺, the length that is enough for the right class. Default 0.9.
///   - absent: m⁻, the length that is short enough for another. Default 0.1.
///   - absentWeight: λ. Default 0.5.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction `[N]`.
public func capsuleMarginLoss(
  _ lengths: Variable, _ labels: Tensor<Int64>, present: Double = 0.9, absent: Double = 0.1,
  absentWeight: Double = 0.5, reduction: Reduction = .mean
) -> Variable {
  let name = "capsuleMarginLoss"
  guard lengths.rank == 2 else { stop(name, "needs lengths [N, C], they are \(lengths.shape)") }
  let rows = ClassRows(lengths, name)
  let answers = rows.rows(labels, ignoring: nil, name).oneHot(classCount: rows.classCount, as: Double.self)
  let missing = (present - lengths).relu().squared() * Variable(answers, as: lengths.precision)
  let excess = (lengths - absent).relu().squared() * Variable((1 - answers) * absentWeight, as: lengths.precision)
  return (missing + excess).sum(along: [1]).reduced(reduction)
}
