import Drawing

/// A number in thousands or millions.
func short(_ number: Int) -> String {
  number >= 1_000_000 ? decimal(Double(number) / 1e6, number < 10_000_000 ? 1 : 0) + " M" : "\(number / 1000) k"
}
