import Foundation

/// What runs along a side of a chart: its name with its unit, and its scale.
public struct Axis: Sendable {
  let label: String
  let range: ClosedRange<Double>?
  let isLogarithmic: Bool
  let names: [String]

  /// - Parameters:
  ///   - label: the quantity with its unit, as in `time, s`.
  ///   - range: from where to where. Default: as far as the values go, to round numbers.
  ///   - isLogarithmic: whether equal distances stand for equal factors. Default false.
  public init(_ label: String, _ range: ClosedRange<Double>? = nil, isLogarithmic: Bool = false) {
    self.init(label, range, isLogarithmic: isLogarithmic, names: [])
  }

  /// An axis of named places 1, 2, 3, …
  public static func names(_ label: String, _ names: [String]) -> Axis {
    Axis(label, 0.5...(Double(names.count) + 0.5), isLogarithmic: false, names: names)
  }

  private init(_ label: String, _ range: ClosedRange<Double>?, isLogarithmic: Bool, names: [String]) {
    self.label = label
    self.range = range
    self.isLogarithmic = isLogarithmic
    self.names = names
  }
}

/// An axis laid along pixels.
struct Scale {
  let lower: Double
  let upper: Double
  let ticks: [(value: Double, text: String)]
  private let isLogarithmic: Bool

  init(_ axis: Axis, covering values: [Double]) {
    isLogarithmic = axis.isLogarithmic
    let usable = values.filter { $0.isFinite && (!axis.isLogarithmic || $0 > 0) }
    let low = axis.range?.lowerBound ?? usable.min() ?? 0
    let high = axis.range?.upperBound ?? usable.max() ?? 1
    if !axis.names.isEmpty {
      (lower, upper) = (low, high)
      ticks = axis.names.enumerated().map { (Double($0 + 1), $1) }
    } else if axis.isLogarithmic {
      (lower, upper, ticks) = Self.logarithmic(low, high, isFixed: axis.range != nil)
    } else {
      (lower, upper, ticks) = Self.linear(low, high, isFixed: axis.range != nil)
    }
  }

  /// The share of the way from the lower to the upper end.
  func share(_ value: Double) -> Double {
    guard isLogarithmic else { return (value - lower) / (upper - lower) }
    return (log(max(value, 1e-300)) - log(lower)) / (log(upper) - log(lower))
  }

  private typealias Parts = (lower: Double, upper: Double, ticks: [(value: Double, text: String)])

  private static func linear(_ low: Double, _ high: Double, isFixed: Bool) -> Parts {
    let span = high > low ? high - low : max(abs(high), 1) * 0.1
    let power = pow(10, log10(span / 5).rounded(.down))
    let step = [1, 2, 5].map { $0 * power }.first { $0 >= span / 5 * 0.999 } ?? 10 * power
    let lower = isFixed ? low : (low / step + 1e-9).rounded(.down) * step
    let upper = isFixed ? high : max((high / step - 1e-9).rounded(.up) * step, lower + step)
    let first = Int((lower / step - 1e-6).rounded(.up)), last = Int((upper / step + 1e-6).rounded(.down))
    let ticks = (first...max(first, last)).map { Double($0) * step }.map { (value: $0, text: text($0, step)) }
    return (lower, upper, ticks)
  }

  private static func logarithmic(_ low: Double, _ high: Double, isFixed: Bool) -> Parts {
    let first = Int((log10(low) - 1e-9).rounded(.down))
    let last = max(Int((log10(high) + 1e-9).rounded(.up)), first + 1)
    let (lower, upper) = isFixed ? (low, high) : (pow(10, Double(first)), pow(10, Double(last)))
    let factors: [Double] = last - first > 3 ? [1] : last - first > 1 ? [1, 3] : [1, 2, 5]
    let every = max(1, (last - first) / 6)
    let values = stride(from: first, through: last, by: every).flatMap { power in
      factors.map { $0 * pow(10, Double(power)) }
    }
    let ticks = values.filter { $0 >= lower * 0.999 && $0 <= upper * 1.001 }
    return (lower, upper, ticks.map { (value: $0, text: short($0)) })
  }

  /// As many decimals as the steps need; above 10,000 in thousands and millions.
  private static func text(_ value: Double, _ step: Double) -> String {
    if abs(value) >= 10_000 { return short(value) }
    let places = Int(max(0, -(log10(step) + 1e-9).rounded(.down)))
    return places > 5 ? short(value) : decimal(value == 0 ? 0 : value, places)
  }

  private static func short(_ value: Double) -> String {
    let units: [(Double, String)] = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")]
    for (size, unit) in units where abs(value) >= size && abs(value) >= 10_000 {
      return String(format: "%.4g", value / size) + " " + unit
    }
    guard value != 0, abs(value) < 1e-4 else { return String(format: "%.4g", value) }
    let power = Int(log10(abs(value)).rounded(.down))
    let factor = value / pow(10, Double(power))
    let digits = String(-power).map { "⁰¹²³⁴⁵⁶⁷⁸⁹"[$0] }.joined()
    return (abs(factor - 1) < 0.01 ? "" : String(format: "%.2g·", factor)) + "10⁻" + digits
  }
}

extension String {
  /// The superscript of a digit.
  fileprivate subscript(digit: Character) -> String {
    digit.wholeNumberValue.map { String(self[index(startIndex, offsetBy: $0)]) } ?? ""
  }
}
