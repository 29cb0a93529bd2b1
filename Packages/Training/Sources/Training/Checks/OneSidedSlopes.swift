/// The slopes of a function of one number at 0 to both sides, by differences, beside what a rule says of its derivative.
///
/// Where the function has a kink within the step, the slopes to both sides differ, and so differ the derivative at 0 and the
/// difference across it, by no more than the slopes do from each other. A wrong rule differs where the slopes agree.
package struct OneSidedSlopes: Sendable {
  /// What the rule says.
  private let derivative: Double
  /// To the right and to the left, step by step.
  private var slopes: [Double] = []
  /// The slope across 0 that is nearest to what the rule says.
  package private(set) var slope = Double.nan
  /// How far it is from that: |g - slope| / max(|g|, |slope|, 10⁻⁵).
  package private(set) var relativeError = Double.nan

  /// The largest relative error that counts as agreement.
  package static let tolerance = 1e-3

  /// Compares `derivative` with differences of `function`, whose value at 0 is `value`: of steps of 10⁻⁵, and where these do not
  /// agree of 10⁻⁶ and 10⁻⁷.
  package init(derivative: Double, value: Double, _ function: (Double) -> Double) {
    self.derivative = derivative
    for step in [1e-5, 1e-6, 1e-7] {
      add(step, right: function(step), left: function(-step), value)
      if agrees { return }
    }
  }

  /// Whether rule and differences agree.
  package var agrees: Bool { relativeError <= Self.tolerance }

  /// Whether they do not, but the slopes to both sides differ so much that a kink explains it: what the rule says lies among them, or
  /// beyond them by no more than they spread.
  package var isAtKink: Bool {
    // Of the two smaller steps: over a larger one a mere bend might pass for a kink.
    let near = slopes.suffix(4)
    guard !agrees, let least = near.min(), let greatest = near.max() else { return false }
    let spread = greatest - least
    // Of slopes that are not finite, none of this holds.
    return spread > Self.tolerance * scale(slope) && derivative >= least - spread && derivative <= greatest + spread
  }

  private mutating func add(_ step: Double, right: Double, left: Double, _ value: Double) {
    slopes += [(right - value) / step, (value - left) / step]
    let across = (right - left) / (2 * step)
    let error = abs(derivative - across) / scale(across)
    // NaN is worse than any number.
    if relativeError.isNaN || error < relativeError { (slope, relativeError) = (across, error) }
  }

  private func scale(_ slope: Double) -> Double { max(abs(derivative), abs(slope), 1e-5) }
}
