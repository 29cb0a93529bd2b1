import TensorCore

/// Stops unless `number` is finite and at least 0.
func requireNotNegative(_ rule: String, _ name: String, _ number: Double) {
  guard number >= 0, number.isFinite else { stop(rule, "the \(name) \(number) must be at least 0") }
}

/// Stops unless `number` is finite and above 0.
func requirePositive(_ rule: String, _ name: String, _ number: Double) {
  guard number > 0, number.isFinite else { stop(rule, "the \(name) \(number) must be above 0") }
}

/// Stops unless `number` is at least 0 and below 1.
func requireFraction(_ rule: String, _ name: String, _ number: Double) {
  guard (0..<1).contains(number) else { stop(rule, "the \(name) \(number) is not in 0 ..< 1") }
}

/// Stops unless the numbers of Adam and its kin are in their ranges.
func requireMoments(_ rule: String, _ beta1: Double, _ beta2: Double, _ epsilon: Double) {
  requireFraction(rule, "beta1", beta1)
  requireFraction(rule, "beta2", beta2)
  requirePositive(rule, "epsilon", epsilon)
}

/// Stops unless `number` is at least `least`.
func requireWhole(_ rule: String, _ name: String, _ number: Int, atLeast least: Int = 1) {
  guard number >= least else { stop(rule, "the \(name) must be at least \(least), not \(number)") }
}
